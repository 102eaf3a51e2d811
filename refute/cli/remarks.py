"""What one would tell the author of a theorem file, though the verdict stands."""

from __future__ import annotations

from collections.abc import Iterator

_CONTROLS = {"\t": r"\t", "\x0c": r"\f", "\x08": r"\b", "\r": r"\r", "\x07": r"\a", "\x0b": r"\v"}


def remarks(statement: str) -> Iterator[str]:
    """What is amiss with the words of a statement, its docstring."""
    from refute.report.formulas import allowed
    from refute.report.prose import pieces

    if not statement:
        yield "its function has no docstring; the first line is what people read: say the statement in words and $formulas$"
        return
    control = next((c for c in statement if c in _CONTROLS), "")
    if control:
        yield f'its docstring has a control character where {_CONTROLS[control]} was meant: begin it with r"""'
    if statement.replace("\\$", "").count("$") % 2:
        yield "a formula of its docstring is not closed: the signs $ are odd in number"
        return
    for kind, text in pieces(statement):
        if kind in ("inline", "block") and not control and not allowed(text):
            yield f"its formula ${text}$ is shown as its source: a command that refute does not typeset, or braces without a partner"
