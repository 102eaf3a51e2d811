"""Which theorem files a range of commits touches: their own text, what they import, what they link."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import HOME
from refute.sources.code import sources
from refute.sources.discover import theorems_of
from refute.sources.files import ACCEPTED
from refute.sources.text import files_behind

# Files that a document in LaTeX may take in.
OF_LATEX = (".tex", ".sty", ".cls", ".ltx", ".def", ".cfg")


def changed_files(base: str, folder: Path) -> set[Path]:
    """The files that differ between the commit `base` and the work tree; raises BadInput."""
    top = Path(_git(["rev-parse", "--show-toplevel"], folder))
    names = _git(["diff", "--name-only", "-z", base, "--"], folder).split("\0")
    new = _git(["ls-files", "--others", "--exclude-standard", "--full-name", "-z"], top).split("\0")
    return {(top / n).resolve() for n in (*names, *new) if n}


def commit_of(folder: Path) -> str:
    """The commit that a folder is at, with a + where files differ from it; empty where there is none."""
    try:
        commit = _git(["rev-parse", "--short", "HEAD"], folder)
        return commit + ("+" if _git(["status", "--porcelain", "--untracked-files=no"], folder) else "")
    except BadInput:
        return ""


def last_change(file: Path, first: int, last: int) -> str:
    """The commit that last changed these lines of a file, in words; empty where git does not know: no repository, or one without its history."""
    try:
        if _git(["rev-parse", "--is-shallow-repository"], file.parent) == "true":
            return ""
        if _git(["status", "--porcelain", "--", file.name], file.parent):
            return "the file has changes that are not committed"
        shown = ["log", "-1", "-s", "--format=%h of %as by %an, “%s”", f"-L{first},{last}:./{file.name}"]
        found = _git(shown, file.parent)
    except BadInput:
        return ""
    return f"its lines were changed last in {found}" if found else ""


def git_name(folder: Path) -> str:
    """The name that git has for whoever works here; empty where it has none."""
    try:
        return _git(["config", "user.name"], folder)
    except BadInput:
        return ""


def _git(arguments: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise BadInput("--changed needs git, which is not installed") from None
    except subprocess.CalledProcessError as why:
        line = (why.stderr.strip().splitlines() or ["git failed"])[0]
        hint = " (in CI the history has to be fetched: fetch-depth: 0)" if "bad revision" in line else ""
        raise BadInput(f"--changed: {line}{hint}") from None
    return done.stdout.strip()


def touched(files: Iterable[Path], changed: set[Path]) -> list[Path]:
    """The theorem files that depend on a changed file; those of which it is not known, since they are broken, too."""
    if any(p.name == ACCEPTED for p in changed):
        return list(files)  # what was accepted is a part of every verdict
    gone = [p for p in changed if not p.exists()]
    code = [p for p in gone if p.suffix in (".py", ".pyc")]
    text = any(p.suffix in OF_LATEX for p in gone)
    return [f for f in files if _depends(f, changed, text) or any(_beside(f, p) for p in code)]


def _beside(file: Path, gone: Path) -> bool:
    """Whether a file that is no more lay where the theorem file may have imported it from."""
    here, there = file.resolve().parent, gone.parent
    return here.is_relative_to(there) or there.is_relative_to(here)


def _depends(file: Path, changed: set[Path], gone: bool) -> bool:
    """Whether a theorem file depends on one of these; where a file of LaTeX is gone, all that link LaTeX may."""
    try:
        links = [link for t in theorems_of(file) for link in t.links] if gone else []
        return any(Path(link.partition("#")[0]).suffix in OF_LATEX for link in links) or bool(
            dependencies(file) & changed
        )
    except BadInput:
        return True


def dependencies(file: Path) -> set[Path]:
    """The file, the Python files that it imports (as far as they lie beside it, above it or beside
    refute), the engine, and the texts that its theorems link. Raises BadInput for a broken file."""
    seen = set((HOME / "refute").rglob("*.py")) | sources(file)
    return seen | {part for t in theorems_of(file) for link in t.links for part in files_behind(link, file.parent)}
