"""Loading theorem files by path, under private names.

A theorem file always sees the `objectives` that came with refute: a user's own folder of that name neither harms nor is harmed.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import linecache
import os
import re
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from refute.errors import BadInput
from refute.safety.failure import no_exit, place, told
from refute.safety.files import HOME, read_source
from refute.safety.hints import nearest
from refute.sources.code import in_engine
from refute.sources.files import is_theorem_file, theorem_files
from refute.sources.from_source import FromSource, compile_always, from_source
from refute.statements.not_tried import NotTried
from refute.statements.theorem import Theorem, noting_theorems

# How the modules of theorem files are called.
PRIVATE = "_refute_"
# Where such a module keeps the digest of its text.
_TEXT = "__refute_text__"
# Where it keeps the theorems that were made while it was loaded.
_MADE = "__refute_made__"


def load(path: Path) -> ModuleType:
    """The module of a theorem file; raises BadInput where it cannot be loaded."""
    path = path.resolve()
    name = PRIVATE + hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    text = hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()
    # A notebook lives long: a file that was edited meanwhile is loaded again.
    if name in sys.modules and getattr(sys.modules[name], _TEXT, text) == text:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path, loader=FromSource(name, str(path)))
    if spec is None or spec.loader is None:
        raise BadInput(f"{path}: cannot be loaded as a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    setattr(module, _TEXT, text)
    linecache.checkcache(str(path))  # a counterexample is shown as it is written now
    try:
        with own_objectives(), from_source(), _beside(path), no_exit(), noting_theorems() as made:
            spec.loader.exec_module(module)
            setattr(module, _MADE, tuple(m for m in made if m.maker == name))
    except BaseException as why:
        del sys.modules[name]
        if isinstance(why, KeyboardInterrupt) and threading.current_thread() is threading.main_thread():
            raise
        if isinstance(why, SyntaxError) and why.filename == str(path):
            raise BadInput(f"{path.name}, line {why.lineno}: SyntaxError: {why.msg}") from None
        raise BadInput(str(why) if str(why).startswith(path.name) else _named(path, why)) from None
    return module


def _named(path: Path, why: BaseException) -> str:
    """What failed, with the file's name in front."""
    says = f"{place(why)}: {why}" if isinstance(why, BadInput) and place(why) else told(why)
    return says if says.startswith(path.name) else f"{path.name}: {says}"


def alone(path: Path) -> None:
    """This process is for one folder: what lies beside the file can be imported as long as it runs, in the bodies, too."""
    sys.path.insert(0, str(path.resolve().parent))
    compile_always()


@contextmanager
def _beside(path: Path) -> Iterator[None]:
    """Let a theorem file import the files beside it, and not those of the same names that another folder's files have imported."""
    folder = str(path.parent)
    loaded = tuple(sys.modules.items())
    beside = {p.name.removesuffix(".py") for p in path.parent.iterdir()}
    tops = {top for top in beside & {n.split(".")[0] for n, _ in loaded} if _is_another(top, path.parent)}
    others = {n: m for n, m in loaded if n.split(".")[0] in tops}
    for n in others:
        del sys.modules[n]
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)
        sys.modules.update(others)


def _is_another(name: str, folder: Path) -> bool:
    """Whether a module of this name is loaded, and is not the one in the folder that has its name."""
    here = [p.resolve() for p in (folder / name / "__init__.py", folder / f"{name}.py", folder / name) if p.exists()]
    module = sys.modules.get(name)
    # A package without an __init__.py has folders, and no file.
    place = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
    if not here or place is None:
        return False
    home = Path(place).resolve()
    installed = any(home.is_relative_to(p) for p in (sys.prefix, sys.base_prefix)) or in_engine(home)
    return not installed and home not in here


def theorems_of(path: Path) -> list[Theorem]:
    """The theorems that a file defines, in order; raises BadInput for two of one id."""
    module = load(path)
    kept = [v for n, v in vars(module).items() if n != _MADE]
    found = [t for t in _theorems_in(kept) if not _is_anothers(t, module)]
    ids = [t.id for t in found]
    made = getattr(module, _MADE, ())
    lost = [m.theorem.id for m in made if m.theorem.id not in ids]
    # One that was made anew from another one takes its place, and no other one does.
    anew = [m.theorem for m in made if m.anew]
    hidden = [t for t in (m.theorem for m in made) if not any(f is t or _replaces(f, t, anew) for f in found)]
    if hidden and not lost:
        raise BadInput(
            f"{path.name}: two theorems have the id {hidden[0].id}, and the name of the first one is given to another: rename {_name_for(hidden[0].id)} and its label"
        )
    if lost:
        raise BadInput(
            f"{path.name}: the theorem {lost[0]} is made, and no name of the module keeps it: write {_name_for(lost[0])} = Theorem(...), or put all of them in a list"
        )
    for i in ids:
        if ids.count(i) > 1:
            raise BadInput(f"{path.name}: two theorems have the id {i}; give one another reading=")
    return found


def _replaces(theorem: Theorem, other: Theorem, anew: list[Theorem]) -> bool:
    same = theorem.id == other.id and theorem.statement is other.statement
    return same and any(theorem is t for t in anew)


def _name_for(id_: str) -> str:
    return re.sub(r"\W", "_", id_.partition("/")[2]).upper()


def _is_anothers(theorem: Theorem, module: ModuleType) -> bool:
    """Whether a theorem is defined in another theorem file, and only imported here."""
    home = sys.modules.get(theorem.statement.__module__)
    file = getattr(home, "__file__", None)
    if home is None or home is module or file is None or in_engine(Path(file)):
        return False
    return any(v is theorem for v in vars(home).values()) and is_theorem_file(Path(file))


def _theorems_in(values: Iterable[Any]) -> Iterator[Theorem]:
    """The theorems among the values of a module, also those in its lists, tuples, sets, dictionaries and classes, however deep, each once."""
    seen: set[int] = set()
    todo = list(values)[::-1]
    while todo:
        v = todo.pop()
        if id(v) in seen:
            continue
        seen.add(id(v))
        if isinstance(v, Theorem):
            yield v
        elif isinstance(v, dict):
            todo += list(dict.values(v))[::-1]
        elif isinstance(v, (list, tuple, set, frozenset, deque)):
            kind: Any = next(k for k in (list, tuple, set, frozenset, deque) if isinstance(v, k))
            todo += list(kind.__iter__(v))[::-1]
        elif isinstance(v, type) and v.__module__.startswith(PRIVATE):
            todo += list(vars(v).values())[::-1]


def theorems_named(id_: str, paths: Iterable[Path]) -> list[Theorem]:
    """The theorems of this id among files and folders. Only the files whose text names its label are loaded, or all where
    none of these has it; one that cannot be loaded is passed over, unless nothing else has the theorem."""
    return _named_or_known(id_, paths)[0]


def theorem_named(id_: str, paths: Iterable[Path]) -> Theorem:
    """The first theorem of this id; raises BadInput where there is none, with an id that may have been meant."""
    found, known = _named_or_known(id_, paths)
    if found:
        return found[0]
    if id_.endswith(".py"):
        raise BadInput(f"no theorem has the id {id_!r}: a file is named by --theorems {id_}")
    near = next((i for i in known if id_ in i), "") or nearest(id_, known)
    raise BadInput(f"no theorem has the id {id_!r}{f'; did you mean {near}?' if near else '; see refute list'}")


def _named_or_known(id_: str, paths: Iterable[Path]) -> tuple[list[Theorem], list[str]]:
    """The theorems of this id; where there are none, the ids of all."""
    files = theorem_files(paths)
    label = id_.partition("/")[2].partition(":")[0]
    likely = [f for f in files if label and _mentions(f, label)]
    problem: BadInput | None = None
    known: list[str] = []
    for some in (likely, [f for f in files if f not in likely]):
        found = []
        for f in some:
            try:
                theorems = theorems_of(f)
            except BadInput as why:
                problem = problem or why
                continue
            found += [t for t in theorems if t.id == id_]
            known += [t.id for t in theorems]
        if found:
            return found, []
    if problem is not None:
        raise problem
    return [], known


def _mentions(path: Path, word: str) -> bool:
    try:
        return word in read_source(path)
    except BadInput:
        return True


def not_tried_in(path: Path) -> list[NotTried]:
    """The statements that a file names without a record, in order."""
    return [v for v in vars(load(path)).values() if isinstance(v, NotTried)]


# The modules of our own `objectives`, kept where they may not stand in sys.modules.
_OURS: dict[str, ModuleType] = {}


@contextmanager
def own_objectives() -> Iterator[None]:
    """While theorem files are loaded, `objectives` is the package that came with refute."""
    theirs = {n: m for n, m in sys.modules.items() if n.split(".")[0] == "objectives"}
    if _is_ours(getattr(theirs.get("objectives"), "__file__", None)):
        yield
        return
    if not theirs:
        spec = importlib.util.find_spec("objectives")
        if spec is not None and _is_ours(spec.origin):
            yield
            return
    for n in theirs:
        del sys.modules[n]
    sys.modules.update(_OURS)
    try:
        if not _OURS:
            _load_objectives()
        yield
    finally:
        for n in [n for n in sys.modules if n.split(".")[0] == "objectives"]:
            _OURS[n] = sys.modules.pop(n)
        sys.modules.update(theirs)


def of_objectives(name: str) -> ModuleType | None:
    """A module of the objectives that came with refute; None where there is none."""
    with own_objectives():
        try:
            return importlib.import_module(f"objectives.{name}")
        except ModuleNotFoundError:
            return None


def _is_ours(file: str | None) -> bool:
    return file is not None and Path(file).resolve().is_relative_to(HOME / "objectives")


def _load_objectives() -> None:
    home = HOME / "objectives"
    spec = importlib.util.spec_from_file_location(
        "objectives", home / "__init__.py", submodule_search_locations=[str(home)]
    )
    if spec is None or spec.loader is None:
        return  # refute without its objectives: a theorem file may do without them
    module = importlib.util.module_from_spec(spec)
    sys.modules["objectives"] = module
    spec.loader.exec_module(module)
    for name in module.__all__:
        getattr(module, name)  # found now: later the name `objectives` is another's again
