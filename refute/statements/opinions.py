"""mpmath's second opinion of a decision, and where the two arithmetics disagree."""

from __future__ import annotations

from refute.numbers.mp import digits, ties_as_equal
from refute.statements.claims import Opinion
from refute.statements.statement import NOT_EVALUATED, Checked, Instance, Statement

# Fifty digits are shown, and ten more are computed.
DIGITS = (60, 200, 600, 1300)
# A conclusion that holds is not printed: fewer digits do, and a limit is approached less closely. Where so many leave it open, that is no contradiction.
HELD, ENOUGH = (50, *DIGITS[1:]), 200


def second_opinion(statement: Statement, instance: Instance, checked: Checked) -> list[tuple[str, Opinion]]:
    """mpmath's opinions at 60 digits, or more where these leave the conclusion open or contradict it: of a violation, which has to be confirmed, up
    to 1,300; of a conclusion that holds, which must not be contradicted, up to 200 where it stays open. What still contradicts is read once more with ties as equal."""
    opinions: list[tuple[str, Opinion]] = []
    refuted = checked.conclusion.truth is False
    for n in DIGITS if refuted else HELD:
        with digits(n):
            opinions = list(statement.opinions(instance, checked))
        if (opinions[-1][1].truth is not None or (n >= ENOUGH and not refuted)) and not contradiction(
            checked, opinions
        ):
            return opinions
    if contradiction(checked, opinions):
        # Where a body branches at an exact tie, rounding takes one side of it, and the exact numbers neither.
        with digits(n), ties_as_equal():
            at_a_tie = list(statement.opinions(instance, checked))
        return opinions if contradiction(checked, at_a_tie) else at_a_tie
    return opinions


def contradiction(checked: Checked, opinions: list[tuple[str, Opinion]]) -> str:
    """Where mpmath and the exact decision differ in sign; empty where they do not."""
    decided = [*checked.hypotheses, ("the conclusion", checked.conclusion)]
    for (says, d), (_, o) in zip(decided, opinions, strict=True):
        if d.truth is not None and d.evidence is not None and o.says.startswith(NOT_EVALUATED):
            return f"{says} was decided by a certificate, and mpmath cannot evaluate it: {o.says}"
        if d.truth is not None and o.truth is not None and d.truth != o.truth:
            return f"arithmetics disagree about {says}: exact {d.truth}, mpmath {o.truth}"
    if checked.conclusion.truth is False and opinions[-1][1].truth is None and not checked.conclusion.equal:
        return "mpmath does not confirm the violation"
    return ""
