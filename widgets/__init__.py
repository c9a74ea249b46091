"""Qt-only widgets of the desk: state in (frozen dataclasses), intent out (signals). Imports nothing of console."""
