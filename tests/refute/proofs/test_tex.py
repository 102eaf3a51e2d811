"""Proofs for an appendix: the weights, the conditions and the squares of the proof, as LaTeX that stands by itself."""

import re
from pathlib import Path

import pytest

from refute.duality.everywhere import prove_everywhere
from refute.proofs.legend import legend
from refute.proofs.tex import tex
from refute.running.check import known_theorems
from refute.sources.files import bundled
from tests.commands import run

THEOREMS = {t.id: t for _, t in known_theorems([bundled()])}


@pytest.mark.parametrize("id_", ["baillon-haddad-1977/cocoercivity", "taylor-2017/contraction", "guler-1991/potential"])
def test_all_of_the_proof_is_there_and_groups_are_closed(id_: str) -> None:
    theorem = THEOREMS[id_]
    proof = prove_everywhere(theorem.itself) or []
    text = tex(theorem, proof)
    of_proof, _, of_legend = text.partition("\nHere\n")
    assert of_proof.count(r"\item") == sum(len(w.weights) + 1 for w in proof)
    assert of_legend.count(r"\item") == len(list(legend(w.case for w in proof))) > 0
    plain = text.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
    assert text.count(r"\left") == text.count(r"\right")
    assert text.replace(r"\$", "").count("$") % 2 == 0
    formulas = re.findall(r"\$([^$]*)\$", text)
    assert not any("grad " in f or "_star" in f for f in formulas)


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    done = run(
        tmp_path, "prove", "baillon-haddad-1977/cocoercivity", "taylor-2017/contraction", "--latex", "out/proofs.tex"
    )
    assert done.exit_code == 0
    text = (tmp_path / "out" / "proofs.tex").read_text()
    assert text.count(r"\begin{proof}") == text.count(r"\end{proof}") == 2
    assert r"\nabla f(x)" in text


def test_the_claim_stands_there_as_a_formula() -> None:
    text = tex(
        THEOREMS["nesterov-2004/theorem-2.1.15"],
        prove_everywhere(THEOREMS["nesterov-2004/theorem-2.1.15"].itself) or [],
    )
    assert (
        r"that is, $0 \le \frac{-2t m}{m + 1}\,|x|^2 + 2t\,\langle x, \nabla f(x)\rangle - t^{2}\,|\nabla f(x)|^2$"
        in text
    )
    assert r"$0 \le t \le \frac{2}{m + 1}$, $m = \mu/L$, $0 < m \le 1$" in text
    assert (
        r"points are measured from $f_*$, where $f$ is least: each stands for its difference to it; $L=1$ by choice of units"
        in text
    )
