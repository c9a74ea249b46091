"""What travels between the towers: journal entries, requests, answers, problems and messages."""
