"""Qt-only widgets of the desk: state in, intent out; imports nothing of console."""
