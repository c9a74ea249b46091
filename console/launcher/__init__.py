"""Starts service, simulated party and desk as processes of one machine, and plays the demo from outside.

It sees the towers as any stranger would: over the wire, on the screen, in the files they write.
"""
