"""The command line: what `refute` says, and the commands check, verify, list, show, accept, diff and completion."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

from refute import __version__
from refute.cli.common import (
    PATHS,
    THEOREMS,
    Interrupted,
    one_sentence,
    say,
    say_page,
    seconds_of,
)
from refute.cli.coverage import coverage
from refute.cli.hunt import hunt, power
from refute.cli.prove import is_proof, prove, sharpen, show_proof
from refute.cli.report import demo, report
from refute.cli.write import adopt, new
from refute.errors import BadInput
from refute.safety.nested import long_numbers


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="refute")
@click.pass_context
def main(context: click.Context) -> None:
    """Executable theorems: hunt for counterexamples, decide them exactly.

    \b
    To see what it does, in seconds
      refute demo                one statement of each kind, and their page
    To write and check
      refute new FILE            a theorem file that runs, to be changed into your own
      refute check [PATH ...]    the bundled theorems, or yours: a table, a ledger, counterexamples
      refute report [--open]     the ledger as a page to put beside the paper
      refute verify FILE ...     a counterexample, or a proof, checked again
      refute prove ID            a statement for all functions at once: the proof, printed
      refute sharpen ID          the best constants: a proof up to here, a counterexample beyond
      refute adopt FILE          a counterexample, into the theorem file
      refute diff OLD NEW        what changed between two ledgers
    To search harder
      refute hunt --for 10m      for long, on all cores
      refute power               how weak a falsehood the search still finds
    To look around
      refute list                every theorem with its status
      refute show ID             one theorem and its stored counterexample
      refute coverage PAPER.tex  which statements of a paper have a record, and what it earned
      refute accept ID           accept a statement and its linked text as they are now
      refute completion SHELL    completion for bash, zsh or fish

    Every command explains itself with --help. The path of a new theorem: CONTRIBUTING.md.
    """
    _something_to_write_to()
    context.with_resource(long_numbers())
    if context.invoked_subcommand is None:
        say_page(cleandoc(main.help or "").replace("\b\n", ""))


def _something_to_write_to() -> None:
    """A closed standard output or error takes nothing, and is no reason to fail."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # it stays open as long as the process


@main.command()
@PATHS
@click.option("-k", "word", default="", help="Only theorems whose id contains WORD.", metavar="WORD")
@click.option(
    "--profile",
    type=click.Choice(["quick", "default", "deep"]),
    help="100, 1000 or 10000 instances per statement (default: profile of [tool.refute] in pyproject.toml).",
)
@click.option("--examples", type=click.IntRange(1, 10**7), help="Instances per statement, whatever the profile.")
@click.option(
    "--batch",
    type=click.IntRange(0, 10**6),
    help="Float candidates screened beside each instance, whatever the profile.",
)
@click.option("--seed", default=0, type=click.IntRange(0), help="Seed of the search; 0: from the statement.")
@click.option(
    "--json",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the ledger to FILE.",
    metavar="FILE",
)
@click.option("-j", "--jobs", default=None, type=click.IntRange(1, 256), help="Processes (default: the cores).")
@click.option("--changed", metavar="BASE", help="Only what differs from the commit BASE.")
@click.option("--timeout", default="10m", show_default=True, metavar="TIME", help="For one statement: 60s, 10m, 2h.")
@click.option(
    "--fresh", is_flag=True, help="Check again also what was checked before on the same code (.refute/cache)."
)
@click.option(
    "--stale", is_flag=True, help="Search nothing: compare statements and linked texts with what was accepted."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the table, and a line a minute.")
@one_sentence
def check(
    paths: tuple[Path, ...],
    word: str,
    profile: str | None,
    examples: int | None,
    batch: int | None,
    seed: int,
    out: Path | None,
    jobs: int | None,
    changed: str | None,
    timeout: str,
    fresh: bool,
    stale: bool,
    quiet: bool,
) -> None:
    """Check theorems (default: the bundled ones) and print the ledger.

    Exit status 0 when every verdict is as its status says, 1 when one is not or a file is broken, 2 for wrong usage.
    Counterexamples go to .refute/certificates, the records to .refute/ledger.json, which keeps those of other theorems.
    A verdict is computed once for a statement, the code behind it and the budget; a row with = and a date is from then.
    """
    from refute.cli import show
    from refute.cli.summary import conclude
    from refute.running.outline import kept_in, outlined
    from refute.running.remembered import all_recalled
    from refute.safety import cache
    from refute.search.budget import PROFILES, Budget, configured_profile
    from refute.sources.files import paths_or_bundled, theorem_files

    if out is not None and not out.parent.is_dir():
        raise BadInput(f"--json {out}: the folder {out.parent} does not exist")
    instances, candidates = PROFILES[profile or configured_profile(Path.cwd())]
    examples, batch = examples or instances, candidates if batch is None else batch
    budget = Budget(examples, batch, seconds_of(timeout, "--timeout"), seed)
    here = Path.cwd()
    files = theorem_files(paths_or_bundled(paths))
    differ = _differing(changed)
    if stale:
        from refute.cli.stale import stale as compared

        whole = paths_or_bundled(paths) if differ is None else sorted(p for p in differ if p.suffix == ".py")
        sys.exit(compared(_touched(files, differ), word, () if word else whole))
    found, broken = outlined(_touched(files, differ), here, jobs)
    tasks = [t for t in found if word in t.id]
    errors = [r for r in broken if word in r.id or r.status == "-"]
    if not found and not broken and changed is None:
        _own_theorems(paths)
    if not tasks and not errors:
        if changed is not None:
            say("no theorem is touched by the changes")
            return
        raise BadInput(f"no theorem {'matches ' + repr(word) if word else 'was found'}; try refute list")
    ledger = here / ".refute" / "ledger.json"
    blanks = [(t.file, t.blank) for t in tasks]
    kept = [] if fresh else all_recalled(blanks, budget, here, jobs or os.cpu_count() or 1)
    order = {t.id: i for i, t in enumerate(tasks)}
    tasks = [t for t in tasks if t.id not in {r.id for r in kept}]
    finished, problems = [*errors, *kept], list[str]()
    terminal = show.console()
    try:
        from refute.cli.progress import Progress, shown
        from refute.cli.terminal import counterexample_lines
        from refute.running.check import costs, run

        progress = Progress([t.id for t in tasks], costs(ledger))
        with shown(progress, terminal, quiet, show.line) as tell:

            def heard(record: Any) -> None:
                finished.append(record)
                tell(record)

            outs, said = [out] if out is not None else [], (problems.append, counterexample_lines, progress.told)
            run(tasks, budget, here, outs, jobs, heard, ledger, list(finished), *said)
    except KeyboardInterrupt:
        conclude(finished, terminal)
        raise Interrupted(
            f"{len(finished)} of {len(tasks) + len(kept) + len(errors)} were finished; the next check goes on from there"
        ) from None
    cache.prune(kept_in(here))
    conclude(sorted(finished, key=lambda r: order.get(r.id, -1)), terminal)
    for says in problems:
        say(f"refute: {says}", err=True)
    sys.exit(0 if all(r.as_expected for r in finished) and not problems else 1)


def _own_theorems(paths: Sequence[Path]) -> None:
    """Raises BadInput for a file that was named and has no theorem of its own, where there is nothing else to check."""
    for path in paths:
        if path.is_file():
            raise BadInput(f"{path}: it defines no Theorem of its own: write T = Theorem(lemma, source=..., label=...)")


def _differing(base: str | None) -> set[Path] | None:
    """The files that differ from the commit, those that are gone among them; None where none is named."""
    if base is None:
        return None
    from refute.sources.changed import changed_files

    return changed_files(base, Path.cwd())


def _touched(files: Sequence[Path], differ: set[Path] | None) -> list[Path]:
    """The files that depend on what differs; all where nothing is compared."""
    if differ is None:
        return list(files)
    from refute.sources.changed import touched

    kept = set(touched(list(files), differ))
    return [f for f in files if f in kept]


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@THEOREMS
@click.option(
    "--budget",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 1000),
    help="Times 1.5 s, 1,000,000 operations, 512 MB and 2,000 numbers for each file.",
)
@one_sentence
def verify(files: tuple[Path, ...], folders: tuple[Path, ...], budget: float) -> None:
    """Re-check counterexamples (every hypothesis and the violated conclusion, twice), and proofs by duality."""
    from refute.cli.terminal import instance_lines, note_lines, side_lines
    from refute.safety.limited import Limits
    from refute.sources.discover import theorems_named
    from refute.sources.files import folders_of
    from refute.verdicts import certificate

    failed = False
    for path in files:
        try:
            if is_proof(path):
                show_proof(path, folders, Limits(budget))
                continue
            name = str(certificate.parsed(path)["theorem"])
            theorems = theorems_named(name, folders_of(path, folders))
            accepted = certificate.verify(path, theorems, Limits(budget))
        except BadInput as why:
            says = " ".join(str(why).split())
            say(f"refute: {says if path.name in says else f'{path.name}: {says}'}", err=True)
            failed = True
            continue
        say(f"{path.name}: a counterexample to {accepted.theorem.id}")
        for shown in instance_lines(accepted.instance):
            say(f"  {shown}")
        for shown in note_lines(accepted):
            say(f"  {shown}")
        for step in accepted.lines:
            for shown in (step.says, *side_lines(step.sides)):
                say(f"  {shown}")
            for shown in (f"exactly: {step.exact}", f"mpmath:  {step.mpmath}", *step.certificate):
                say(f"      {shown}")
    sys.exit(1 if failed else 0)


def _outlines(paths: Sequence[Path]) -> list[Any]:
    """What the files hold; raises BadInput for a file that cannot be loaded."""
    from refute.running.outline import outlines
    from refute.sources.files import theorem_files

    found = outlines(theorem_files(paths), Path.cwd())
    first: dict[str, Path] = {}
    for o in found:
        if o.why:
            raise BadInput(o.why)
        for id_ in (t["id"] for t in o.theorems):
            if first.setdefault(id_, o.file) != o.file:
                raise BadInput(f"{o.file.name} and {first[id_].name} both have a theorem {id_}")
    return found


@main.command(name="list")
@PATHS
@one_sentence
def list_(paths: tuple[Path, ...]) -> None:
    """Every theorem with who says so and its status, then the statements without a record and why they have none.

    printed: in the source; as cited: known from elsewhere (refute show ID says where); reading: one that the
    theorem file defends; amended: what it puts in the place of a reading that is refuted.
    """
    from refute.sources.files import paths_or_bundled

    found = _outlines(paths_or_bundled(paths))
    for t in (t for o in found for t in o.theorems):
        say(f"{t['id']:58s} {t['provenance']:8s} {t['status']:6s} {(t['statement'].splitlines() or [''])[0]}")
    for id_, why in (n for o in found for n in o.not_tried):
        say(f"{id_:58s} {'-':8s} {'-':6s} {why}")


def _ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ids that begin like that, for the shell; a file that cannot be loaded has none."""
    from refute.running.outline import outlines
    from refute.sources.files import theorem_files, theorem_folders

    found = outlines(theorem_files(theorem_folders(())), Path.cwd())
    return list(dict.fromkeys(t["id"] for o in found for t in o.theorems if t["id"].startswith(incomplete)))


@main.command()
@click.argument("id_", metavar="ID", shell_complete=_ids)
@click.option("--code", is_flag=True, help="Also how it is stated: the function, as it stands in the theorem file.")
@THEOREMS
@one_sentence
def show(id_: str, code: bool, folders: tuple[Path, ...]) -> None:
    """One theorem: statement, status, mutants, and its counterexample decided again."""
    from refute.cli.show import page, source
    from refute.sources.discover import theorem_named
    from refute.sources.files import theorem_folders

    theorem = theorem_named(id_, theorem_folders(folders))
    say_page(page(theorem) + (f"\n\n{source(theorem)}" if code else ""))


@main.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=_ids)
@click.option("--because", default="", metavar="WORDS", help="Why; kept with who accepted and when.")
@THEOREMS
@one_sentence
def accept(ids: tuple[str, ...], because: str, folders: tuple[Path, ...]) -> None:
    """Accept statements and their linked texts as they are now (refute-accepted.json), and say what changed since."""
    from refute.sources.discover import theorem_named
    from refute.sources.files import ACCEPTED, theorem_folders
    from refute.verdicts import accepted

    places = theorem_folders(folders)
    refused = False
    for id_, theorem in [(id_, theorem_named(id_, places)) for id_ in ids]:
        place = accepted.place(theorem, Path.cwd())
        try:
            if accepted.is_stub(theorem):
                raise BadInput("its conclusion is not written yet")
            changed = accepted.stale(theorem, place) if id_ in accepted.load(place) else ""
            accepted.accept(theorem, place, because)
        except BadInput as why:  # the others go on
            say(f"refute: {id_} is not accepted: {why}", err=True)
            refused = True
            continue
        where = "" if place == Path.cwd() else f" in {os.path.relpath(place / ACCEPTED)}"
        since = changed.partition("; read both, then")[0]
        say(f"accepted {id_}{where}{since and f': {since}'}")
        for link in accepted.offered(theorem):
            say(f"  its text refers to {link}; to hear of changes there, too, name it in texts=")
    sys.exit(1 if refused else 0)


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--part", is_flag=True, help="NEW holds a part of the statements: what it does not have was not removed.")
@one_sentence
def diff(old: Path, new: Path, part: bool) -> None:
    """What changed between two ledgers; exit status 1 when something got worse."""
    from refute.verdicts.diff import changes, load

    found = list(changes(load(old), load(new), part=part))
    for c in found:
        say(f"{'worse ' if c.worse else '      '}{c.id}: {c.says}")
    if not found:
        say("no change")
    sys.exit(1 if any(c.worse for c in found) else 0)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands, options and ids.

    \b
    bash   eval "$(refute completion bash)"           in ~/.bashrc
    zsh    eval "$(refute completion zsh)"            in ~/.zshrc
    fish   refute completion fish > ~/.config/fish/completions/refute.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    say_page(kind(main, {}, "refute", "_REFUTE_COMPLETE").source())


main.add_command(new)
main.add_command(coverage)
main.add_command(adopt)
main.add_command(prove)
main.add_command(sharpen)
main.add_command(hunt)
main.add_command(power)
main.add_command(report)
main.add_command(demo)
