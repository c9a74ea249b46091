"""The frame mark: a frame counter drawn into the picture as black and white blocks.

Simulated parties draw it, tests and the desk's diagnostics read it back, so that "the picture received is the
picture sent" and the time from camera to screen are measured and not assumed. It lies in the top left row of
the picture: ``BLOCKS`` blocks, each ``width / 80`` wide and ``height / 45`` high (16 x 16 at 1280 x 720).
Two sync blocks (white, black), 32 bits of counter from the highest, 6 check bits; white is 1.
The check is CRC-6/ITU (x^6 + x + 1, ITU-T G.704) started at all ones.
Large blocks survive lossy video coding and scaling; only block centres are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

COUNTER_BITS = 32
CHECK_BITS = 6
SYNC = (True, False)
BLOCKS = len(SYNC) + COUNTER_BITS + CHECK_BITS
COLUMNS = 80
ROWS = 45
THRESHOLD = 128


def mark_blocks(counter: int) -> tuple[bool, ...]:
    """Return the blocks of ``counter`` (0 to 2**32 - 1) from left to right; true is white.

    Raises ``ValueError`` for a counter out of range.
    """
    if not 0 <= counter < 1 << COUNTER_BITS:
        raise ValueError(f"frame counter {counter} is not a {COUNTER_BITS}-bit number")
    return SYNC + _bits(counter, COUNTER_BITS) + _bits(_check(counter), CHECK_BITS)


def block_boxes(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield ``(left, top, right, bottom)`` in pixels of each block, right and bottom exclusive."""
    bottom = round(height / ROWS)
    for index in range(BLOCKS):
        yield round(index * width / COLUMNS), 0, round((index + 1) * width / COLUMNS), bottom


def read_mark(width: int, height: int, luma: Callable[[int, int], int]) -> int | None:
    """Return the counter drawn into a picture of this size, or ``None`` where there is no valid mark.

    ``luma(x, y)`` gives the brightness of a pixel, 0 to 255; it is asked once per block.
    """
    if width < COLUMNS or height < ROWS:
        return None
    y = int(height / ROWS / 2)
    blocks = [luma(int((index + 0.5) * width / COLUMNS), y) >= THRESHOLD for index in range(BLOCKS)]
    if tuple(blocks[: len(SYNC)]) != SYNC:
        return None
    counter = _number(blocks[len(SYNC) : len(SYNC) + COUNTER_BITS])
    return counter if _number(blocks[-CHECK_BITS:]) == _check(counter) else None


def _check(counter: int) -> int:
    register = 0b111111
    for bit in _bits(counter, COUNTER_BITS):
        feedback = bit ^ bool(register & 0b100000)
        register = (register << 1) & 0b111111
        if feedback:
            register ^= 0b000011
    return register


def _bits(value: int, count: int) -> tuple[bool, ...]:
    return tuple(bool(value >> place & 1) for place in range(count - 1, -1, -1))


def _number(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
