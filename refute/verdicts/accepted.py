"""The verdicts that a person has accepted, and whether they are stale.

`refute accept ID` writes to refute-accepted.json, a file to be committed: to the one in the folder of the theorem file or in the nearest folder above it within
the repository; where there is none yet, to one in the current folder.
"""

from __future__ import annotations

import getpass
import inspect
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text, write_text
from refute.sources import places, text
from refute.sources.changed import git_name, last_change
from refute.sources.files import ACCEPTED, acceptances_below
from refute.statements import fingerprint
from refute.statements.data import MAX_BYTES, read_json
from refute.statements.theorem import Theorem
from refute.verdicts.record import now

Fingerprints = dict[str, str]
# What the body of a stub says.
UNWRITTEN = "the conclusion is not written yet"
_MACRO = re.compile(r"\\(?:begin\{[^{}]*\}|[A-Za-z@]+|.)")
_WORD = re.compile(r"\\[A-Za-z]+|[^\W\d_]+|\d+|\s+|.", re.DOTALL)
# How much of a passage is shown.
LONGEST = 80


def current(theorem: Theorem) -> Fingerprints:
    """The fingerprints of the statement and of each text that it is linked to."""
    return {
        "statement": fingerprint.of_statement(theorem),
        **{_key("text", theorem, link): text.fingerprint(link, _base(theorem)) for link in theorem.links},
    }


def _key(what: str, theorem: Theorem, link: str) -> str:
    """Under which name an entry has the fingerprint, or the words, of a linked text."""
    return what if link == theorem.text else f"{what} {link}"


def _base(theorem: Theorem) -> Path:
    return Path(inspect.getfile(theorem.statement)).resolve().parent


def place(theorem: Theorem, folder: Path) -> Path:
    """The folder whose acceptances count for a theorem; `folder` where none above its file has any."""
    return next(_holding(_base(theorem)), folder)


def _holding(base: Path) -> Iterator[Path]:
    """The folders with acceptances from this one up to that of its repository."""
    for above in (base, *base.parents):
        if (above / ACCEPTED).is_file():
            yield above
        if (above / ".git").exists():
            return


def missing(theorems: Iterable[Theorem], paths: Iterable[Path], folder: Path) -> list[str]:
    """The ids that were accepted with a text, in files among these paths (files or folders), where there is no such theorem any more."""
    known = list(theorems)
    ids = {t.id for t in known}
    within = [p.resolve() for p in paths]
    found: list[str] = []
    # A file that is gone had its acceptances beside it, or above.
    beside = [above for p in within if not p.is_dir() for above in _holding(p.parent)]
    holding = [folder.resolve(), *(place(t, folder).resolve() for t in known), *acceptances_below(within), *beside]
    for above in dict.fromkeys(holding):
        for id_, entry in load(above).items():
            file = (above / entry["file"]).resolve() if "file" in entry else None
            there = file is not None and any(file.is_relative_to(p) for p in within)
            found += [id_] if there and id_ not in ids and _links(entry) else []
    return found


def _links(entry: Fingerprints) -> list[str]:
    """The texts that a statement was accepted with."""
    every = [entry.get("link", ""), *(key.removeprefix("text ") for key in entry if key.startswith("text "))]
    return [link for link in every if link]


def load(folder: Path) -> dict[str, Fingerprints]:
    """The accepted fingerprints by id; raises BadInput for a broken file."""
    path = folder / ACCEPTED
    if not path.is_file():
        return {}
    content = read_text(path, MAX_BYTES)
    if re.search(r"^(?:<<<<<<<|>>>>>>>)", content, re.MULTILINE):
        raise BadInput(
            f"{ACCEPTED}: git left both sides of a merge in it: keep both entries where they are of different ids; of one id keep either, look at refute check --stale, and accept it again"
        )
    data = read_json(content, ACCEPTED)
    if not isinstance(data, dict) or not all(
        isinstance(v, dict) and all(isinstance(w, str) for w in v.values()) for v in data.values()
    ):
        raise BadInput(f"{ACCEPTED}: expected an object of fingerprints for each id; mend it or delete it")
    return data


def is_stub(theorem: Theorem) -> bool:
    """Whether a theorem is what `refute new --from` wrote, without a conclusion."""
    return any(
        isinstance(c, str) and c == UNWRITTEN
        for c in getattr(theorem.statement, "__code__", (lambda: 0).__code__).co_consts
    )


def accept(theorem: Theorem, folder: Path, why: str = "") -> None:
    """Accept the statement and its texts as they are now. Kept are the words of the texts, to say later what changed, and who accepted when and why."""
    before = load(folder).get(theorem.id, {})
    entry = current(theorem)
    why = why or (before.get("why", "") if all(before.get(k) == v for k, v in entry.items()) else "")
    entry |= {_key("words", theorem, link): words(theorem, link) for link in theorem.links}
    entry["own"] = fingerprint.of_file(theorem)
    entry |= {f"module {name}": digest for name, (_, digest) in _modules(theorem).items()}
    file = Path(inspect.getfile(theorem.statement)).resolve()
    entry |= {"file": Path(os.path.relpath(file, folder.resolve())).as_posix(), "link": theorem.text}
    entry |= {"by": _who(folder), "on": now()[:10], **({"why": why} if why else {})}
    entries = {**load(folder), theorem.id: entry}
    write_text(folder / ACCEPTED, json.dumps(dict(sorted(entries.items())), indent=2, ensure_ascii=False) + "\n")


def _modules(theorem: Theorem) -> dict[str, tuple[Path, str]]:
    """The modules beside the theorem file that its statement may be made of, by their names from there, each with its path and a digest."""
    base = _base(theorem)
    return {
        Path(os.path.relpath(path.resolve(), base)).as_posix(): (path, digest)
        for path, digest in fingerprint.of_modules(theorem).items()
    }


def _who(folder: Path) -> str:
    try:
        return git_name(folder) or getpass.getuser()
    except (OSError, KeyError):  # a process whose user has no name
        return "somebody"


def stale(theorem: Theorem, folder: Path) -> str:
    """Why the verdict is stale, or the empty string. The acceptances are those of `place`."""
    if is_stub(theorem):
        return UNWRITTEN
    why = _stale(theorem, load(place(theorem, folder)).get(theorem.id))
    return f"{why}; read both, then: refute accept {theorem.id}" if why else ""


def _stale(theorem: Theorem, entry: Fingerprints | None) -> str:
    if entry is None:
        if theorem.links:
            current(theorem)  # a text that is not there cannot be read
        return "its text was never accepted" if theorem.links else ""
    return "; ".join(_reasons(theorem, entry))


def _reasons(theorem: Theorem, entry: Fingerprints) -> Iterator[str]:
    """What changed since the statement was accepted: of itself, of its links, and of each linked text."""
    present = current(theorem)
    since = f"since it was accepted by {entry['by']} on {entry['on']}" if "by" in entry else "since it was accepted"
    if entry.get("statement") != present["statement"]:
        yield f"{_made_of(theorem, entry)} changed {since}"
    before = entry.get("link", theorem.text)
    moved = before != theorem.text
    if moved and theorem.text:
        same = "with the same words" if entry.get("text") == present["text"] else "with other words"
        yield f"its text is {theorem.text} now, {same}, and was {before or 'none'} when it was accepted"
    for gone in (
        link for link in _links(entry) if link not in theorem.links and not (moved and link == before and theorem.text)
    ):
        yield f"it was accepted with the text {gone}, and is not linked to it any more"
    for link in theorem.links:
        key = _key("text", theorem, link)
        if key not in entry and not moved:
            yield f"its text {link} was never accepted"
        elif key in entry and entry[key] != present[key]:
            yield _changed(
                theorem, link, entry, f"the linked text{'' if key == 'text' else f' {link}'} changed {since}"
            )


def _made_of(theorem: Theorem, entry: Fingerprints) -> str:
    """What of a statement is another one than was accepted: its own file, or modules that it is made of, with the commits that changed them."""
    now_, then = _modules(theorem), {k.removeprefix("module "): v for k, v in entry.items() if k.startswith("module ")}
    others = [name for name in {**then, **now_} if then.get(name) != now_.get(name, (None, ""))[1]]
    if "own" not in entry:  # as earlier versions accepted
        return "the statement of the theorem file, or what it is made of there,"
    own = entry["own"] != fingerprint.of_file(theorem)
    commits = {name: last_change(now_[name][0], 1, _lines(now_[name][0])) for name in others if name in now_}
    shown = [f"{n} ({commits[n]})" if commits.get(n) else n for n in sorted(others)]
    changed = f"{' and '.join(shown)}, of which the statement may be made," if shown else ""
    return " and ".join(filter(None, ("the statement of the theorem file" if own else "", changed)))


def _lines(path: Path) -> int:
    return len(read_text(path, MAX_BYTES).splitlines())


def _changed(theorem: Theorem, link: str, entry: Fingerprints, says: str) -> str:
    """What changed in a linked text: the words, and the commit, as far as they are known."""
    before, after = entry.get(_key("words", theorem, link)), words(theorem, link)
    shown = differences(before, after, lambda name: text.defined_in(name, link, _base(theorem))) if before else ""
    key = _key("text", theorem, link)
    shown = shown or f"{entry[key]} then, {text.fingerprint(link, _base(theorem))} now"
    # Who changed the lines of the statement last did not change a definition elsewhere.
    same = before is not None and (
        before.startswith("".join(text.own_tokens_of(link, _base(theorem))))
        or before.partition("\n")[0] == after.partition("\n")[0]
    )
    commit = "its own lines are as they were" if same else last_change(*places.place_of(link, _base(theorem)))
    return "; ".join(filter(None, (f"{says}: {shown}", commit)))


def offered(theorem: Theorem) -> list[str]:
    """The labelled statements that its text refers to, and that it is not linked to: their changes would go unseen."""
    if not theorem.text:
        return []
    return [link for link in places.refers_to(theorem.text, _base(theorem)) if link not in theorem.links]


def words(theorem: Theorem, link: str) -> str:
    """A linked text without layout and comments, in one line; then the definition of each macro that it uses, and what sets something for it, a line each."""
    return "\n".join("".join(part).replace("\n", " ") for part in text.parts_of(link, _base(theorem)))


# What sets something has no name.
SETTING = "a setting"
# So many differences are shown, with so many words before and after each.
SHOWN, AROUND = 3, 4


def differences(before: str, after: str, files: Callable[[str], Sequence[str]] = lambda name: ()) -> str:
    """What changed from one text to the other, with a few words around it; of a macro with its name, and the `files` that define it."""
    if "\n" not in before:  # as earlier versions kept the words
        after = after.replace("\n", "")
    old, new = (_by_part(t) for t in (before, after))
    changes = [
        f"{f'{name}{_of(files(name))}: ' if name else ''}{c}"
        for name in dict.fromkeys((*old, *new))
        for c in _of_part(name, old, new)
    ]
    more = len(changes) - SHOWN
    changes = [c.replace(text.HERE, "(here)") for c in changes]
    return "; ".join([*changes[:SHOWN], *([f"and {more} more"] if more > 0 else [])])


def _of_part(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """What changed in one part: a macro that is used no more, or for the first time, is no change of its definition."""
    if name == SETTING or (name in old and name in new):
        yield from _between(old.get(name, ""), new.get(name, ""))
    elif name not in _MACRO.findall(new[""] if name in old else old[""]):
        if old[""] == new[""]:  # else it is said of the words
            yield "is not used any more" if name in old else f"is used now, as “{new[name][:LONGEST]}”"
    else:
        yield "its definition is gone" if name in old else f"is defined now, as “{new[name][:LONGEST]}”"


def _of(files: Sequence[str]) -> str:
    return f" (in {' and '.join(files)})" if files else ""


def _by_part(words: str) -> dict[str, str]:
    """The words of a statement, under "", and of the definition of each macro, under its name."""
    own, *definitions = words.split("\n")
    found = {"": own}
    for line in filter(None, definitions):
        m = _MACRO.match(line)
        name = m[0] if m else SETTING
        found[name] = found.get(name, "") + (line[m.end() :] if m else line.replace("$", ""))
    return found


def _between(before: str, after: str) -> Iterator[str]:
    a, b = (_WORD.findall(t) for t in (before, after))
    changes = [c for c in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if c[0] != "equal"]
    yield from (f"“{_cut(a, i, j)}” is now “{_cut(b, k, m)}”" for _, i, j, k, m in changes)


def _cut(words: list[str], i: int, j: int) -> str:
    found = "".join(words[max(0, i - AROUND) : j + AROUND]).strip()
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
