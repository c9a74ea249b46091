"""What a password must be (GB/T 22239-2019, 8.1.4.1: complex, changed regularly, not guessable)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

MIN_LENGTH = 12
MAX_LENGTH = 256
MIN_KINDS = 3
"""Kinds of characters: small letters, capital letters, digits, all others."""
MAX_AGE = timedelta(days=90)
REMEMBERED = 5
"""A new password differs from so many before it."""
MAX_RUN = 4
"""One character repeated, or characters that follow each other, stand at most so many in a row."""


def password_problem(password: str, *, number: str, name: str) -> str:
    """Return why ``password`` is too weak for the account: ``short``, ``long``, ``simple``, ``run`` or
    ``own-name``; empty when it is strong enough.
    """
    if len(password) < MIN_LENGTH:
        return "short"
    if len(password) > MAX_LENGTH:
        return "long"
    if _kinds(password) < MIN_KINDS:
        return "simple"
    if _longest_run(password) > MAX_RUN:
        return "run"
    folded = password.casefold()
    if any(part and part.casefold() in folded for part in (number, name)):
        return "own-name"
    return ""


def _kinds(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit)
    plain = [any(test(character) for character in password) for test in tests]
    return sum(plain) + any(not any(test(character) for test in tests) for character in password)


def _longest_run(password: str) -> int:
    """Return the length of the longest part in which each character follows the one before by the same
    step of 0, 1 or -1.
    """
    longest = 1
    for step in (0, 1, -1):
        run = 1
        for before, after in pairwise(password):
            run = run + 1 if ord(after) - ord(before) == step else 1
            longest = max(longest, run)
    return longest
