"""Where the shifted coordinate systems apply: a coarse outline of the mainland, and what it leaves out.

The usual test is a box from 72 to 138 degrees east, which also shifts Seoul, Hanoi and Taipei. The outline
here runs on the far side of every border town, at most some 40 km out, and is exact to about 1 km around
Hong Kong and Macau, whose map services do not shift. It decides about an offset and is no statement of a
border.
"""

from __future__ import annotations

from itertools import pairwise

Ring = tuple[tuple[float, float], ...]
"""Corners of a closed outline as (longitude, latitude) in degrees; the last joins the first."""

_OUTLINE: Ring = (
    *((73.3, 39.4), (73.8, 38.4), (74.7, 37.0), (76.0, 35.7), (77.6, 35.2), (78.5, 34.0), (78.5, 31.4)),
    *((80.9, 30.0), (83.9, 28.7), (86.0, 27.8), (88.0, 27.7), (88.9, 27.2), (89.5, 27.9), (91.6, 27.6)),
    *((93.4, 28.4), (95.4, 28.9), (97.2, 28.0), (98.3, 27.4), (98.4, 25.8), (97.4, 24.4), (97.4, 23.8)),
    *((98.7, 23.8), (98.7, 23.1), (99.1, 22.0), (101.1, 21.0), (101.9, 21.0), (102.2, 22.2), (104.0, 22.4)),
    *((105.3, 23.1), (106.5, 22.7), (106.5, 21.9), (107.9, 21.4), (108.2, 20.5), (108.2, 18.5)),
    *((109.5, 17.8), (111.6, 18.8), (114.1, 21.4), (117.6, 22.9), (119.6, 24.7), (120.8, 26.5)),
    *((123.2, 29.5), (122.9, 31.5), (122.2, 35.0), (123.2, 37.4), (123.9, 39.5), (124.45, 40.05)),
    *((126.0, 40.85), (127.1, 41.4), (128.3, 41.3), (129.8, 42.3), (130.75, 42.3), (131.4, 43.4)),
    *((131.4, 44.8), (133.3, 45.0), (135.0, 48.3), (134.4, 48.6), (132.5, 47.9), (131.1, 47.9)),
    *((130.8, 49.0), (127.7, 50.2), (127.1, 51.4), (125.2, 53.3), (123.4, 53.8), (119.8, 53.5)),
    *((120.4, 52.0), (117.7, 49.8), (116.5, 50.0), (115.3, 48.0), (117.5, 47.5), (119.6, 46.9)),
    *((116.4, 46.5), (111.7, 45.2), (111.7, 43.9), (105.0, 41.8), (96.3, 42.9), (91.2, 45.3)),
    *((90.2, 47.9), (87.8, 49.3), (85.4, 47.3), (82.9, 47.4), (82.3, 45.4), (80.0, 45.2), (79.9, 42.1)),
    *((76.8, 41.2), (73.4, 39.8)),
)
_LEFT_OUT: tuple[Ring, ...] = (
    (  # Hong Kong
        *((113.82, 22.13), (114.52, 22.13), (114.52, 22.45), (114.33, 22.57), (114.25, 22.553)),
        *((114.225, 22.545), (114.17, 22.56), (114.155, 22.545), (114.11, 22.532), (114.06, 22.515)),
        *((114.02, 22.505), (113.93, 22.44), (113.86, 22.42)),
    ),
    (  # Macau
        *((113.549, 22.108), (113.6, 22.108), (113.6, 22.217), (113.55, 22.217), (113.535, 22.213)),
        *((113.53, 22.19), (113.546, 22.16)),
    ),
    ((119.2, 23.0), (119.3, 23.8), (120.6, 25.5), (122.3, 25.6), (122.3, 21.6), (120.2, 21.6)),  # Taiwan
    ((118.2, 24.37), (118.5, 24.37), (118.5, 24.53), (118.2, 24.53)),  # Kinmen
)


def is_mainland(longitude: float, latitude: float) -> bool:
    """Tell whether domestic map services shift this point (degrees, any system)."""
    return _within(_OUTLINE, longitude, latitude) and not any(
        _within(ring, longitude, latitude) for ring in _LEFT_OUT
    )


def _within(ring: Ring, longitude: float, latitude: float) -> bool:
    """Count how often a ray to the east crosses the outline: an odd number starts inside."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise((*ring, ring[0])):
        if (y1 > latitude) != (y2 > latitude):
            crossings += longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1
