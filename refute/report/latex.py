"""The errata as LaTeX, to paste into a note to the authors, and the BibTeX entries that they cite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from refute.report.entries import Entry, Report
from refute.report.formulas import allowed
from refute.report.prose import latex, quoted, source

# What \path takes as it is.
_PLAIN = re.compile(r"[\w ./:=+-]+")
_ENTRY = re.compile(r"^@\w+\{(?P<key>[^,\s]+),.*?^\}", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"title\s*=\s*\{(.*)\},?\s*$", re.MULTILINE)


def references(path: Path) -> dict[str, str]:
    """The entries of a BibTeX file by key; none where there is no such file."""
    if not path.is_file():
        return {}
    return {m["key"]: m.group() for m in _ENTRY.finditer(path.read_text(encoding="utf-8"))}


def title(entry: str) -> str:
    """The title of an entry, without braces."""
    found = _TITLE.search(entry)
    return re.sub(r"[{}]", "", found.group(1)) if found else ""


def errata(report: Report, known: Mapping[str, str]) -> str:
    r"""A document with one \paragraph for each printed statement that was refuted."""
    body = "\n\n".join(_erratum(e, e.theorem.source in known) for e in report.errata)
    return (
        "\\documentclass{article}\n\\usepackage[margin=2.5cm]{geometry}\n\\usepackage{amsmath,amssymb}\n\\usepackage[obeyspaces,spaces,hyphens]{url}\n\\begin{document}\n\\sloppy\n\\section*{Errata}\n\n"
        f"{body}\n\n\\bibliographystyle{{plain}}\n\\bibliography{{errata}}\n\\end{{document}}\n"
    )


def _erratum(e: Entry, cited: bool) -> str:
    cite = rf"~\cite{{{e.theorem.source}}}" if cited else f" ({quoted(e.theorem.source)})"
    rows = [rf"\paragraph{{{quoted(e.theorem.label)}}}{cite}"]
    if e.setting:
        rows.append(rf"\emph{{Setting}}: {latex(e.setting)}")
    rows.append(rf"\emph{{Claimed, as encoded}}: {latex(e.statement)}")
    if e.found is not None:
        values = ", ".join(
            (rf"\({v.equation}\)" if allowed(v.equation) else source(v.equation))
            + (f" {quoted(v.words)}" if v.words else "")
            for v in e.found.values
        )
        sides = ", ".join(rf"\texttt{{{quoted(written)}}} = {quoted(value)}" for written, value in e.found.sides)
        rows.append(rf"\emph{{False}}: {values}. {quoted(e.found.verdict)}" + (f", where {sides}." if sides else ""))
    else:
        rows.append(rf"\emph{{{e.verdict.capitalize()}}}: {quoted(e.means)}.")
    for t in e.repairs:
        given = f" (if {', and '.join(quoted(g.says) for g in t.given)})" if t.given else ""
        rows.append(rf"\emph{{True instead}}{given}: {latex(t.prose or t.name)}")
    rows.append(rf"Check: \path{{{e.command}}}" if _PLAIN.fullmatch(e.command) else rf"Check: {quoted(e.command)}")
    return "\n\n".join(rows)


def bibliography(report: Report, known: Mapping[str, str]) -> str:
    """The entries of the sources of the errata."""
    keys = dict.fromkeys(e.theorem.source for e in report.errata)
    return "\n\n".join(known[k] for k in keys if k in known) + "\n"
