"""The command prove, and what verify says of a proof."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refute.cli.common import THEOREMS, one_sentence, say, seconds_of
from refute.errors import BadInput, NotLinear
from refute.safety.alarm import TimeIsUp, alarm
from refute.safety.failure import told

if TYPE_CHECKING:
    from refute.safety.limited import Limits

# So many settings that are neither proved nor refuted are named.
SHOWN = 3
TIMEOUT = click.option(
    "--timeout",
    default="10m",
    show_default=True,
    metavar="TIME",
    help="Processor time for one statement: 60s, 10m, 2h.",
)


@contextmanager
def _within(timeout: str, what: str) -> Iterator[None]:
    """Raise BadInput where the block takes longer."""
    seconds = seconds_of(timeout, "--timeout")
    try:
        with alarm(seconds):
            yield
    except TimeIsUp:
        raise BadInput(f"{what} is not decided by duality within {timeout}; a longer --timeout tries more") from None


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--rocq", "folder", type=click.Path(path_type=Path), help="Also write each proof into this folder for coqc (Rocq)."
)
@click.option(
    "--latex", "latex", type=click.Path(path_type=Path), help="Also write the proofs to this file, for an appendix."
)
@TIMEOUT
@THEOREMS
@one_sentence
def prove(
    ids: tuple[str, ...], folder: Path | None, latex: Path | None, timeout: str, folders: tuple[Path, ...]
) -> None:
    """Decide statements for all functions at once, by duality, and print the proof.

    Statements whose conclusion and hypotheses are linear in values and inner products: methods with fixed steps on classes with
    interpolation conditions. The proof names inequalities of the class, each with its weight, and the squares that remain.
    """
    from refute.sources.discover import theorem_named
    from refute.sources.files import theorem_folders

    written: list[str] = []
    proved = []
    for theorem in [theorem_named(id_, theorem_folders(folders)) for id_ in ids]:
        with _within(timeout, theorem.id):
            proved.append(_prove(theorem, folder, written))
    if latex is not None and written:
        _write(latex, "\n".join(written))
        say(f"for an appendix: {latex}")
    sys.exit(0 if all(proved) else 1)


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--constant", "name", default=None, help="Of these alone; else of each constant that is a rational.")
@TIMEOUT
@THEOREMS
@one_sentence
def sharpen(id_: str, name: str | None, timeout: str, folders: tuple[Path, ...]) -> None:
    """The best constants of a statement that duality decides: a proof up to here, a counterexample beyond.

    \b
    refute sharpen baillon-haddad-1977/cocoercivity
    """
    from refute.cli.terminal import instance_lines
    from refute.duality.sharpen import sharpened
    from refute.search.simplify import simplify
    from refute.sources.discover import theorem_named
    from refute.sources.files import theorem_folders

    theorem = theorem_named(id_, theorem_folders(folders))
    known = [n for n, v in theorem.constants.items() if isinstance(v, (int, Fraction)) and v != 0]
    if name is not None and name not in known:
        raise BadInput(f"{id_} has no rational constant {name!r}; it has {', '.join(known) or 'none'}")
    if not known:
        raise BadInput(
            f"{id_} has no rational constant; give it one, a keyword-only parameter such as *, c: Fraction = Fraction(1)"
        )
    for n in known if name is None else [name]:
        with _within(timeout, f"the best {n} of {id_}"):
            found = sharpened(theorem.itself, n, lambda statement: _drawn(theorem, statement))
        if found is None:
            say(f"{n}: not decided by duality; refute prove {id_} says why")
            continue
        where = "for all values of its variables" if found.everywhere else "at each drawn setting of its numbers"
        say(f"{n} = {found.proved} is proved {where}")
        if found.beyond is None:
            say(f"  and so is every other {n} that was tried, up to twice and down to 0 times of it")
            continue
        by = found.counterexample or _searched(theorem, n, found.beyond, seconds_of(timeout, "--timeout"))
        if by is None:
            say(f"  {n} = {_about(found.beyond)} is not proved, and no counterexample was found")
        else:
            say(f"  {n} = {_about(found.beyond)} is refuted, by")
            for text in instance_lines(simplify(_with(theorem, n, found.beyond), by)):
                say(f"    {text}")


def _with(theorem: Any, name: str, c: Fraction) -> Any:
    """The statement with this constant."""
    return replace(theorem.itself, constants={**theorem.itself.constants, name: c})


def _searched(theorem: Any, name: str, c: Fraction, seconds: float | None) -> Any:
    """What a search finds against the statement with this constant, in so many seconds: duality looks at drawn settings of its numbers alone."""
    from refute.search.budget import PROFILES, Budget
    from refute.search.sampling import NeverMet, search
    from refute.verdicts.examine import OPERATIONS, seed_of

    statement = _with(theorem, name, c)
    try:
        budget = Budget(*PROFILES["default"], seconds, seed_of(theorem), operations=OPERATIONS)
        return search(statement, budget).counterexample
    except NeverMet:
        return None


def _about(c: Fraction) -> str:
    """A rational to ten digits; as it is where it is no float."""
    try:
        return f"{float(c):.10g}"
    except OverflowError:
        return str(c)


def _drawn(theorem: Any, statement: Any) -> Any:
    """Instances of the statement of a theorem, or of one with other constants."""
    from refute.duality.decide import SETTINGS
    from refute.search.sampling import examples
    from refute.verdicts.examine import seed_of

    return examples(statement, seed_of(theorem), SETTINGS)


def _kernel_file(theorem: Any, proof: Any, folder: Path) -> Path:
    """The proof for coqc, whose files have names of letters."""
    from refute.proofs.rocq import rocq

    path = folder / ("proof_" + re.sub(r"\W", "_", theorem.id) + ".v")
    _write(path, rocq(theorem, proof))
    return path


def _write(path: Path, text: str) -> None:
    from refute.safety.files import write_text

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    except OSError as why:
        raise BadInput(f"{path} cannot be written: {why.strerror or why}") from None


def _prove(theorem: Any, folder: Path | None, written: list[str]) -> bool:
    from refute.cli.terminal import instance_lines
    from refute.duality.decide import for_all as decided
    from refute.duality.everywhere import prove_everywhere
    from refute.proofs import for_all
    from refute.proofs.tex import tex
    from refute.verdicts.examine import agreed
    from refute.verdicts.record import certificates

    why = ""
    try:
        proof = prove_everywhere(theorem.itself)
    except (NotLinear, ArithmeticError) as says:
        proof, why = None, str(says) if isinstance(says, NotLinear) else told(says)
    if proof and theorem.refuted_at is not None:
        raise BadInput(
            f"{theorem.id} has a stored counterexample, which the proof that was found contradicts: one of them is wrong"
        )
    if proof:
        second = agreed(theorem, proof)
        if not second.truth:
            raise BadInput(f"{theorem.id} has a proof, but {second.says}: please report it")
        path = for_all.write(theorem, proof, certificates(Path.cwd()))
        say(f"{theorem.id} is proved, for all functions of its classes, all points and all dimensions")
        for text in for_all.lines(proof):
            say(f"  {text}")
        say(f"Check it again with: refute verify {path.relative_to(Path.cwd())}")
        written.append(tex(theorem, proof))
        if folder is not None:
            say(f"and by the kernel of Rocq with: coqc {_kernel_file(theorem, proof, folder)}")
        return True
    found = decided(theorem.itself, lambda: _drawn(theorem, theorem.itself))
    if found is None:
        raise BadInput(
            f"{theorem.id} is not decided by duality: {why or 'it has no class of functions or operators, or no setting of its numbers is drawn'}"
        )
    if found.counterexample is not None:
        say(f"{theorem.id} is refuted by the worst case of a semidefinite program, rounded:")
        for text in instance_lines(found.counterexample):
            say(f"  {text}")
        say(f"refute check -k {theorem.id} keeps it")
        return False
    say(
        f"{theorem.id}: no proof for all values of its numbers was found{f' ({why})' if why else ''}; of {found.settings} drawn settings of "
        f"them {found.decided} are decided, each for all functions, and of the others nothing is known"
    )
    for numbers in found.open[:SHOWN]:
        where = ", ".join(f"{n} = {v}" for n, v in numbers.items())
        say(f"  neither proved nor refuted{f' at {where}' if where else ', and it has no numbers'}")
    parts = [] if why else _open_parts(theorem.itself)
    for part in parts:
        say(f"  {part}")
    if found.decided and not why and not any("violates" in part for part in parts):
        say(
            "Where it needs a weight that is infinite at an end of the range, such as 1/h at h = 0, say it with both sides multiplied by h."
        )
    return False


def _open_parts(statement: Any) -> list[str]:
    """What is not proved for all values, where a statement has several parts, as one with `iterated` has; and where a worst case violates it."""
    from refute.duality.everywhere import unproved

    said = []
    try:
        for part in unproved(statement):
            fixed = [f"{n} = {v}" for n, v in part.case.fixed.items()]
            unit = part.case.unit
            at = _values(part) if unit else []
            where = ", ".join((*fixed, *at))
            what = f"{part.says}{' from step to step' if part.step else ''}"
            # An induction knows nothing of how its state was reached.
            of = ", made from any state at all" if part.step else ""
            worst = f"{of}: a worst case violates it{f' at {where}' if where else ''}" if part.violated else ""
            said.append(f"not proved: {what}{worst}")
    except (NotLinear, ArithmeticError):
        return []
    return said


def _values(part: Any) -> list[str]:
    """The first values of the parameters at which a part is violated."""
    if not part.violated:
        return []
    at = part.violated[0]
    if part.step:
        return [f"k = {at['t'] - 1}"]
    second = [f"{part.case.second} = {at['m']}"] if part.case.second else []
    return [f"{part.case.unit} = {at['t']}", *second]


def is_proof(path: Path) -> bool:
    """Whether a file says that it is a proof; raises BadInput where it cannot be read."""
    from refute.proofs.for_all import FORMAT, OF_TWO
    from refute.safety.files import read_text
    from refute.statements.data import MAX_BYTES, read_json

    data = read_json(read_text(path, MAX_BYTES), path.name)
    return isinstance(data, dict) and data.get("format") in (FORMAT, OF_TWO)


def show_proof(path: Path, folders: Sequence[Path], limits: Limits) -> None:
    """Check the proof in a file, and print it; raises BadInput with the reason where it is none."""
    from refute.proofs import for_all
    from refute.safety.files import read_text
    from refute.safety.limited import limited
    from refute.sources.discover import theorems_named
    from refute.sources.files import folders_of
    from refute.statements.data import MAX_BYTES

    data = for_all.parsed(read_text(path, MAX_BYTES), path.name)
    name = str(data.get("theorem"))
    theorem = next((t for t in theorems_named(name, folders_of(path, folders)) if t.id == name), None)
    if theorem is None:
        raise BadInput(f"{path.name}: no theorem {name[:80]!r} is known; name its folder with --theorems")
    lines = limited(lambda: for_all.lines(for_all.verify(data, theorem, path.name)), limits, path.name)
    say(f"{path.name}: a proof of {theorem.id}, for all functions of its classes, all points and all dimensions")
    for text in lines:
        say(f"  {text}")
