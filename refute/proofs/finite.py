"""Whether the finite set that a domain says it is is the set that it draws from."""

from __future__ import annotations

from refute.errors import BadInput
from refute.safety.failure import shown
from refute.search.sampling import examples
from refute.statements.claims import Claim, known
from refute.statements.domains import Domain
from refute.statements.statement import Statement
from refute.statements.theorem import Theorem

# So many elements are drawn.
DRAWN = 60


def elements_agree(theorem: Theorem, seed: int) -> None:
    """Raise BadInput where a domain with `elements` draws another one, or lists one that is no member: a statement would be proved for other elements than it is about."""
    for name, domain in theorem.variables.items():
        if not isinstance(domain, Domain) or not domain.elements:
            continue
        where = f"{theorem.id}: {name} in {domain.name}"
        for x in domain.elements:
            if domain.member(x).decide().truth is False:
                raise BadInput(f"{where}: {shown(x)} is among its elements=(...), and no member")
        one = Statement(theorem.id, {}, {name: domain}, (), _anything, theorem.types)
        for instance in examples(one, seed, DRAWN):
            if instance[name] not in domain.elements:
                raise BadInput(
                    f"{where}: it draws {shown(instance[name])}, which is not among its elements=(...): they are all of them"
                )


def _anything(**_: object) -> Claim:
    return known(True, "anything")
