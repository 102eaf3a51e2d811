"""The sign of an exact number: balls, then exact cancellation, then more balls, then `Undecided`."""

from __future__ import annotations

from gmpy2 import mpq

from refute.errors import Undecided, overlook
from refute.numbers.atoms import Expansion, TooLarge, sign_everywhere
from refute.numbers.ball import FreeVariable, enclose, sign_of
from refute.numbers.real import Real

FIRST_BITS = (64, 128, 256)
LAST_BITS = (512, 1024, 2048, 4096, 16384)


def sign(x: Real) -> int:
    """-1, 0 or 1; raises Undecided when 16384 bits and exact cancellation leave the sign open."""
    if x.q is not None:
        return int(x.q > 0) - int(x.q < 0)
    try:
        for bits in FIRST_BITS:
            ball = enclose(x, bits)
            s = sign_of(ball)
            if s is not None:
                return s
    except FreeVariable as why:
        overlook(why)
        return _sign_of_polynomial(x)
    # A finite ball shows that x is defined: no logarithm of a negative number, no division by zero.
    if not ball.is_finite() and _roots_of_zero(x):
        ball = enclose(x, LAST_BITS[0])
    if ball.is_finite() and cancels(x):
        return 0
    for bits in LAST_BITS:
        s = sign_of(enclose(x, bits))
        if s is not None:
            return s
    raise Undecided(f"a sign is open at {LAST_BITS[-1]} bits")


def is_defined(x: Real) -> bool:
    """Whether some ball shows that x is a number: no logarithm of a negative one, no division by zero."""
    return x.q is not None or any(enclose(x, bits).is_finite() for bits in (*FIRST_BITS, *LAST_BITS))


def _roots_of_zero(x: Real) -> bool:
    """Whether x has a root of what cancels to 0, about which no ball says that it is not negative: such roots become the number 0."""
    found, seen, order, stack = False, set[int](), list[Real](), [x]
    while stack:
        node = stack.pop()
        if id(node) not in seen and node.q is None and node.op not in ("enclosed", "variable"):
            seen.add(id(node))
            order.append(node)
            stack += node.args
    for node in reversed(order):
        if node.op != "sqrt":
            continue
        under = enclose(node.args[0], LAST_BITS[0])
        if under.is_finite() and under.contains(0) and cancels(node.args[0]):
            node.q, found = mpq(0), True
    return found


def cancels(x: Real) -> bool:
    """Whether x is exactly zero as a polynomial in atoms (False also where that is too large)."""
    table = Expansion()
    try:
        return table.vanishes(table.expand(x))
    except (TooLarge, ZeroDivisionError):
        return False


def _sign_of_polynomial(x: Real) -> int:
    try:
        s = sign_everywhere(x)
    except TooLarge:
        s = None
    if s is None:
        raise Undecided("the coefficients of a polynomial do not show its sign")
    return s
