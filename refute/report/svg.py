"""Smaller SVG: what matplotlib writes with eight decimals is drawn no better than with two."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<![\w.#-])-?\d+\.\d{3,}(?![\w.])")


def lighter(svg: str) -> str:
    """The same picture with shorter numbers (two decimals, five where the number is small) and without comments and metadata."""
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # The whole list of fonts is repeated at every label.
    svg = re.sub(r"(font(?:-family)?: [^;\"]*?)'DejaVu Sans'[^;\"]*sans-serif", r"\1sans-serif", svg)
    svg = _NUMBER.sub(lambda m: _short(float(m.group())), svg)
    return re.sub(r"\n\s*", "\n", svg)


def _short(x: float) -> str:
    return f"{x:.2f}".rstrip("0").rstrip(".") if abs(x) >= 1 else f"{x:.5f}".rstrip("0").rstrip(".")
