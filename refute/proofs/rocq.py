"""Proofs by duality for the kernel of Rocq (Coq): each part a lemma over the reals, closed by `field` and by the signs of its terms.

Inner products and values are real numbers, as they are in the proof. The conditions of the classes, and that the squares that remain are squares, are
hypotheses of a lemma; so are, where a parameter t is left, the signs of the weights and pivots on its interval, which Sturm's theorem settles outside, and that no
denominator is 0. What the kernel checks is that all of it adds up to the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from refute.duality.parameters.ratio import Ratio
from refute.duality.weights import Weights
from refute.errors import BadInput
from refute.statements.theorem import Theorem

HEAD = """(* {id}: proved for all functions, points and dimensions; one lemma for each part.

   {prose}

   x_i_j is the inner product of the vectors number i and j, f_i the value number i. *)
Require Import Reals Lra Psatz.
Open Scope R_scope.
"""


def rocq(theorem: Theorem, proof: Sequence[Weights]) -> str:
    """The proof as a file that coqc accepts. Raises BadInput for a range of one point, beside which a square may have a pole."""
    for w in proof:
        if w.case.parameter and w.case.ends[0] is not None and w.case.ends[0] == w.case.ends[1]:
            raise BadInput(
                f"{theorem.id}: {w.case.unit} takes one value: write it into the statement as a constant, for Rocq"
            )
    parts = (_lemma(n, w) for n, w in enumerate(proof, 1))
    return HEAD.format(id=theorem.id, prose=_comment(theorem.prose).replace("\n", "\n   ")) + "\n" + "\n".join(parts)


def _lemma(n: int, w: Weights) -> str:
    problem = w.case.problem
    names = [v.name for v in problem.vectors]
    terms = [(f"w{k}", c, problem.conditions[k].form.terms, problem.conditions[k].says) for k, c in w.weights.items()]
    terms += [(f"p{k}", c, square, f"the square of {says}") for k, (c, square, says) in enumerate(_squares(w, names))]
    rest = w.claim.form.terms.get((), 0) - sum(
        (c * form[()] for _, c, form, _ in terms if () in form), Ratio.of(0, _t())
    )
    used = sorted({key for form in (w.claim.form.terms, *(f for _, _, f, _ in terms)) for key in form if key})
    variables = ["t"] * bool(w.case.parameter) + ["m"] * (w.case.region is not None) + [_unknown(key) for key in used]
    hypotheses = [f"(* the interval *) {e}" for e in _interval(w)]
    hypotheses += [f"(* {_comment(says)} *) 0 <= {_form(form)}" for _, _, form, says in terms]
    hypotheses += [f"(* a sign *) 0 <= {_ratio(c)}" for _, c, _, _ in terms if not _is_number(c)]
    if not _is_number(rest):
        hypotheses.append(f"(* a sign *) 0 <= {_ratio(rest)}")
    hypotheses += [f"(* a denominator *) {q} <> 0" for q in _denominators([c for _, c, _, _ in terms], terms, w)]
    total = " + ".join([*(f"({_ratio(c)}) * ({_form(form)})" for _, c, form, _ in terms), f"({_ratio(rest)})"])
    claim = _form(w.claim.form.terms)
    where = ", ".join(f"{k} = {v}" for k, v in w.case.fixed.items())
    return "\n".join(
        [
            f"(* {_comment(w.claim.says)}{f', {where}' if where else ''}{f', t = {w.case.unit}' if w.case.parameter else ''}{f', m = {w.case.second}' if w.case.second else ''} *)",
            f"Lemma part_{n} : forall {' '.join(variables) or 'x'} : R,",
            *(f"  {h} ->" for h in hypotheses),
            f"  0 <= {claim}.",
            "Proof.",
            "  intros.",
            f"  replace ({claim})",
            f"    with ({total})",
            "    by (field; repeat split; first [assumption | lra | nra]).",
            "  repeat apply Rplus_le_le_0_compat; first [apply Rmult_le_pos; first [assumption | lra] | assumption | lra].",
            "Qed.",
            "",
        ]
    )


def _t() -> Any:
    from refute.duality.parameters.ratio import parameters

    return parameters()[0]


def _is_number(c: Any) -> bool:
    return not isinstance(c, Ratio) or (c.p.is_constant() and c.q.is_constant())


def _interval(w: Weights) -> Iterator[str]:
    region = w.case.region
    lo, hi = w.case.ends if region is None else (region.lo, region.hi)
    if region is not None:
        yield "0 < m"
        yield "m <= 1"
    if w.case.parameter and lo is not None:
        yield f"{_ratio(lo)} <= t"
    if w.case.parameter and hi is not None:
        yield f"t <= {_ratio(hi)}"


def _squares(w: Weights, names: Sequence[str]) -> Iterator[tuple[Any, Mapping[Any, Any], str]]:
    """Each pivot with the square of its combination, as inner products."""
    for pivot, combination in w.sum_of_squares():
        square: dict[Any, Any] = {}
        for c, i in combination:
            for d, j in combination:
                key = (min(i, j), max(i, j))
                square[key] = square[key] + c * d if key in square else c * d
        yield pivot, square, " + ".join(f"({c}) {names[i]}" for c, i in combination)


def _denominators(weights: Sequence[Any], terms: Sequence[Any], w: Weights) -> list[str]:
    coefficients = [*weights, *(c for _, _, form, _ in terms for c in form.values()), *w.claim.form.terms.values()]
    return sorted({_polynomial(c.q) for c in coefficients if isinstance(c, Ratio) and not c.q.is_constant()})


def _unknown(key: tuple[int, ...]) -> str:
    return f"f_{key[0]}" if len(key) == 1 else f"x_{key[0]}_{key[1]}"


def _form(terms: Mapping[Any, Any]) -> str:
    return " + ".join(f"({_ratio(c)})" + (f" * {_unknown(key)}" if key else "") for key, c in terms.items()) or "0"


def _ratio(c: Any) -> str:
    if not isinstance(c, Ratio):
        return _number(c)
    if c.q.is_constant():
        return _polynomial(c.p)
    return f"({_polynomial(c.p)}) / ({_polynomial(c.q)})"


def _polynomial(p: Any) -> str:
    rows = [((("t", exponents[0]), ("m", exponents[-1])), c) for exponents, c in p.to_dict().items()]
    return " + ".join(_number(c) + "".join(f" * {x} ^ {n}" for x, n in powers if n) for powers, c in rows) or "0"


def _number(q: Any) -> str:
    p, d = (
        int(q.numerator if hasattr(q, "numerator") else q.p),
        int(q.denominator if hasattr(q, "denominator") else q.q),
    )
    return f"({p} / {d})" if d != 1 else f"({p})"


def _comment(text: str) -> str:
    return text.replace("(*", "( *").replace("*)", "* )").replace('"', "'")
