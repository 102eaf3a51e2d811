r"""Which minimizers of $f(X, Y) = \frac12|A - XY^\top|^2$ are flat: sharpness, the largest eigenvalue of the Hessian, against balance.

Every minimizer has a sharpness of at least $2\sigma_1$, twice the largest singular value of $A$; *flat* means that it has no more.
"""

from fractions import Fraction
from typing import Annotated

from objectives import GD, largest_above, largest_at_least, largest_at_most
from objectives.factorization import (
    CriticalPoint,
    MatrixFactorization,
    ScalarFactorization,
    balanced_minimizers,
    creeping_steps,
    levels,
    matrix_factorizations,
    minimizers,
    scalar_factorizations,
    scalar_minimizers,
    stable_steps,
    starts_close_to,
    starts_in_tube,
)
from refute import (
    Claim,
    Given,
    Matrix,
    Mutant,
    Scalar,
    Theorem,
    Vec,
    any_of,
    at_limit,
    both,
    dot,
    eq,
    le,
    ne,
    sqrt,
    total,
)

ONE, TWO, HALF, ZERO = Fraction(1), Fraction(2), Fraction(1, 2), Fraction(0)
SOURCE, PROOF = "tao-wang-2022", "docs/factorization.md#flat-minimizers"

Factorization = Annotated[MatrixFactorization, matrix_factorizations()]
Square = Annotated[MatrixFactorization, matrix_factorizations(square=True)]
Attained = Annotated[MatrixFactorization, matrix_factorizations(square=True, attained=True)]
Minimizer = Annotated[CriticalPoint, minimizers]
Level = Annotated[Fraction, levels]
Balanced = Annotated[CriticalPoint, balanced_minimizers]


def equal_norms(f: MatrixFactorization, p: CriticalPoint) -> Claim:
    """|X| = |Y|."""
    return eq(*f.norms(p.at(f)))


def balanced_is_flat(f: Factorization, p: Minimizer) -> Claim:
    r"""A minimizer with $|X| = |Y|$ is flat: its sharpness is $2\sigma_1$."""
    return largest_at_most(f.hessian(p.at(f)), 2 * f.values[0])


IDENTITY = MatrixFactorization(2, 2, 2, (ONE, ONE), (ZERO,), (ZERO,))
CROSSED = CriticalPoint((0, 1), ((TWO, ZERO), (ZERO, HALF)), ZERO)

BALANCED_IS_FLAT = Theorem(
    balanced_is_flat,
    source=SOURCE,
    label="balanced-is-flat",
    status="false",
    given=(Given("|X| = |Y|", equal_norms),),
    refuted_at={"f": IDENTITY, "p": CROSSED},
)


def balanced_gram_is_flat(f: Factorization, p: Balanced, *, two: Fraction = TWO) -> Claim:
    r"""A minimizer with $X^\top X = Y^\top Y$ is flat: its sharpness is $2\sigma_1$."""
    H = f.hessian(p.at(f))
    return both(at_most=largest_at_most(H, two * f.values[0]), at_least=largest_at_least(H, 2 * f.values[0]))


BALANCED_GRAM_IS_FLAT = Theorem(
    balanced_gram_is_flat,
    source=SOURCE,
    label="balanced-is-flat",
    reading="amended",
    amends="tao-wang-2022/balanced-is-flat",
    status="true",
    proof=PROOF,
    mutants=(
        Mutant(
            "1.98 in place of 2",
            {"two": Fraction(99, 50)},
            killed_at={"f": IDENTITY, "p": CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO)},
        ),
        Mutant(
            "any minimizer",
            domains={"p": minimizers},
            killed_at={"f": IDENTITY, "p": CROSSED},
        ),
    ),
)


Vectors = Annotated[ScalarFactorization, scalar_factorizations()]
VectorMinimizer = Annotated[Vec, scalar_minimizers]


def balance_is_flatness(f: Vectors, z: VectorMinimizer, *, two: Fraction = TWO) -> Claim:
    r"""For $\frac12(a - \langle x, y\rangle)^2$ the sharpness of a minimizer is $|x - y|^2 + 2a$: balance and flatness are the same."""
    return eq(f.spectral_radius(z), f.imbalance(z) + two * f.a)


BALANCE_IS_FLATNESS = Theorem(
    balance_is_flatness,
    source=SOURCE,
    label="balanced-is-flat",
    reading="scalar",
    status="true",
    proof="docs/factorization.md#one-number-factorized-proofs",
    mutants=(
        Mutant(
            "2.02 a",
            {"two": Fraction(101, 50)},
            killed_at={"f": ScalarFactorization(ONE, 1), "z": Vec((ONE, ONE))},
        ),
    ),
)


def unequal_norms(f: MatrixFactorization, p: CriticalPoint) -> Claim:
    """|X| is not |Y|."""
    return ne(*f.norms(p.at(f)))


def squared_gap(f: MatrixFactorization, z: Vec) -> Scalar:
    """(|X| - |Y|)^2."""
    X, Y = f.norms(z)
    return X + Y - 2 * sqrt(X * Y)


def unbalanced_is_sharp(f: Factorization, p: Minimizer, *, one: Fraction = ONE) -> Claim:
    r"""Unbalanced norms mean sharp: the sharpness of a minimizer is at least $\frac1k\big((|X| - |Y|)^2 + 2(\sigma_1 + \sigma_2 + \dots)\big)$, $k = \min(\max(n, m), d)$, with the $d$ largest singular values: it tends to
    infinity with the difference of the norms.
    """
    k = min(max(f.n, f.m), f.d)
    bound = (squared_gap(f, p.at(f)) + 2 * total(f.values[: f.d])) / k
    return largest_at_least(f.hessian(p.at(f)), one * bound)


UNBALANCED_IS_SHARP = Theorem(
    unbalanced_is_sharp,
    source=SOURCE,
    label="unbalanced-is-sharp",
    status="true",
    proof=PROOF,
    mutants=(
        Mutant(
            "1.01 times as sharp",
            {"one": Fraction(101, 100)},
            killed_at={"f": IDENTITY, "p": CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO)},
        ),
    ),
)


def sum_of_grams(f: MatrixFactorization, z: Vec, share: Scalar) -> Matrix:
    r"""$X^\top X \otimes I + I \otimes Y^\top Y$, whose largest eigenvalue is $|X|_2^2 + |Y|_2^2$; with a share of the second term."""
    X, Y = (tuple(zip(*m, strict=True)) for m in f.split(z))
    P, Q = (tuple(tuple(dot(Vec(a), Vec(b)) for b in m) for a in m) for m in (X, Y))
    pairs = [(i, j) for i in range(f.d) for j in range(f.d)]
    return tuple(
        tuple((P[i][k] if j == m else 0) + share * (Q[j][m] if i == k else 0) for k, m in pairs) for i, j in pairs
    )


def sharpness_is_a_sum_of_norms(f: Factorization, p: Minimizer, c: Level, *, one: Fraction = ONE) -> Claim:
    r"""In the spectral norm the law is exact: for every $A$, also one that is no product $XY^\top$, the sharpness of a minimizer is $|X|_2^2 + |Y|_2^2$. So it is $2\sigma_1$ only if $|X|_2 = |Y|_2$: any difference of the spectral norms makes a
    minimizer sharper than flat. (Each $c$ is above both or below both.)
    """
    H, K = f.hessian(p.at(f)), sum_of_grams(f, p.at(f), one)
    return any_of(
        at_most=both(sharpness=largest_at_most(H, c), norms=largest_at_most(K, c)),
        above=both(sharpness=largest_above(H, c), norms=largest_above(K, c)),
    )


SHARPNESS_IS_A_SUM_OF_NORMS = Theorem(
    sharpness_is_a_sum_of_norms,
    source=SOURCE,
    label="unbalanced-is-sharp",
    reading="spectral-norms",
    status="true",
    proof=PROOF,
    mutants=(
        Mutant(
            "1.1 times the second square",
            {"one": Fraction(11, 10)},
            killed_at={
                "f": IDENTITY,
                "p": CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO),
                "c": Fraction(33, 16),
            },
        ),
    ),
)


# X = 2, Y = 1/2: the squares are at most 4.
NUMBER, SHARP = MatrixFactorization(1, 1, 1, (ONE,), (), ()), CriticalPoint((0,), ((TWO,),), ZERO)


def gram(M: Matrix) -> Matrix:
    r"""$M^\top M$."""
    columns = [Vec(column) for column in zip(*M, strict=True)]
    return tuple(tuple(dot(a, b) for b in columns) for a in columns)


def spectral_norms_are_flatness(f: Factorization, p: Minimizer, *, one: Fraction = ONE) -> Claim:
    r"""The flat minimizers are those with $|X|_2 = |Y|_2 = \sqrt{\sigma_1}$, which both norms are at least in the mean: a minimizer is flat exactly if $|X|_2^2 \le \sigma_1$ and $|Y|_2^2 \le \sigma_1$."""
    H, level = f.hessian(p.at(f)), one * f.values[0]
    X, Y = map(gram, f.split(p.at(f)))
    return any_of(
        flat=both(H=largest_at_most(H, 2 * f.values[0]), X=largest_at_most(X, level), Y=largest_at_most(Y, level)),
        X=both(H=largest_above(H, 2 * f.values[0]), X=largest_above(X, level)),
        Y=both(H=largest_above(H, 2 * f.values[0]), Y=largest_above(Y, level)),
    )


SPECTRAL_NORMS_ARE_FLATNESS = Theorem(
    spectral_norms_are_flatness,
    source=SOURCE,
    label="balanced-is-flat",
    reading="spectral-norms",
    status="true",
    proof=PROOF,
    mutants=(
        Mutant(
            "0.99 sigma_1",
            {"one": Fraction(99, 100)},
            killed_at={"f": IDENTITY, "p": CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO)},
        ),
        Mutant("4 sigma_1", {"one": Fraction(4)}, killed_at={"f": NUMBER, "p": SHARP}),
    ),
)


def any_difference_is_sharp(f: Factorization, p: Minimizer) -> Claim:
    r"""The strongest reading: a minimizer with Frobenius norms $|X| \ne |Y|$, however little they differ, is sharper than flat: some eigenvalue is above $2\sigma_1$."""
    H = f.hessian(p.at(f))
    return largest_above(H, 2 * f.values[0])


# A = diag(1, 1/100): the small singular value may be shared out unevenly at no cost.
SMALL = MatrixFactorization(2, 2, 2, (ONE, Fraction(1, 100)), (ZERO,), (ZERO,))
UNEVEN = CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO)

ANY_DIFFERENCE_IS_SHARP = Theorem(
    any_difference_is_sharp,
    source=SOURCE,
    label="unbalanced-is-sharp",
    reading="any-difference",
    status="false",
    given=(Given("|X| is not |Y|", unequal_norms),),
    refuted_at={"f": SMALL, "p": UNEVEN},
)

StableStep = Annotated[Fraction, stable_steps]


def balancing_bound_of_matrices(f: Square, p: Minimizer, h: StableStep, *, two: Fraction = TWO) -> Claim:
    r"""A minimizer that gradient descent with step $h$ does not repel (its sharpness is at most $\frac2h$) has $|X - Y|^2 \le \frac{2k}h -
    2\,\mathrm{tr}(XY^\top)$, $k = \min(n, d)$: for matrices, too, the bound on the imbalance of a limit decreases with $h$.
    """
    z = p.at(f)
    X, Y = f.split(z)
    trace = total(a * b for x, y in zip(X, Y, strict=True) for a, b in zip(x, y, strict=True))
    largest = two * min(f.n, f.d) / h
    return le(f.imbalance(z), largest - 2 * trace, unit=largest)


BALANCING_BOUND_OF_MATRICES = Theorem(
    balancing_bound_of_matrices,
    source=SOURCE,
    label="balancing-bound",
    reading="matrix",
    status="true",
    proof=PROOF,
    attained=({"f": IDENTITY, "p": CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO), "h": ONE},),
    mutants=(
        Mutant(
            "1.98 in place of 2",
            {"two": Fraction(99, 50)},
            killed_at={"f": IDENTITY, "p": CriticalPoint((0, 1), ((ONE, ZERO), (ZERO, ONE)), ZERO), "h": ONE},
        ),
    ),
)

CreepingStep = Annotated[Fraction, creeping_steps]
Close = Annotated[Vec, starts_close_to]


def balancing_bound_of_runs(f: Attained, p: Minimizer, h: CreepingStep, z: Close, *, two: Fraction = TWO) -> Claim:
    r"""Gradient descent with step $h$ from a start close to a minimizer that it does not repel, so close that the residual is in the tube of the proof, converges, and its limit has $|X - Y|^2 \le \frac{2n}h - 2\,\mathrm{tr}\,A$
    (for regular $A$ and $d \ge n$).
    """
    largest = two * f.n / h
    trace = total(f.A[i][i] for i in range(f.n))
    return at_limit(GD(f, h), z, lambda q: le(f.imbalance(q), largest - 2 * trace, unit=largest))


ONE_BY_ONE = MatrixFactorization(1, 1, 1, (ONE,), (), ())

BALANCING_BOUND_OF_RUNS = Theorem(
    balancing_bound_of_runs,
    source=SOURCE,
    label="balancing-bound",
    reading="matrix-runs",
    status="true",
    proof="docs/factorization.md#matrix-tube",
    given=(Given("the start is close to the minimizers", starts_in_tube),),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "1.9 in place of 2",
            {"two": Fraction(19, 10)},
            killed_at={
                "f": ONE_BY_ONE,
                "p": CriticalPoint((0,), ((TWO,),), ZERO),
                "h": Fraction(9, 20),
                "z": Vec((Fraction(200001, 100000), HALF)),
            },
        ),
    ),
)
