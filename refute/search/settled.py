"""Elements that are decided while a statement asks them: what they were asked is the instance."""

from __future__ import annotations

from refute.errors import BadInput, NoAnswer, NoRationalPoint, NotExact
from refute.numbers.real import Real
from refute.safety.failure import no_exit, told
from refute.statements.claims import decided
from refute.statements.statement import Instance, Statement


def settled(statement: Statement, instance: Instance) -> Instance:
    """The instance with what `settled()` makes of those elements that offer it, after hypotheses and conclusion have run once; a draw where
    one of them had no answer raises NoAnswer."""
    drafts = [n for n, v in instance.items() if hasattr(type(v), "settled")]
    if not drafts:
        return instance
    lifted = statement.lifted(instance, Real.of)
    failed: Exception | None = None
    try:
        with no_exit():
            for g in statement.given:
                decided(statement.supposed(g, lifted))
            decided(statement.conclusion(lifted))
    except (BadInput, NotExact) as why:
        failed = why
    except ArithmeticError:  # the same happens when the instance is decided, and is told there
        pass
    found = {n: v.settled() if n in drafts else v for n, v in instance.items()}
    if any(found[n] is None for n in drafts):
        exact = isinstance(failed, NotExact) or (failed is not None and isinstance(failed.__cause__, NotExact))
        kind = NoRationalPoint if exact else NoAnswer
        raise kind(str(failed) if failed is not None else "no answer that its class allows was found")
    if failed is not None:  # of the table that there is, this would be another error
        raise failed if isinstance(failed, BadInput) else BadInput(f"{statement.id}: {told(failed)}") from failed
    return found
