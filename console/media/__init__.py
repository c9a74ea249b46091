"""The media process and the peer connection it shares with simulated parties.

Untrusted packets, decoders and devices live here, away from the window's keys and forms. ``peer`` is one end
of a call on aiortc, usable by the desk's side and by a simulated phone; ``process`` is the desk's side with
sound devices, stills and the frame ring. aiortc is used as published, except for what stands in
``extensions``.
"""
