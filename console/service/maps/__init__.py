"""The map: tiles from one of three sources, and what lies where on it."""
