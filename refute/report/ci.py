"""For continuous integration: JUnit XML, and annotations in the form that GitHub reads from the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from refute.report.entries import Entry, Report

MOST = 10


def junit(report: Report) -> str:
    """One test case for each statement; one that is not as expected has failed."""
    suite = ElementTree.Element(
        "testsuite",
        name="refute",
        tests=str(len(report.entries)),
        failures=str(len(report.bad)),
        errors="0",
        skipped="0",
    )
    for e in report.entries:
        case = ElementTree.SubElement(
            suite, "testcase", classname=e.theorem.source, name=e.id, time=f"{e.record.get('seconds', 0):.3f}"
        )
        if not e.as_expected:
            failure = ElementTree.SubElement(case, "failure", message=_printable(_why(e)), type=e.verdict)
            failure.text = _printable(e.statement)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suite, encoding="unicode") + "\n"


def workflow_commands(report: Report, root: Path) -> Iterator[str]:
    """The worst MOST statements that are not as expected, as workflow commands."""
    for e in report.bad[:MOST]:
        file = e.file.relative_to(root) if e.file.is_relative_to(root) else e.file
        yield f"::error file={_property(str(file))},line={e.line},title={_property(e.id)}::{_message(_why(e))}"


def _why(e: Entry) -> str:
    why = e.record.get("why")
    return f"{e.verdict}, but its status is {e.theorem.status}" + (f": {why}" if why else "")


def _printable(text: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
