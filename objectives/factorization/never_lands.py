r"""Why an orbit of (r, w) -> (r (r^2 - 3 + w), w (1 - alpha r + r^2)) in rationals never has r = 0 (nor r = -1, nor, for alpha = 0, r = 1).

A prime p for which |r|_p > 1, |alpha|_p < |r|_p and |w|_p < |r|_p^2: then |r|_p is cubed at every step, |w|_p grows by |r|_p^2,
and the three inequalities stay true. Or a modulus prime to all denominators: the orbit of the residues is
periodic, and none of those of r is 0, -1 or, for alpha = 0, 1.
"""

from __future__ import annotations

from fractions import Fraction

# Primes below this are looked for in a denominator; moduli below this one are tried.
PRIMES_BELOW = 1000
MODULI = (3, 5, 7, 11, 13, 4, 8, 9, 17, 19, 23, 29, 31, 16, 25, 37, 41, 43, 47, 53, 59, 61)


def never_lands(alpha: Fraction, r: Fraction, w: Fraction) -> str:
    """A reason in words, empty where none is found."""
    for p in prime_factors(r.denominator):
        n = order(r, p)
        if n < order(alpha, p) and 2 * n < order(w, p):
            return f"the power of {p} in the denominator of the residual is tripled at every step"
    for m in MODULI:
        if _avoids(alpha, r, w, m):
            return f"modulo {m} the residuals repeat without 0"
    return ""


def prime_factors(n: int) -> list[int]:
    """The prime factors below PRIMES_BELOW, and the rest where it is a prime below PRIMES_BELOW squared."""
    found = []
    for p in range(2, PRIMES_BELOW):
        if p * p > n:
            break
        if n % p == 0:
            found.append(p)
            while n % p == 0:
                n //= p
    if 1 < n < PRIMES_BELOW**2:
        found.append(n)
    return found


def order(q: Fraction, p: int) -> float:
    """The exponent of the prime p in q, infinite for 0: |q|_p = p^-order."""
    if q == 0:
        return float("inf")
    n, numerator, denominator = 0, q.numerator, q.denominator
    while numerator % p == 0:
        n, numerator = n + 1, numerator // p
    while denominator % p == 0:
        n, denominator = n - 1, denominator // p
    return n


def _avoids(alpha: Fraction, r: Fraction, w: Fraction, m: int) -> bool:
    try:
        a, x, y = (q.numerator * pow(q.denominator, -1, m) % m for q in (alpha, r, w))
    except ValueError:  # m and a denominator have a factor in common
        return False
    seen, landings = set(), {0, m - 1} | ({1} if alpha == 0 else set())
    while (x, y) not in seen:
        if x in landings:
            return False
        seen.add((x, y))
        x, y = x * (x * x - 3 + y) % m, y * (1 - a * x + x * x) % m
    return True
