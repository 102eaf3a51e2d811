"""The page: one offline file. Everything that a statement says is escaped or rebuilt; only the page's own script can run."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from refute import __version__
from refute.errors import BadInput
from refute.report import latex
from refute.report.entries import MEANS, SHAPES, Report, anchor_of
from refute.report.graph import graph
from refute.report.mathml import mathml
from refute.report.prose import html
from refute.report.svg import lighter
from refute.statements.data import read_json
from refute.verdicts.diff import Change

MACROS = ("badge", "counterexample", "portrait", "statement")
#: The picture of an instance as a data URI, or None.
Portraits = Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True)
class Picture:
    """A picture of a source: its caption, its data URI, the name of its data's file."""

    caption: str
    uri: str
    data: str


def page(
    report: Report,
    *,
    title: str,
    references: Mapping[str, str],
    portraits: Portraits,
    pictures: Sequence[Picture] = (),
    experiments: Sequence[Picture] = (),
    changes: Sequence[Change] | None = None,
    changes_since: str = "",
    commit: str = "",
    folder: Path | None = None,
) -> str:
    """The HTML of a report. `references` holds the BibTeX entries of the sources, `commit` names that of the working folder; from `folder`, where the
    page will stand, it links the texts."""
    script = _asset("page.js")
    environment, macros = _templates(report, portraits, folder)
    return environment.get_template("page.html").render(
        report=report,
        title=title,
        version=__version__,
        style=Markup(_asset("page.css")),
        math_font=b64encode((files("refute.report") / "templates" / "STIXTwoMath-subset.woff2").read_bytes()).decode(),
        script=Markup(script),
        script_hash="sha256-" + b64encode(sha256(script.encode()).digest()).decode(),
        means=MEANS,
        shapes=SHAPES,
        titles={key: latex.title(entry) for key, entry in references.items()},
        downloads=[
            ("errata.tex", data_uri("text/x-tex", latex.errata(report, references))),
            ("errata.bib", data_uri("text/x-bibtex", latex.bibliography(report, references))),
        ],
        pictures=pictures,
        experiments=experiments,
        changes=changes,
        changes_since=changes_since,
        commit=commit,
        graph=Markup(graph(report)),
        prose=_prose,
        json_uri=_json_uri,
        anchor=anchor_of,
        **macros,
    )


def fragment(report: Report, portraits: Portraits) -> str:
    """The cards of a report's statements alone, with the page's style."""
    _, macros = _templates(report, portraits, None)
    cards = "".join(str(macros["statement"](e)) for e in report.entries)
    return f'<style>{_asset("page.css")}</style><div class="readings">{cards}</div>'


def _templates(
    report: Report, portraits: Portraits, folder: Path | None
) -> tuple[Environment, dict[str, Callable[..., Markup]]]:
    """The environment, and the macros of parts.html by name."""
    environment = Environment(
        loader=PackageLoader("refute.report"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = {e.id: portraits(e.found.instance) for e in report.refuted if e.found is not None}
    parts = environment.get_template("parts.html").make_module(
        {
            "math": lambda tex: Markup(mathml(tex)),
            "prose": _prose,
            "anchor": anchor_of,
            "json_uri": _json_uri,
            "to": partial(_to, folder),
            "portraits": shown,
        }
    )
    return environment, {name: getattr(parts, name) for name in MACROS}


def _json_uri(text: str) -> str:
    return data_uri("application/json", text)


def _to(folder: Path | None, file: Path, words: str, place: str = "") -> Markup:
    """A link from a folder to a place of a file; the words alone where the page stands nowhere."""
    if folder is None:
        return escape(words)
    way = Path(os.path.relpath(file, folder)).as_posix()
    return Markup('<a href="{}">{}</a>').format(quote(way) + (f"#{quote(place, safe='=')}" if place else ""), words)


def _prose(text: str) -> Markup:
    return Markup(html(text))


def _asset(name: str) -> str:
    return (files("refute.report") / "templates" / name).read_text(encoding="utf-8")


def data_uri(kind: str, text: str) -> str:
    """A text as a link to itself."""
    return f"data:{kind};charset=utf-8,{quote(text)}"


def pictures_in(folder: Path) -> list[Picture]:
    """The SVG files that captions.json of a folder names, in its order; none where there is no such file."""
    listed = folder / "captions.json"
    if not listed.is_file():
        return []
    captions = read_json(listed.read_text(encoding="utf-8"), str(listed))
    if not isinstance(captions, dict) or not all(isinstance(c, str) and "/" not in n for n, c in captions.items()):
        raise BadInput(f"{listed}: captions are texts by the name of a picture")
    found = []
    for name, caption in captions.items():
        path = folder / f"{name}.svg"
        if path.is_file():
            svg = lighter(path.read_text(encoding="utf-8")).encode()
            uri = "data:image/svg+xml;base64," + b64encode(svg).decode()
            found.append(Picture(caption, uri, f"{name}.csv" if (folder / f"{name}.csv").is_file() else ""))
    return found
