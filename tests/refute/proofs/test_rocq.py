"""Proofs for the kernel of Rocq: what is written is the proof, and coqc, where it is installed, accepts it and nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest

from refute.duality.everywhere import prove_everywhere
from refute.proofs.rocq import rocq
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.statements.theorem import Theorem
from tests.commands import run

SAMPLE = (
    "baillon-haddad-1977/cocoercivity",
    "taylor-2017/contraction",
    "guler-1991/rate-for-every-n",
    "nesterov-2004/subgradient-step",
)
THEOREMS = {t.id: t for _, t in known_theorems([bundled()])}


def written(theorem: Theorem) -> str:
    return rocq(theorem, prove_everywhere(theorem.itself) or [])


def accepted(text: str, folder: Path) -> bool:
    """Whether coqc takes it."""
    (folder / "proof.v").write_text(text)
    return subprocess.run(["coqc", "proof.v"], cwd=folder, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("id_", SAMPLE)
def test_each_part_is_a_lemma_that_the_kernel_accepts(id_: str, tmp_path: Path) -> None:
    theorem = THEOREMS[id_]
    proof = prove_everywhere(theorem.itself) or []
    text = rocq(theorem, proof)
    assert text.count("Lemma part_") == len(proof) > 0
    assert text.count("Qed.") == len(proof)
    assert "Admitted" not in text
    assert "Axiom" not in text
    if shutil.which("coqc"):
        assert accepted(text, tmp_path)


def test_another_weight_is_no_proof(tmp_path: Path) -> None:
    text = written(THEOREMS["baillon-haddad-1977/cocoercivity"])
    other = text.replace("with (((1))", "with (((2))", 1)
    assert other != text
    if shutil.which("coqc"):
        assert not accepted(other, tmp_path)


def test_the_words_of_a_statement_end_no_comment(tmp_path: Path) -> None:
    theorem = THEOREMS["baillon-haddad-1977/cocoercivity"]
    text = rocq(theorem, prove_everywhere(theorem.itself) or [])
    assert text.count("(*") == text.count("*)")


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    done = run(tmp_path, "prove", "baillon-haddad-1977/cocoercivity", "--rocq", "kernel")
    assert done.exit_code == 0
    assert "coqc kernel/proof_baillon_haddad_1977_cocoercivity.v" in done.output
    assert "Lemma part_1" in (tmp_path / "kernel" / "proof_baillon_haddad_1977_cocoercivity.v").read_text()
