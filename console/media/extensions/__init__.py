"""What is changed in aiortc 1.16.0, one module each; every module says which class or constant it touches.

Here the bit rates of a simulated phone and calls on a machine without network. The room is meant for the
marker bit, the repeated NACK, the congestion feedback and the audio jitter buffer of media.md 3 as well.
"""
