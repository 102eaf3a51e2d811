"""The commands that write theorem files: new and adopt."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from refute.cli.common import THEOREMS, one_sentence, say
from refute.errors import BadInput


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--from", "link", metavar="TEX#LABEL", help="A stub for this statement of a paper: main.tex#lem:descent.")
@one_sentence
def new(file: Path, link: str | None) -> None:
    """Write a theorem file that runs, with comments, to be changed into your own; or a stub for a statement of a paper.

    \b
    refute new claims.py
    refute check claims.py
    refute new claims.py --from main.tex#lem:descent
    """
    from refute.cli.stub import stub
    from refute.safety.files import read_source, write_text

    if file.suffix != ".py":
        raise BadInput(f"{file}: a theorem file is a Python file: refute new {file.with_suffix('.py')}")
    if file.name.startswith(("test_", "conftest", "__init__")):
        raise BadInput(f"{file}: pytest takes a file of this name for tests: refute new {file.with_name('claims.py')}")
    if file.exists():
        raise BadInput(f"{file} is there already, and stays as it is; give another name")
    if not file.parent.is_dir():
        raise BadInput(f"{file}: the folder {file.parent} does not exist")
    if link is not None:
        write_text(file, stub(link, file.resolve().parent))
        say(f"{file}: {link}, undecided until its conclusion is written. Read it, write it, and: refute check {file}")
        return
    write_text(file, read_source(Path(__file__).with_name("claims_template.txt")))
    say(f"{file}: a claim about gradient descent. Check it with: refute check {file}")


@click.command()
@click.argument("certificate", type=click.Path(path_type=Path))
@THEOREMS
@one_sentence
def adopt(certificate: Path, folders: tuple[Path, ...]) -> None:
    """Write a counterexample into its theorem file: status="false" and refuted_at=.

    The file is changed in two places and nowhere else; a record that has a counterexample gets this one.
    """
    import inspect

    from refute.running.outline import outline
    from refute.running.workers import Workers
    from refute.safety.files import as_source, write_bytes
    from refute.safety.limited import Limits
    from refute.sources.discover import theorems_named
    from refute.sources.files import folders_of
    from refute.statements.data import encode
    from refute.verdicts.adopted import adopted, holds_counterexample
    from refute.verdicts.certificate import parsed, verify

    name = str(parsed(certificate)["theorem"])
    found = verify(certificate, theorems_named(name, folders_of(certificate, folders)), Limits(4))
    file = Path(inspect.getfile(found.theorem.statement))
    before = file.read_bytes()
    write_bytes(file, as_source(adopted(found.theorem, found.instance, file), before))
    with Workers(1, 60) as pool:
        why = pool.submit(outline, file, Path.cwd()).result().why
        if not why and not pool.submit(holds_counterexample, file, name, encode(dict(found.instance))).result():
            why = "there refuted_at= is another instance: does the file define a name that it uses?"
    if why:
        write_bytes(file, before)
        say(
            f"refute: {file.name} stays as it is, since with the counterexample it cannot be loaded ({why}): add refuted_at= by hand",
            err=True,
        )
        sys.exit(1)
    say(
        f"{file}: {found.theorem.id} has the status false, with this counterexample. See it with: refute show {found.theorem.id}"
    )
