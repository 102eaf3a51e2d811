r"""The modified equations of $f(x) = x^2/2$ to all orders: a power series in $h$ with radius of convergence 1.

Gradient descent multiplies $x$ by $1 - h$; the equation $\dot x = -c\,x$ with $c = -\frac1h\log(1 - h) = 1 + \frac h2 + \frac{h^2}3 + \dots$ does the same in
the time $h$, for $h < 1$. The modified equation with $n$ correction terms has the rate $c_n = 1 + \frac h2 + \dots + \frac{h^n}{n + 1}$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import square
from objectives.methods import series_rate, squared_distances
from refute import Claim, Mutant, Theorem, between, integers, le, log, lt, naturals, positive, such_that, vec

ONE = Fraction(1)
SOURCE, PROOF = "tao-wang-2022", "docs/flows.md#the-series"

Below = Annotated[Fraction, between(0, 1, open=True, drawn=(Fraction(1, 64), Fraction(63, 64)))]
Beyond = Annotated[Fraction, such_that(positive(), "h > 1", lambda h: lt(1, h))]
Terms = Annotated[int, naturals(0, drawn=5)]


def series_converges(h: Below, n: Terms, *, one: Fraction = ONE) -> Claim:
    r"""For $0 < h < 1$ the series converges to $-\frac1h\log(1 - h)$: what is left after $n$ terms is below $\frac{h^{n + 1}}{(n + 2)(1 - h)}$."""
    left = -log(1 - h) - series_rate(h, n)
    return lt(left, one * h ** (n + 2) / ((n + 2) * (1 - h)))


SERIES_CONVERGES = Theorem(
    series_converges,
    source=SOURCE,
    label="modified-equation-diverges",
    reading="inside",
    status="true",
    proof=PROOF,
    mutants=(Mutant("0.99 of that", {"one": Fraction(99, 100)}, killed_at={"h": Fraction(1, 64), "n": 5}),),
)


def series_diverges(h: Beyond, n: Terms, *, half: Fraction = Fraction(1, 2)) -> Claim:
    r"""For $h > 1$ it diverges, as its terms do: $\frac{h^n}{n + 1} \ge \frac{n(n - 1)}{2(n + 1)}(h - 1)^2 + \frac{1 + n(h - 1)}{n + 1}$."""
    grown = half * n * (n - 1) * (h - 1) ** 2 + n * (h - 1) + 1
    return le(grown, h**n, unit=h**n)


SERIES_DIVERGES = Theorem(
    series_diverges,
    source=SOURCE,
    label="modified-equation-diverges",
    status="true",
    proof=PROOF,
    attained=({"h": Fraction(2), "n": 2},),
    mutants=(Mutant("0.51 in place of 1/2", {"half": Fraction(51, 100)}, killed_at={"h": Fraction(2), "n": 2}),),
)


Large = Annotated[Fraction, lambda start: between(start, 2)]
Half = Annotated[int, integers(1, 12)]


def more_terms_are_worse(h: Large, m: Half, n: Terms, *, start: Fraction = Fraction(32, 25)) -> Claim:
    r"""For $1.28 \le h \le 2$ and even $k = 2m$ every further term makes the modified equation worse: $|x_k - x^{(n)}(kh)| < |x_k - x^{(n + 1)}(kh)|$."""
    f, x0 = square(1), vec(1)
    return lt(squared_distances(f, h, x0, 2 * m, n), squared_distances(f, h, x0, 2 * m, n + 1))


MORE_TERMS_ARE_WORSE = Theorem(
    more_terms_are_worse,
    source=SOURCE,
    label="modified-equation-diverges",
    reading="worse",
    status="true",
    proof=PROOF,
    mutants=(
        Mutant(
            "from h = 1.27 on",
            {"start": Fraction(127, 100)},
            killed_at={"h": Fraction(127, 100), "m": 12, "n": 0},
        ),
    ),
)
