"""The ground floor: values, state machines and rules. Standard library only, no input or output."""
