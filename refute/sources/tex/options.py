"""The options with which a document takes in packages and classes of its own, and what these make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from refute.sources.tex.document import OPTIONS
from refute.sources.tex.macros import definitions
from refute.sources.tex.unread import without_gone

_ASKS_FOR_OPTIONS = re.compile(r"\\Process(?:Keyval|Key|Local|Pgf)?Options")
_OF_ITSELF = re.compile(r"\\(?:ExecuteOptions\s*\{[^{}]*\}|Process(?:Keyval|Key|Local|Pgf)?Options\*?)")
_DECLARED = re.compile(r"\\DeclareOption\s*\{([^{}]*)\}")
_SWITCHES = re.compile(r"\\newif\s*\\(if[A-Za-z@]+)")
_DRAFTS = frozenset(("\\ifdraft", "\\ifoptiondraft", "\\ifoptionfinal"))


def options_of_packages(texts: Mapping[Path, str]) -> Iterator[tuple[frozenset[str], str]]:
    """The options with which the document takes in packages and classes of its own, each with the macros that these define."""
    own = {p.stem: t for p, t in texts.items() if p.suffix in (".sty", ".cls")}
    asks = {name for name, t in own.items() if _ASKS_FOR_OPTIONS.search(t)}
    for m in (m for t in texts.values() for m in OPTIONS.finditer(t)):
        of_class = m[0].startswith("\\documentclass")
        # The options of a class are also those of the packages that ask for options, and say whether this is a draft.
        named = {Path(n.strip()).name for n in m["names"].split(",")}
        for name in own.keys() & (named | (asks if of_class else set())):
            says = without_gone(m[0]) if name in named else _options_of_class(m["options"], own[name])
            yield _set_by(own[name]), says
        if of_class or "ifdraft" in m["names"]:
            yield _DRAFTS, without_gone(m[0])
    # Which options a package gives itself, and whether it asks for any.
    yield from ((_set_by(t), m[0]) for t in own.values() for m in _OF_ITSELF.finditer(t))


def _set_by(package: str) -> frozenset[str]:
    """What a package of the document's own defines."""
    return frozenset({d for d, *_ in definitions(package)} | {f"\\{w}" for w in _SWITCHES.findall(package)})


def _options_of_class(options: str, package: str) -> str:
    """The options of the class that a package knows: all, where it does not list them."""
    known = set(_DECLARED.findall(package))
    lists = known and not re.search(r"\\DeclareOption\*|Keyval|KeyOptions|pgfkeys|LocalOptions", package)
    return f"\\documentclass[{','.join(o for o in options.split(',') if not lists or o.strip() in known)}]"
