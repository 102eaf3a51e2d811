"""Where a record says that its proof is: a file, and a heading in it."""

from __future__ import annotations

import re
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text
from refute.safety.hints import nearest
from refute.sources.files import linked_file

# What names a file; any other words are a proof, or a reference, as they stand.
_FILE = re.compile(r"(?P<file>[\w./-]+\.(md|markdown|tex|rst|txt|html|ipynb|pdf|lean|v))(#(?P<heading>.*))?")
MAX_PROOF = 16 * 2**20


def named_file(proof: str) -> str:
    """The file that a proof is in; empty where it is words."""
    found = _FILE.fullmatch(proof)
    return found["file"] if found else ""


def proof_problem(proof: str, theorem_file: Path) -> str:
    """Why a proof cannot be found, beside the theorem file or above it; empty where it is there, or is words."""
    found = _FILE.fullmatch(proof)
    if not found:
        return ""
    name, heading = found["file"], found["heading"]
    folder = theorem_file.resolve().parent
    try:
        path = linked_file(name, folder)
    except BadInput:
        return f"proof={proof!r}: the file {name} is neither in {folder} nor in a folder above it"
    if not heading or path.suffix not in (".md", ".markdown"):
        return ""
    known = headings(read_text(path, MAX_PROOF))
    if heading in known:
        return ""
    near = nearest(heading, known)
    return f"proof={proof!r}: {name} has no heading of that name" + (f"; did you mean {near}?" if near else "")


def headings(markdown: str) -> set[str]:
    """The anchors of the headings of a Markdown text, as readers of such texts make them."""
    lines = re.findall(r"^#+ (.*?)(?:\{#([\w:.-]+)\})?[ \t]*$", markdown, re.MULTILINE)
    return {own or re.sub(r"[^a-z0-9-]", "", words.strip().lower().replace(" ", "-")) for words, own in lines}
