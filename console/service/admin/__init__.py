"""What an administrator does at the machine: ``python -m console service WORD ...``."""
