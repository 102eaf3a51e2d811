"""Random expressions: the sign that refute decides against balls of 10,000 bits and mpmath, evaluated by another program.

Among them are equality cases, near-equalities down to 10^-1000 and parts that are not defined (sqrt(-1)**0, 0/0, log(-1) * 0).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from refute.errors import Undecided
from refute.numbers.decide import sign
from refute.numbers.mp import Mp, digits, sign_apart
from refute.numbers.real import Real

BITS = 10_000
FUNCTIONS = ("exp", "log", "cos", "sin", "tanh", "sqrt", "softplus", "sigmoid", "log_cosh")
#: An expression: a rational, or an operation with its parts.
Tree = Any


def leaf(rng: random.Random) -> Fraction:
    """Mostly small, sometimes huge, tiny or 0."""
    kind = rng.randrange(8)
    if kind == 0:
        return Fraction(0)
    if kind == 1:
        return Fraction(rng.randint(-9, 9), 10 ** rng.randrange(1, 40))
    return Fraction(rng.randint(-12, 12), rng.randint(1, 6))


def tree(rng: random.Random, depth: int) -> Tree:
    """A random expression."""
    if depth == 0 or rng.random() < 0.15:
        return leaf(rng)
    kind = rng.choice(("add", "sub", "mul", "div", "pow", "fn", "fn", "abs", "max"))
    if kind == "pow":
        return kind, tree(rng, depth - 1), rng.choice((-2, -1, 0, 0, 1, 2, 3))
    if kind == "fn":
        return rng.choice(FUNCTIONS), tree(rng, depth - 1)
    if kind == "abs":
        return kind, tree(rng, depth - 1)
    return kind, tree(rng, depth - 1), tree(rng, depth - 1)


def hard(rng: random.Random) -> Tree:
    """A difference of two forms of one number, give or take a little, or with a part that is not defined."""
    a, b = tree(rng, 2), tree(rng, 2)
    zero = rng.choice(
        (
            (
                "sub",
                ("pow", ("add", a, b), 2),
                ("add", ("add", ("pow", a, 2), ("pow", b, 2)), ("mul", 2, ("mul", a, b))),
            ),
            ("sub", ("mul", ("sub", a, b), ("add", a, b)), ("sub", ("pow", a, 2), ("pow", b, 2))),
            ("sub", ("pow", ("sqrt", ("abs", a)), 2), ("abs", a)),
            ("sub", ("div", a, ("add", 1, ("pow", b, 2))), ("mul", a, ("div", 1, ("add", ("pow", b, 2), 1)))),
            ("sub", ("softplus", a), ("add", a, ("softplus", ("mul", -1, a)))),
            ("sub", ("mul", ("exp", a), ("exp", b)), ("exp", ("add", a, b))),
            ("sub", ("pow", ("cos", a), 2), ("sub", 1, ("pow", ("sin", a), 2))),
            ("sub", ("max", a, b), ("div", ("add", ("add", a, b), ("abs", ("sub", a, b))), 2)),
            ("mul", 0, a),
            ("sub", ("pow", a, 0), 1),
        )
    )
    kind = rng.randrange(3)
    if kind == 0:
        return zero
    if kind == 1:
        k = rng.choice((5, 20, 60, 200, 1000))
        return "add", zero, Fraction(rng.choice((-1, 1)), 10**k)
    undefined = rng.choice(
        (("sqrt", -1), ("log", -1), ("div", 1, ("sub", a, a)), ("log", 0), ("sqrt", ("sub", 0, ("pow", b, 2))))
    )
    return "add", zero, rng.choice((("mul", 0, undefined), ("pow", undefined, 0), ("sub", undefined, undefined)))


def evaluated(
    t: Tree, of: Callable[[Fraction], Any], apply: Callable[[str, Any], Any], larger: Callable[[Any, Any], Any]
) -> Any:
    """The expression in some arithmetic."""
    if not isinstance(t, tuple):
        return of(Fraction(t))
    if t[0] == "pow":
        return evaluated(t[1], of, apply, larger) ** t[2]
    parts = [evaluated(p, of, apply, larger) for p in t[1:]]
    match t[0]:
        case "add":
            return parts[0] + parts[1]
        case "sub":
            return parts[0] - parts[1]
        case "mul":
            return parts[0] * parts[1]
        case "div":
            return parts[0] / parts[1]
        case "max":
            return larger(*parts)
        case "abs":
            return abs(parts[0])
    return apply(t[0], parts[0])


def in_balls(t: Tree) -> Any:
    """Plain Arb, without refute: a Fraction as long as all is rational, not a number where a part is not defined."""
    if not isinstance(t, tuple):
        return Fraction(t)
    if t[0] == "pow":
        base, n = in_balls(t[1]), t[2]
        if isinstance(base, Fraction):
            return base**n if base or n >= 0 else arb("nan")
        power = 1 + 0 * base
        for _ in range(abs(n)):
            power = power * base
        return power if n >= 0 else 1 / power
    parts = [in_balls(p) for p in t[1:]]
    exact = all(isinstance(p, Fraction) for p in parts)
    if not exact or t[0] in FUNCTIONS:
        if parts[0] == 0 and t[0] in ("log_cosh", "tanh", "sin", "sqrt"):
            return Fraction(0)
        parts = [_ball(p) for p in parts]
    x = parts[0]
    match t[0]:
        case "add":
            return x + parts[1]
        case "sub":
            return x - parts[1]
        case "mul":
            return x * parts[1]
        case "div":
            return x / parts[1] if not exact or parts[1] else arb("nan")
        case "max":
            return max(parts) if exact else x.max(parts[1]) + 0 * x + 0 * parts[1]
        case "abs":
            return abs(x)
        case "softplus":
            return x.exp().log1p() if x < 100 else x + (-x).exp().log1p()
        case "sigmoid":
            return 1 / (1 + (-x).exp())
        case "log_cosh":
            return abs(x) + (-2 * abs(x)).exp().log1p() - arb(2).log()
    return getattr(x, t[0])()


def _ball(q: Any) -> arb:
    return arb(fmpq(q.numerator, q.denominator)) if isinstance(q, Fraction) else q


def judged(t: Tree) -> str:
    """ "right", "open" or what is wrong with refute's decision."""
    try:
        decided: int | None = sign(
            Real.of(evaluated(t, Real.of, lambda name, x: x.apply(name), lambda x, y: x.larger(y)))
        )
    except (Undecided, ZeroDivisionError):
        decided = None
    before, ctx.prec = ctx.prec, BITS
    try:
        ball = _ball(in_balls(t))
    finally:
        ctx.prec = before
    if decided is None:
        # 4096 bits are allowed: what needs fewer than 3,000 should have been decided.
        return "missed" if ball.is_finite() and abs(ball) > arb(2) ** -3000 else "open"
    if not ball.is_finite():
        return f"decided {decided} of what is not defined, or too large for {BITS} bits"
    if (decided > 0 and not ball > 0) or (decided < 0 and not ball < 0) or (decided == 0 and not ball.contains(0)):
        return f"decided {decided}, the ball is {ball.str(10)}"
    return _seen_by_mpmath(t, decided)


def _seen_by_mpmath(t: Tree, decided: int) -> str:
    try:
        with digits(60):
            x = evaluated(t, Mp.of, lambda name, x: x.apply(name), lambda x, y: Mp.of(x).larger(y))
            seen = sign_apart(Mp.of(0), x)
    except (ArithmeticError, OverflowError):
        return "right"
    # Equal in every digit is no opinion.
    return "right" if seen in (None, 0, decided) else f"decided {decided}, mpmath sees {seen}"


def attack(n: int, seed: int = 0) -> Counter[str]:
    """n expressions; how often each judgement occurred."""
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    for _ in range(n):
        t = hard(rng) if rng.random() < 0.5 else tree(rng, 4)
        says = judged(t)
        found[says] += 1
        if says not in ("right", "open", "missed"):
            print(f"WRONG: {t}: {says}", flush=True)
    return found
