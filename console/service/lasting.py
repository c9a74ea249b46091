"""Which sign-ins last: looked up for all streams of this process together, not by each for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Lasting:
    """The sessions that had not ended when it was last looked; on the event loop alone."""

    def __init__(self) -> None:
        self._watched: Counter[str] = Counter()
        self._ids: frozenset[str] = frozenset()
        self._looked_at = 0.0

    @contextmanager
    def watched(self, session_id: str) -> Iterator[None]:
        """Count a stream of that session for as long as the block runs."""
        self._watched[session_id] += 1
        try:
            yield
        finally:
            self._watched[session_id] -= 1
            if not self._watched[session_id]:
                del self._watched[session_id]

    def put(self, ids: frozenset[str], looked_at: float) -> bool:
        """Keep what was found by a look that began at ``looked_at``; tell whether a watched one is over."""
        self._ids, self._looked_at = ids, looked_at
        return bool(self._watched.keys() - ids)

    def ended(self, session_id: str, since: float) -> bool:
        """Tell whether a session that lasted at ``since`` (``time.monotonic``) is known to be over."""
        return self._looked_at > since and session_id not in self._ids
