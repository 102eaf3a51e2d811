"""Tables and pages for the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from refute.safety.plain import plain
from refute.verdicts.record import Record

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from refute.running.hunt import Quarry
    from refute.running.power import Kill, Weakening
    from refute.statements.claims import Decision
    from refute.statements.theorem import Theorem

# Seconds between two lines of a hunt whose output is no terminal.
EVERY = 30.0
_STYLE = {
    "holds": "green",
    "proved": "green",
    "refuted": "magenta",
    "vacuous": "cyan",
    "undecided": "yellow",
    "stale": "yellow",
    "error": "red",
}


def console() -> Console:
    """The terminal, or plain lines of 160 columns where the output is none."""
    from rich.console import Console

    return Console(emoji=False) if sys.stdout.isatty() else Console(width=160, emoji=False)


def table(records: Iterable[Record]) -> Table:
    """One line per theorem: id, status, verdict, N, tightness, mutants, time."""
    from rich.markup import escape
    from rich.table import Table

    t = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(COLUMNS):
        t.add_column(name, justify="left" if i < 3 else "right", no_wrap=i > 0)
    for r in records:
        first, status, verdict, *rest = cells(r)
        style = _STYLE[r.verdict] if r.as_expected or r.is_news else "bold red"
        t.add_row(escape(first), status, f"[{style}]{verdict}[/]", *rest)
    return t


COLUMNS = ("theorem", "status", "verdict", "N", "screened", "tightness", "mutants", "seconds", "CPU")


def rows(records: Iterable[Record]) -> list[str]:
    """The same table as lines of text."""
    found = [COLUMNS, *(cells(r) for r in records)]
    widths = [max(len(row[i]) for row in found) for i in range(len(COLUMNS))]
    return [
        "  ".join(c.ljust(w) if i < 3 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in found
    ]


def cells(r: Record) -> tuple[str, ...]:
    """The cells of one line of the table; a verdict that is not as expected is marked."""
    n = f"{r.examples}" + (f" (+{r.undecided} undecided)" if r.undecided else "") + (" w" if r.spent else "")
    killed = f"{r.mutants['killed']}/{r.mutants['total']}" if r.mutants["total"] else "-"
    tight = "-" if r.tightness is None else f"{r.tightness:.4g}"
    return (
        plain(r.id),
        r.status,
        r.verdict + ("" if r.as_expected or r.is_news else " !"),
        n,
        f"{r.screened}" + (" singly" if r.singly else ""),
        tight,
        killed,
        f"= {r.date[:10]}" if r.remembered else f"{r.seconds:.1f}",
        f"{r.cpu:.1f}",
    )


def hunt_table(quarries: Iterable[Quarry]) -> Table:
    """One line per hunted statement: instances, rate, tightness so far."""
    from rich.table import Table

    t = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(("theorem", "turns", "N", "screened", "N per second", "tightness", "")):
        t.add_column(name, justify="right" if 0 < i < 6 else "left", no_wrap=i > 0)
    for q in quarries:
        rate = q.decided / q.seconds if q.seconds else 0.0
        tight = "-" if q.tightness is None else f"{q.tightness:.6g}"
        state = "[bold red]refuted[/]" if q.certificate else "[bold red]error[/]" if q.problem else ""
        n = f"{q.decided}" + (f" (+{q.undecided} undecided)" if q.undecided else "")
        t.add_row(q.id, f"{q.turns}", n, f"{q.screened}", f"{rate:.0f}", tight, state)
    return t


def power_line(r: Weakening | Kill) -> str:
    """One line for a constant or a mutant."""
    from refute.running.power import STEPS, Kill

    if isinstance(r, Kill):
        state = "SURVIVES" if r.seconds is None else f"killed in {r.seconds:.2f} s"
        return f"{r.id}  mutant {r.mutant!r}: {state}"
    if r.digits == 0:
        return f"{r.id}  {r.constant}: not refuted when moved by 10^-1"
    last = "the smallest tried" if r.digits == STEPS else f"{r.survives} is not"
    return f"{r.id}  {r.constant}: refuted down to 10^-{r.digits} in {r.seconds:.2f} s ({last})"


@contextmanager
def hunting(terminal: Console) -> Iterator[Callable[[Iterable[Quarry]], None]]:
    """A live table on a terminal; elsewhere a line every 30 seconds."""
    if terminal.is_terminal:
        from rich.live import Live

        with Live(console=terminal, transient=True, refresh_per_second=2) as live:
            yield lambda quarries: live.update(hunt_table(quarries))
        return
    last = time.monotonic()

    def tell(quarries: Iterable[Quarry]) -> None:
        nonlocal last
        if time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        known = list(quarries)
        refuted = [q.id for q in known if q.certificate]
        total, screened = sum(q.decided for q in known), sum(q.screened for q in known)
        print(f"{total} instances, {screened} screened, refuted: {', '.join(refuted) or 'none'}", flush=True)

    yield tell


def line(r: Record) -> str:
    """One plain line per finished theorem, for logs."""
    wrong = "news: it was open" if r.is_news else f"NOT AS EXPECTED: {r.why or f'status {r.status}'}"
    state = "as expected" if r.as_expected else wrong
    return f"{r.verdict:9s} {r.id}  N={r.examples}  {r.seconds:.1f}s  {state}"


def page(theorem: Theorem) -> str:
    """What is recorded of one theorem, as plain text."""
    import inspect
    import json

    from refute.cli.terminal import instance_lines, side_lines
    from refute.statements.data import encode
    from refute.statements.wording import described

    rows = [
        theorem.id,
        "",
        theorem.prose,
        "",
        f"status    {theorem.status}" + (f"  (proof: {theorem.proof})" if theorem.proof else ""),
        f"reading   {'as cited' if theorem.as_cited and theorem.reading == 'printed' else theorem.reading}"
        + (f"  (amends {theorem.amends})" if theorem.amends else ""),
        *([f"as cited  {theorem.as_cited}"] if theorem.as_cited else []),
        f"file      {inspect.getfile(theorem.statement)}",
        "variables " + ", ".join(theorem.variables),
    ]
    rows += [f"given     {g.says}" for g in theorem.given]
    rows += [f"constant  {n} = {v}" for n, v in theorem.constants.items()]
    rows += [f"mutant    {m.says}" for m in theorem.mutants]
    rows += [f"text      {link}" for link in theorem.links]
    if theorem.refuted_at is not None:
        with described() as noted:
            d = theorem.itself.check(theorem.refuted_at).conclusion
        rows += [
            "",
            "counterexample (the one in the theorem file)",
            *(f"    {line}" for line in instance_lines(theorem.refuted_at)),
            *(f"    {name} = {value}" for name, value in noted),
            f"    {_decided(d)}",
            *(f"    {line}" for line in side_lines(d.sides)),
            "",
            "as data",
            json.dumps(encode(dict(theorem.refuted_at)), indent=2),
        ]
    return "\n".join(rows)


def source(theorem: Theorem) -> str:
    """How it is stated, as it stands in the file: what it imports, the domains, helpers and constants that it uses, and its function."""
    import ast
    import inspect

    text = inspect.getsource(inspect.getmodule(theorem.statement) or theorem.statement)
    function = inspect.getsource(theorem.statement).rstrip()
    tree = ast.parse(text).body
    makes = {name: node for node in tree for name in _made(node)}
    used, todo = set[str](), [ast.parse(function)]
    todo += [ast.parse(inspect.getsource(g.claim)) for g in theorem.given if g.claim.__name__ in makes]
    while todo:
        names = {n.id for n in ast.walk(todo.pop()) if isinstance(n, ast.Name)} - used
        used |= names
        todo += [ast.Module([makes[n]], []) for n in names if n in makes and n != theorem.statement.__name__]
    parts = [imported for node in tree if (imported := _imports(node, used))]
    those = [node for node in tree if used.intersection(_made(node)) - {theorem.statement.__name__}]
    made = [ast.get_source_segment(text, node) or "" for node in those]
    return "\n\n".join(filter(None, ["\n".join(parts), *made, function]))


def _made(node: Any) -> list[str]:
    """The names that a statement of a module makes."""
    import ast

    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []


def _imports(node: Any, used: set[str]) -> str:
    """The part of an import that is used; empty for none."""
    import ast

    if not isinstance(node, (ast.Import, ast.ImportFrom)):
        return ""
    names = [n for n in node.names if (n.asname or n.name.partition(".")[0]) in used]
    return ast.unparse(type(node)(**{**vars(node), "names": names})) if names else ""


def _decided(d: Decision) -> str:
    return f"violated: {d.says}" if d.truth is False else f"not violated: {d.says}"
