"""The linked text of a statement: a labelled part of a LaTeX or Markdown file, as tokens.

The definitions of the macros that it uses, in this file or in another of the document (document.py), belong to its tokens, so that a change of a
macro is a change of the statement. A label of a formula or an item names the whole statement around it, with the place marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from refute.errors import BadInput
from refute.safety.files import note, noting, read_prose
from refute.safety.hints import nearest
from refute.sources import markdown
from refute.sources.files import linked_file
from refute.sources.tex import latex
from refute.sources.tex.document import INPUTS, above, files_of, repository
from refute.sources.tex.macros import WORD, Macros, macros_of
from refute.sources.tex.options import options_of_packages
from refute.sources.tex.scopes import Scopes, scopes
from refute.sources.tex.setters import set_by_uses
from refute.sources.tex.tokens import tokens
from refute.sources.tex.unread import line_of, read
from refute.statements.fingerprint import digest

# The largest text that a statement is looked for in, in bytes.
MAX_TEXT = 64 * 2**20
# Among so many texts of a repository a lost label is looked for.
LOOKED_AT = 400
# So deep files are taken in within a statement, and settings extend others.
DEPTH = 8
# What a project of Markdown files sets for all of them: MyST, Jupyter Book, Quarto.
PROJECT_FILES = ("myst.yml", "_config.yml", "_quarto.yml", "_metadata.yml", "_variables.yml")
# Texts that nothing is read of.
UNREAD = (".rst", ".ipynb", ".html", ".pdf", ".docx", ".typ", ".org", ".adoc")
# What lists the files of a book.
CONTENTS = ("_toc.yml", "myst.yml", "_quarto.yml")
_FILE = re.compile(r"[\w./-]+")
_HEADER = re.compile(r"([\w./-]+\.(?:tex|sty|ltx|html))\b|\binclude-[a-z-]+:[ \t]*(?:-[ \t]*|\[[ \t]*)?([\w./-]+\.\w+)")
# What settings of MyST extend, and those of Quarto take in: one file, or a list of files.
_EXTENDS = re.compile(r"^(?:extends|metadata-files):([^\n]*(?:\n[ \t]*-[^\n]*)*)", re.MULTILINE)
_NAMES = re.compile(r"[\w./-]+\.ya?ml")
# Stands in Markdown for ~, which strikes through and lowers there.
STRUCK = "\x03"
# Stands in a text where the label of a formula or an item stood.
HERE = "\x01"


def fingerprint(link: str, base: Path) -> str:
    """The fingerprint of the text that `link` ("paper.tex#lem:descent") names.

    The file is looked for beside the theorem file (`base` is its folder) and in the folders above.
    Raises BadInput where file or label is missing, or the label stands more than once.
    """
    return digest(tokens_of(link, base))


def tokens_of(link: str, base: Path) -> list[str]:
    """The tokens of the text that `link` names. Raises BadInput where file or label is missing, or the label stands more than once."""
    return [t for part in parts_of(link, base) for t in part]


def parts_of(link: str, base: Path) -> list[list[str]]:
    """The tokens of the text that `link` names, those of the definition of each macro that it uses, which begin with its name, and those of what sets something for
    it. Raises BadInput where file or label is missing, or the label stands more than once."""
    name, _, label = link.partition("#")
    if not label:
        raise BadInput(f'text={link!r} names no label: write "paper.tex#lem:descent"')
    try:
        path = linked_file(name, base)
    except BadInput as why:
        raise BadInput(f"{why}{whereabouts(label, base / name)}") from None
    if path.suffix.lower() in UNREAD:
        raise BadInput(
            f"{name}: texts are read in LaTeX and in Markdown ({', '.join(markdown.ENDINGS)}), and not in {path.suffix}"
        )
    source = read_prose(path, MAX_TEXT)
    try:
        if path.suffix in markdown.ENDINGS:
            return _markdown_parts(source, label, path.name, path)
        return _latex_parts(source, label, path.resolve(), dict(others_of(path)))
    except Lost as why:
        raise BadInput(f"{why}{whereabouts(label, path)}") from None


def files_behind(link: str, base: Path) -> set[Path]:
    """The files that the fingerprint of a text is made of, those that are looked for and not there among them."""
    path = linked_file(link.partition("#")[0], base).resolve()
    if path.suffix not in markdown.ENDINGS:
        return set(files_of(path))
    with noting() as found, suppress(BadInput):
        parts_of(link, base)
    return found


def defined_in(name: str, link: str, base: Path) -> list[str]:
    """The names of the files of its document in which a macro is defined; none for a text in Markdown."""
    path = linked_file(link.partition("#")[0], base)
    if path.suffix in markdown.ENDINGS:
        return []
    scanned = scanned_text(read_prose(path, MAX_TEXT), path.resolve(), others_of(path))
    return list(dict.fromkeys(file.name for file, _ in scanned.scopes.found.get(name, [])))


def own_tokens_of(link: str, base: Path) -> list[str]:
    """The tokens of the text that `link` names without those of the definitions that it uses. Raises BadInput where file or label is missing."""
    name, _, label = link.partition("#")
    path = linked_file(name, base)
    source = read_prose(path, MAX_TEXT)
    if path.suffix in markdown.ENDINGS:
        plain = markdown.without_comments(source)
        body = markdown.without_layout(markdown.part_of(plain, label, path.name)).replace("~", STRUCK)
        macros = macros_of([plain])
    else:
        scanned = scanned_text(source, path.resolve(), others_of(path))
        taken = dict(zip(scanned.others, scanned.rest, strict=True))
        body, macros = _body(scanned, label, path.name, taken), scanned.macros
    return tokens(body, macros.own, macros.printed)


class Lost(BadInput):
    """A label that is not where it was said to be."""


def whereabouts(label: str, path: Path) -> str:
    """Where a lost label is now: the other texts of its repository that carry it."""
    root = _project_of(path)
    carries = re.compile(
        rf"\\label\s*\{{\s*{re.escape(label)}\s*\}}|#{re.escape(label)}[\s}}]|:(?:label|name):\s*{re.escape(label)}\s"
        rf"|\blabel\s*=\s*\{{?\s*{re.escape(label)}\s*[\]}},]|\}}\s*\{{\s*{re.escape(label)}\s*\}}|^\({re.escape(label)}\)=|^\s*label:\s*{re.escape(label)}\s*$",
        re.MULTILINE,
    )
    texts = (p for p in root.rglob("*") if p.suffix in (".tex", *markdown.ENDINGS) and p != path.resolve())
    found = [p.relative_to(root) for p, _ in zip(texts, range(LOOKED_AT), strict=False) if carries.search(readable(p))]
    return f"; {' and '.join(sorted(map(str, found[:3])))} {'has' if len(found) == 1 else 'have'} it" if found else ""


def _project_of(path: Path) -> Path:
    """The folder of the repository that a file belongs to; its own where there is none."""
    return repository(path) or path.resolve().parent


def others_of(path: Path) -> tuple[tuple[Path, str], ...]:
    """The other files of the document that a file belongs to, and their texts."""
    return tuple((p, readable(p)) for p in files_of(path)[1:])


def readable(path: Path) -> str:
    """The text of another file of the document; nothing where it cannot be read."""
    try:
        return read_prose(path, MAX_TEXT)
    except BadInput:
        return ""


def latex_tokens(
    source: str, label: str, path: str | Path, others: Mapping[Path, str] = MappingProxyType({})
) -> list[str]:
    """The tokens of the statement that the label names in the text of the file at `path`, with what it inputs of the other files of its document, then
    those of its macros, which these may define."""
    return [t for part in _latex_parts(source, label, Path(path), others) for t in part]


def _latex_parts(source: str, label: str, path: Path, others: Mapping[Path, str]) -> list[list[str]]:
    scanned = scanned_text(source, path, tuple(others.items()))
    e, _ = environment_of(scanned, label, path.name)

    def bodies(name: str) -> list[str]:
        return scanned.scopes.bodies(name, path, e.start, e.end)

    taken = dict(zip(others, scanned.rest, strict=True))
    return _with_macros(_body(scanned, label, path.name, taken), scanned.macros, bodies, scanned.scopes.conditions)


def _body(scanned: Scanned, label: str, where: str, taken: Mapping[Path, str]) -> str:
    """The statement that the label names, with what it inputs, and the place of the label marked where it is not the statement's own."""
    e, own = environment_of(scanned, label, where)
    body = scanned.text[e.start : e.end]
    if not own.own:
        at = own.at - e.start
        body = f"{body[:at]}{HERE}{body[at:]}"
    return _with_inputs(latex.without_label(body, e.kind, scanned.macros), taken)


def _with_inputs(body: str, files: Mapping[Path, str], depth: int = DEPTH) -> str:
    r"""The text with \\input{...} and its kin replaced by the files that they take in: all that may be meant, where \\import has changed the folder."""

    def taken(m: re.Match[str]) -> str:
        name = Path((m["folder"] or "").strip(), (m["file"] or m["bare"] or m["inner"] or "").strip())
        found = [path for path in files if path.name in (name.name, f"{name.name}.tex")]
        folders = [part for part in name.parts[:-1] if part not in (".", "..")]
        meant = [p for p in found if list(p.parts[-1 - len(folders) : -1]) == folders] or found[:1]
        if not depth or not meant:
            return m[0]
        rest = {p: text for p, text in files.items() if p not in meant}  # no file takes in itself
        return "\n".join(_with_inputs(files[p], rest, depth - 1).strip() for p in meant)

    return INPUTS.sub(taken, body)


@dataclass(frozen=True, eq=False)
class Scanned:
    """A text and the others of its document as TeX reads them, what they define, and the environments of the text."""

    text: str
    rest: tuple[str, ...]
    macros: Macros
    found: list[latex.Environment]
    loose: list[latex.Label]
    scopes: Scopes
    named: dict[str, list[tuple[latex.Environment, latex.Label]]]
    others: tuple[Path, ...] = ()

    def elsewhere(self, label: str) -> Path | None:
        """Another file of the document in which the label stands, too."""
        there = re.compile(rf"\\label\s*\{{\s*{re.escape(label)}\s*\}}")
        may = [(p, t) for p, t in zip(self.others, self.rest, strict=True) if label in t and there.search(t)]
        for path, text in may:
            found, loose = latex.environments(text, self.macros)
            if any(n.name == label for e in found for n in e.labels) or any(n.name == label for n in loose):
                return path
        return None


@lru_cache(8)
def scanned_text(source: str, path: Path, others: tuple[tuple[Path, str], ...]) -> Scanned:
    """Once for all records that are linked to one text."""
    text, *rest = map(read, (source, *(t for _, t in others)))
    macros = macros_of([*rest, text])
    whole = {**{p: t for (p, _), t in zip(others, rest, strict=True)}, path: text}
    settings = (*macros.settings, *set_by_uses([*rest, text], macros.bodies), *options_of_packages(whole))
    macros = replace(macros, settings=settings)
    found, loose = latex.environments(text, macros)
    named: dict[str, list[tuple[latex.Environment, latex.Label]]] = {}
    for e in found:
        for n in e.labels:
            named.setdefault(n.name, []).append((e, n))
    return Scanned(
        text, tuple(rest), macros, found, loose, scopes(whole, path, macros.edges), named, tuple(p for p, _ in others)
    )


def _beside(path: Path, where: str) -> str:
    """The name of a file, with its folder where another file is called like it."""
    return path.name if path.name != where else str(Path(*path.parts[-2:]))


def environment_of(scanned: Scanned, label: str, where: str) -> tuple[latex.Environment, latex.Label]:
    text, found, loose = scanned.text, scanned.found, scanned.loose
    named = scanned.named.get(label, [])
    if len(named) > 1:
        lines = " and ".join(str(line_of(text, n.at) + 1) for _, n in named)
        raise BadInput(f"{where}: \\label{{{label}}} stands more than once, in lines {lines}: rename one")
    if named:
        if len(named) == 1 and (other := scanned.elsewhere(label)) is not None:
            raise BadInput(
                f"{where}: \\label{{{label}}} stands a second time, in {_beside(other, where)}, a file of the same document: rename one"
            )
        return named[0]
    if any(n.name == label for n in loose):
        raise BadInput(f"{where}: \\label{{{label}}} stands in no environment: write it into the statement")
    near = nearest(label, [n.name for e in found for n in e.labels])
    raise Lost(f"{where}: no environment carries \\label{{{label}}}{f'; did you mean {near}?' if near else ''}")


def _with_macros(
    text: str,
    macros: Macros,
    bodies: Callable[[str], list[str]],
    conditions: Callable[[str], list[str]] = lambda name: [],
) -> list[list[str]]:
    """The tokens, then those of the definitions of all macros that they use, and of what sets what these name."""
    # A sign that the document may set by its name, \\csname leq\\endcsname, is no other way to write another one.
    own = macros.own | macros.named
    found = tokens(text, own, macros.printed)
    used: dict[str, list[str]] = {}

    def use(those: list[str]) -> None:
        todo = list(those)
        while todo:
            t = todo.pop().rstrip("*")  # a star belongs to the use, as in \\abs*{x}
            if t in macros.bodies and t not in used:
                used[t] = [x for body in bodies(t) for x in tokens(f"${body}$", own, macros.printed)]
                todo += used[t]

    use(found)
    # Which of several definitions a macro has is said where the switch is turned.
    asked = [c for t in used for c in conditions(t)]
    whole = "\n".join((text, *(body for t in used for body in bodies(t)), *asked))
    named = (*found, *(x for row in used.values() for x in row), *(w for c in asked for w in WORD.findall(c)))
    words = frozenset(t.rstrip("*") for t in named if t.startswith("\\"))
    # What is layout elsewhere, \\setlength, sets something here.
    sets = [x for line in macros.set_for(whole, words) for x in tokens(f"${line}$", {*own, *WORD.findall(line)})]
    use(sets)  # a macro that defines another one says how
    return [found, *([t, *used[t]] for t in sorted(used)), sets]


def markdown_tokens(source: str, label: str, where: str, path: Path | None = None) -> list[str]:
    """The tokens of a labelled part of a Markdown text (see markdown.py), with what it includes where its file is known, and what the front matter, and
    the settings of its project, say of its macros."""
    return [t for part in _markdown_parts(source, label, where, path) for t in part]


def _markdown_parts(source: str, label: str, where: str, path: Path | None) -> list[list[str]]:
    text = markdown.without_comments(source)
    known = markdown.labels(text)
    if label not in known:
        near = nearest(label, known)
        raise Lost(
            f"{where}: no heading or div has {{#{label}}} and no directive :label: {label}{f'; did you mean {near}?' if near else ''}"
        )
    part, whole = markdown.part_of(text, label, where), text
    yaml, taken = [markdown.front_matter(source)], list[str]()
    if path is not None:
        for folder in above(path):
            found = [text for n in PROJECT_FILES for text in _settings_of(folder / n)]
            if folder == path.resolve().parent:
                found += [t for name in _extended(yaml[0]) for t in _settings_of(folder / name)]
                taken += _headers(yaml[0], path, folder)
            yaml += found
            taken += [t for y in found for t in _headers(y, path, folder)]
        part, whole = (markdown.with_included(t, lambda name: _included(path, name), DEPTH) for t in (part, text))
        _stands_once(path, label)
    part = markdown.with_notes(part, whole)
    macros = replace(
        macros_of([*yaml[1:], *taken, whole]), settings=tuple(s for y in yaml for s in markdown.settings(y))
    )
    return _with_macros(markdown.without_layout(part).replace("~", STRUCK), macros, macros.bodies.__getitem__)


def _stands_once(path: Path, label: str) -> None:
    """Raise BadInput where another file of the same book carries the label, too: one that its contents name."""
    root = next((p for p in above(path) if any((p / n).is_file() for n in CONTENTS)), None)
    if root is None:
        return
    names = {w for n in CONTENTS for w in _FILE.findall(readable(root / n) if (root / n).is_file() else "")}
    files = [
        p for n in sorted(names) for s in ("", *markdown.ENDINGS) if (p := root / f"{n}{s}").suffix in markdown.ENDINGS
    ]
    if path.resolve() not in files:
        return
    for other in (p for p in files[:LOOKED_AT] if p != path.resolve()):
        text = _text_of(path, other) or ""
        if label in text and label in markdown.labels(markdown.without_comments(text)):
            raise BadInput(
                f"{path.name}: the label {label} stands a second time, in {other.relative_to(root)}, a file of the same book: rename one"
            )


def _settings_of(path: Path, above: tuple[Path, ...] = ()) -> Iterator[str]:
    """The text of a file of settings, and those of the files beside it that it extends."""
    note(path)
    if not path.is_file() or path.resolve() in above or len(above) > DEPTH:
        return
    yield (text := readable(path))
    for name in _extended(text):
        yield from _settings_of(path.parent / name, (*above, path.resolve()))


def _extended(yaml: str) -> list[str]:
    """The files that settings extend, each once."""
    return list(dict.fromkeys(n for m in _EXTENDS.finditer(yaml) for n in _NAMES.findall(m[1])))


def _headers(yaml: str, path: Path, folder: Path) -> list[str]:
    """What settings put in before a document, as text of a file: it may define macros."""
    names = dict.fromkeys(m[1] or m[2] for m in _HEADER.finditer(yaml))
    return [t for name in names if (t := _text_of(path, folder / name)) is not None]


def _included(path: Path, name: str) -> str | None:
    """The text of a file of the project that a Markdown file includes, without comments; `/name` is one of the project's folder."""
    text = _text_of(path, _project_of(path) / name.lstrip("/") if name.startswith("/") else path.parent / name)
    return None if text is None else markdown.without_comments(text)


def _text_of(path: Path, other: Path) -> str | None:
    """The text of another file of the project of `path`; None where there is none, or it lies outside of the project."""
    note(other)
    try:
        whole = other.resolve()
        if not whole.is_relative_to(_project_of(path)) or not whole.is_file():
            return None
    except (OSError, ValueError):  # no name of a file
        return None
    return readable(whole)
