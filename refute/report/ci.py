"""For continuous integration: JUnit XML, SARIF, a badge, and annotations in the form that GitHub reads from the log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from refute.errors import BadInput
from refute.report.entries import Entry, Report
from refute.sources.places import place_of

MOST = 10
# The width of a letter of eleven pixels, about.
LETTER, MARGIN = 6.6, 10
GOOD, SOME, FEW = "#2c7a3f", "#8a6100", "#b3261e"


def junit(report: Report) -> str:
    """One test case for each statement; one that is not as expected has failed."""
    suite = ElementTree.Element(
        "testsuite",
        name="refute",
        tests=str(len(report.entries) + len(report.broken)),
        failures=str(len(report.alarms)),
        errors=str(len(report.broken)),
        skipped="0",
    )
    for e in report.entries:
        case = ElementTree.SubElement(
            suite, "testcase", classname=e.theorem.source, name=e.id, time=f"{e.record.get('seconds', 0):.3f}"
        )
        if not e.as_expected:
            failure = ElementTree.SubElement(case, "failure", message=_printable(_why(e)), type=e.verdict)
            failure.text = _printable(e.statement)
    for file, why in report.broken:
        case = ElementTree.SubElement(suite, "testcase", classname="files", name=file.name, time="0.000")
        ElementTree.SubElement(case, "error", message=_printable(why), type="error")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def workflow_commands(report: Report, root: Path) -> Iterator[str]:
    """The files that are broken, and the worst MOST statements that are not as expected, or open and refuted, as workflow commands: at the line of the claim, and at that of
    the text it is linked to."""
    for path, why in report.broken[:MOST]:
        yield f"::error file={_property(_relative(path, root))},line={_line_in(why)},title={_property(path.name)}::{_message(why)}"
    for e in report.alarms[:MOST]:
        for file, line in _places(e, root):
            yield f"::error file={_property(file)},line={line},title={_property(e.id)}::{_message(_why(e))}"


def sarif(report: Report, root: Path) -> str:
    """The statements that are not as expected, or open and refuted, in SARIF 2.1.0: each at its claim, and at the text that it is linked to."""
    results = [
        {
            "ruleId": e.verdict,
            "level": "error",
            "message": {"text": f"{e.id}: {_printable(_why(e))}"},
            "locations": [_location(*place) for place in _places(e, root)],
            "partialFingerprints": {"id": e.id},
        }
        for e in report.alarms
    ] + [
        {
            "ruleId": "error",
            "level": "error",
            "message": {"text": _printable(why)},
            "locations": [_location(_relative(path, root), _line_in(why))],
            "partialFingerprints": {"id": path.name},
        }
        for path, why in report.broken
    ]
    rules = [{"id": v, "name": v} for v in dict.fromkeys(r["ruleId"] for r in results)]
    run = {"tool": {"driver": {"name": "refute", "rules": rules}}, "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def badge(what: str, value: str, percent: int) -> str:
    """Two words beside each other, as an SVG that needs no font and no request: green from 80 percent on, red below 40."""
    left, right = (round(len(t) * LETTER) + MARGIN for t in (what, value))
    colour = GOOD if percent >= 80 else SOME if percent >= 40 else FEW
    words = escape(f"{what}: {value}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{words}"><title>{words}</title>'
        f'<rect width="{left}" height="20" fill="#444"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2}" y="14">{escape(what)}</text><text x="{left + right / 2}" y="14">{escape(value)}</text></g></svg>\n'
    )


def _location(file: str, line: int) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": {"uri": quote(Path(file).as_posix())}, "region": {"startLine": line}}
    }


def _places(e: Entry, root: Path) -> Iterator[tuple[str, int]]:
    """File and line of the claim, and of its text where that can be found."""
    places = [(e.file, e.line)]
    if e.theorem.text:
        with suppress(BadInput):  # why it is not found, the verdict says
            places.append(place_of(e.theorem.text, e.file.resolve().parent)[:2])
    yield from ((_relative(file, root), line) for file, line in places)


def _relative(file: Path, root: Path) -> str:
    path = file.resolve()
    return str(path.relative_to(root.resolve()) if path.is_relative_to(root.resolve()) else file)


def _line_in(why: str) -> int:
    """The line that a sentence about a file names; the first one where it names none."""
    found = re.search(r", line (\d+)", why)
    return int(found[1]) if found else 1


def _why(e: Entry) -> str:
    why = e.record.get("why")
    says = "it was open, and is refuted" if e.is_news else f"its verdict is {e.verdict}, its status {e.theorem.status}"
    return says + (f": {why}" if why else "")


def _printable(text: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
