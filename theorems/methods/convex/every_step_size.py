r"""One step of gradient descent on $L$-smooth, $\mu$-strongly convex functions, for all step sizes, all $\mu$ and all $L$ at once.

All three are tight for a quadratic: with both curvatures the first one at $h = \frac2{L + \mu}$, with curvature $\mu$ the others at every $h$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import Objective, Quadratic, gradient_step, starts, step_sizes, strongly_convex
from refute import Claim, Mutant, Theorem, Vec, both, le, maximum, sq, vec

ONE = Fraction(1)
PROOF, FROM_MEMORY = "docs/methods.md#one-step", "from memory"

Class = Annotated[Objective, strongly_convex()]
Start = Annotated[Vec, lambda f: starts(f)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L + f.mu, 2, closed=True)]

#: x^2/2 + 5 y^2/2: at (1, 0) the curvature is mu.
BOWL = Quadratic((Fraction(0),), (ONE, Fraction(5)), (Fraction(0),) * 2, vec(0, 0), Fraction(0))
AT_END = {"f": BOWL, "h": Fraction(1, 3), "x": vec(1, 0)}
INSIDE = {"f": BOWL, "h": Fraction(1, 10), "x": vec(1, 0)}
#: Beyond 2/(L + mu) = 1/3, along the other axis.
LONGER = {"f": BOWL, "h": Fraction(39, 100), "x": vec(0, 1)}


def distances(f: Class, h: Step, x: Start, *, c: Fraction = ONE) -> Claim:
    r"""$|x - h\nabla f(x) - x_*|^2 \le (1 - \frac{2 h \mu L}{\mu + L}) |x - x_*|^2$ for $0 < h \le \frac2{\mu + L}$."""
    rate = 1 - c * 2 * h * f.mu * f.L / (f.mu + f.L)
    return le(sq(gradient_step(f, h, x) - f.minimum.at), rate * sq(x - f.minimum.at))


DISTANCES = Theorem(
    distances,
    source="nesterov-2004",
    label="theorem-2.1.15",
    status="true",
    as_cited=FROM_MEMORY,
    proof=PROOF,
    attained=(AT_END,),
    mutants=(Mutant("1.01 times the gain", {"c": Fraction(101, 100)}, killed_at=AT_END),),
)


def values(f: Class, h: Step, x: Start, *, c: Fraction = ONE) -> Claim:
    r"""$f(x - h\nabla f(x)) - f_* \le (1 - h\mu)^2 (f(x) - f_*)$ for $0 < h \le \frac2{\mu + L}$."""
    low = f.minimum.value
    return le(f(gradient_step(f, h, x)) - low, c * (1 - h * f.mu) ** 2 * (f(x) - low))


VALUES = Theorem(
    values,
    source="taylor-2018",
    label="values-of-one-step",
    status="true",
    as_cited=FROM_MEMORY,
    proof=PROOF,
    attained=(INSIDE,),
    mutants=(Mutant("0.99 times the rate", {"c": Fraction(99, 100)}, killed_at=INSIDE),),
)


def gradients(f: Class, h: Step, x: Start, *, c: Fraction = ONE) -> Claim:
    r"""$|\nabla f(x - h\nabla f(x))| \le (1 - h\mu) |\nabla f(x)|$, squared, for $0 < h \le \frac2{\mu + L}$."""
    return le(sq(f.grad(gradient_step(f, h, x))), c * (1 - h * f.mu) ** 2 * sq(f.grad(x)))


GRADIENTS = Theorem(
    gradients,
    source="taylor-2018",
    label="gradients-of-one-step",
    status="true",
    as_cited=FROM_MEMORY,
    proof=PROOF,
    attained=(INSIDE,),
    mutants=(Mutant("0.99 times the rate", {"c": Fraction(99, 100)}, killed_at=INSIDE),),
)


def larger_rate(f: Class, h: Annotated[Fraction, lambda f: step_sizes(f.L)], x: Start, *, c: Fraction = ONE) -> Claim:
    r"""With $\rho = \max(|1 - h\mu|, |1 - hL|)$ and $x_+ = x - h\nabla f(x)$: $|x_+ - x_*| \le \rho |x - x_*|$, $|\nabla f(x_+)| \le \rho |\nabla f(x)|$, both squared, and $f(x_+) - f_* \le \rho^2 (f(x) - f_*)$ for $0 < h < \frac2L$."""
    rate, after, best = c * maximum((1 - h * f.mu) ** 2, (1 - h * f.L) ** 2), gradient_step(f, h, x), f.minimum
    return both(
        distances=le(sq(after - best.at), rate * sq(x - best.at)),
        values=le(f(after) - best.value, rate * (f(x) - best.value)),
        gradients=le(sq(f.grad(after)), rate * sq(f.grad(x))),
    )


LARGER_RATE = Theorem(
    larger_rate,
    source="taylor-2018",
    label="larger-rate",
    status="true",
    as_cited=FROM_MEMORY,
    proof=PROOF,
    attained=(INSIDE, LONGER),
    mutants=(Mutant("0.99 times the rate", {"c": Fraction(99, 100)}, killed_at=LONGER),),
)
