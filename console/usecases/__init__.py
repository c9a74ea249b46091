"""What a person at the desk can do. Asynchronous; no Qt, no library: all that is outside comes by a port."""
