"""What somebody may have meant: for an exception of Python's own, the name that is nearest to the one that does not exist."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from inspect import signature
from pathlib import Path
from types import FrameType
from typing import Any

# The packages whose words a theorem file uses.
_VOCABULARY = ("refute", "objectives")
_NO_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_NO_KEYWORD = re.compile(r"(\w+)(?:\.__init__)?\(\) got an unexpected keyword argument '(\w+)'")
_NO_METHOD = re.compile(r"has no callable (\w+) method")


def hint(why: BaseException) -> str:
    """The end of a sentence about an exception: "; did you mean 'grad'?"; empty where nothing is near."""
    try:
        return _hint(why)
    except Exception:  # a user's objects answer dir(), and their names, as they like
        return ""


def nearest(word: str, names: Iterable[str]) -> str:
    """The name that is nearest to a word, whatever its case; empty where none is near."""
    lower = {n.lower(): n for n in names}
    found = get_close_matches(word.lower(), lower, 1, 0.6)
    return lower[found[0]] if found else ""


def _hint(why: BaseException) -> str:
    if isinstance(why, AttributeError) and why.obj is None and why.name in ("value", "at"):
        return '; f.minimum is None for a function of which no minimizer is known: write a class such as convex(minimizer="known")'
    if type(why).__name__ == "UnsatisfiedAssumption":  # Hypothesis's, which is not imported for it
        return "; reject() belongs in the draw of a domain: a condition on instances is a hypothesis, of given= or such_that"
    if isinstance(why, AttributeError):
        return _meant(nearest(why.name or "", (n for n in dir(why.obj) if not n.startswith("_"))))
    if isinstance(why, NameError):
        return _of_name(why.name or "", _innermost(why))
    if isinstance(why, ImportError):
        return _of_import(why)
    said = str(why)
    if found := _NO_KEYWORD.search(said):
        return _meant(nearest(found[2], _parameters(found[1], _innermost(why))), "=")
    if "both arguments should be Rational instances" in said:
        return "; Fraction(p, q) is for whole numbers: of a number that stands for all write p / q"
    if "'Ratio' object cannot be interpreted as an integer" in said:
        return "; so many steps for every N are iterated(step, x, N, potential)"
    if "'Real' object is not subscriptable" in said:
        return "; a number has no coordinates: they are those of a point, x[0]"
    if found := _NO_METHOD.search(said):
        return f"; numpy knows floats alone: write refute's {found[1]}"
    return ""


def _meant(name: str, after: str = "") -> str:
    return f"; did you mean {name}{after}?" if name else ""


def _of_name(name: str, frame: FrameType | None) -> str:
    for package in _VOCABULARY:
        if name in _words(package):
            return f"; write: from {package} import {name}"
    here = {} if frame is None else {**frame.f_globals, **frame.f_locals}
    near = nearest(name, [n for n in here if not n.startswith("_")])
    if near:
        return _meant(near)
    return next((f"; did you mean {n}, of {p}?" for p in _VOCABULARY if (n := nearest(name, _words(p)))), "")


def _of_import(why: ImportError) -> str:
    if found := _NO_NAME.search(str(why)):
        name, module = found[1], found[2]
        for package in _VOCABULARY:
            if name in _words(package):
                return f"; it is in {package}: from {package} import {name}"
        words = _words(module) or [n for n in dir(sys.modules.get(module)) if not n.startswith("_")]
        return _meant(nearest(name, words))
    parent, _, last = (why.name or "").rpartition(".")
    places = getattr(sys.modules.get(parent), "__path__", ()) if parent else sys.path[:1]
    beside = {p.stem for place in places if Path(place).is_dir() for p in Path(place).iterdir()}
    near = nearest(
        last, beside if parent else {*beside, *_VOCABULARY, "fractions", "typing", "dataclasses", "numpy", "mpmath"}
    )
    return _meant(f"{parent}.{near}" if parent and near else near)


def _words(package: str) -> list[str]:
    return list(getattr(sys.modules.get(package), "__all__", ()))


def _innermost(why: BaseException) -> FrameType | None:
    trace, frame = why.__traceback__, None
    while trace is not None:
        frame, trace = trace.tb_frame, trace.tb_next
    return frame


def _parameters(name: str, frame: FrameType | None) -> list[str]:
    here: dict[str, Any] = {} if frame is None else {**frame.f_globals, **frame.f_locals}
    return list(signature(here[name]).parameters) if name in here else []
