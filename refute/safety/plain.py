"""Text is data: no character of it moves a cursor, changes a colour or turns the direction of a line."""

from __future__ import annotations

import re

# Controls (but for newline and tab), the signs that turn the direction of writing, and those without width.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def plain(text: str) -> str:
    r"""The text with every control character written out, as \x1b."""
    return _UNPRINTABLE.sub(lambda m: f"\\x{ord(m.group()):02x}", text)


def one_line(text: str) -> str:
    r"""The same in one line: an end of a line is written out as \n, since what a user's code says is no line of a table."""
    return plain(text).replace("\n", "\\n")
