"""What the desk knows: one writer, no input or output."""
