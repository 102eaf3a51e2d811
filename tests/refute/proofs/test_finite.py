"""A domain that lists its elements draws these, and each of them is a member."""

from fractions import Fraction
from typing import Annotated, Any

import pytest

from refute import BadInput, Claim, Domain, Theorem, choose, integers, le
from refute.proofs.finite import elements_agree
from refute.search.sampling import examples
from refute.statements.claims import known


def odd(elements: tuple[int, ...]) -> Domain:
    return Domain(
        "odd numbers below 10",
        lambda d: 2 * choose(d, 5)[0] + 1,
        lambda n: known(0 < n < 10 and n % 2 == 1, "odd"),
        (int,),
        elements=elements,
    )


def about(domain: Any) -> Theorem:
    def body(n: Annotated[int, domain]) -> Claim:
        """A number is at most its square."""
        return le(Fraction(1), n)

    return Theorem(body, source="s", label="statement")


@pytest.mark.parametrize("domain", [odd((1, 3, 5, 7, 9)), integers(0, 40)])
def test_whole_lists_are_believed(domain: Domain) -> None:
    theorem = about(domain)
    elements_agree(theorem, 1)
    assert {i["n"] for i in examples(theorem.itself, 1, 60)} <= set(domain.elements or ())


@pytest.mark.parametrize(
    ("elements", "says"),
    [((1, 3, 5), "it draws [79], which is not among"), ((1, 3, 5, 7, 9, 70), "70 is among its elements")],
)
def test_other_lists_are_refused(elements: tuple[int, ...], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        elements_agree(about(odd(elements)), 1)
