"""Scenarios of the training town: what really happened, and how the simulated party behaves."""
