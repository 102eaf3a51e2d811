"""The reference: every public name of refute and objectives by room, with its parameters and what it says of itself.

python -m docs.reference writes docs/reference.md.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Modules of the stubs, with what a reader looks for there.
ROOMS = {
    "refute": {
        "statements.theorem": "Theorems and their records",
        "statements.not_tried": "Theorems and their records",
        "statements.statement": "Theorems and their records",
        "statements.claims": "Claims",
        "statements.domains": "Domains",
        "statements.number_domains": "Domains",
        "statements.points": "Domains",
        "statements.narrowed": "Domains",
        "numbers": "Numbers and points",
        "orbits": "Limits, orbits and maps",
        "measure": "Sets, measures and laws",
        "duality": "All functions at once",
    },
    "objectives": {
        "classes": "Classes of functions and operators",
        "functions": "Functions",
        "methods": "Methods",
    },
}
#: Names that are no functions or classes, and have no words of their own.
NOTES = {
    "Draw": "The draw function of Hypothesis, which a domain's `draw` is given.",
    "RATIONALS": "How many rationals `rational(i)` counts.",
    "UNEVEN": "Shares of an interval that no halving meets: thirds, fifths, sixths, ... of which domains draw some.",
}
HEAD = """# Reference

Every public name of `refute` and of the general vocabulary of `objectives`, with its parameters and the first sentence that it says of itself (`help(name)` has the rest), then an example of each. A topic's own words are imported from its room: `from objectives.wells import ...`. This page is written by
`python -m docs.reference`.
"""


def page() -> str:
    """The page."""
    shown = examples()
    parts = [HEAD, f"Each example begins with\n\n```python\n{shown['']}\n```\n"]
    for package, rooms in ROOMS.items():
        found: dict[str, list[tuple[str, str, str]]] = {}
        for module, name in _exported(package):
            title = next((t for m, t in rooms.items() if module == m or module.startswith(m + ".")), "More")
            found.setdefault(title, []).append(_row(package, name))
        parts.append(f"## {package}\n")
        for title in (*dict.fromkeys(rooms.values()), "More"):
            if rows := sorted(found.get(title, ()), key=lambda r: r[0].lower()):
                parts.append(f"### {title}\n\n| name | parameters | what it is |\n| --- | --- | --- |")
                parts.append("\n".join(f"| `{n}` | {f'`{p}`' if p else ''} | {says} |" for n, p, says in rows) + "\n")
                parts += [_shown(n, shown[n]) for n, _, _ in rows]
    return "\n".join(parts)


def examples() -> dict[str, str]:
    """For each public name a session of Python, or the reason why there is none; for "" what all sessions begin with."""
    text = (Path(__file__).parent / "examples.txt").read_text()
    parts = re.split(r"^#(?: (\w+)(?:: )?)?", text, flags=re.MULTILINE)[1:]
    return {name or "": body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def _shown(name: str, example: str) -> str:
    return f"`{name}`\n\n```python\n{example}\n```\n" if example.startswith(">>>") else f"`{name}`: {example}.\n"


def _exported(package: str) -> Iterator[tuple[str, str]]:
    """The module and the name of each line of the stub."""
    stub = (ROOT / package / "__init__.pyi").read_text()
    yield from re.findall(r"^from \.([\w.]+) import (\w+) as \w+$", stub, re.MULTILINE)


def _row(package: str, name: str) -> tuple[str, str, str]:
    thing = getattr(importlib.import_module(package), name)
    doc = NOTES.get(name) or (inspect.getdoc(thing) if callable(thing) else "")
    return name, _parameters(thing), _first_sentence(doc or "")


def _parameters(thing: object) -> str:
    """The names of the parameters, with defaults; keyword-only ones after a star."""
    if not callable(thing):
        return ""
    try:
        parameters = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return ""
    shown: list[str] = []
    for p in parameters:
        if p.kind is p.KEYWORD_ONLY and not any(s.startswith("*") for s in shown):
            shown.append("*")
        star = "*" if p.kind is p.VAR_POSITIONAL else "**" if p.kind is p.VAR_KEYWORD else ""
        has = p.default is not p.empty
        default = "..." if has and len(repr(p.default)) > 20 else repr(p.default)
        shown.append(f"{star}{p.name}{f'={default}' if has else ''}")
    return ", ".join(shown).replace("|", "\\|")


def _first_sentence(doc: str) -> str:
    paragraph = " ".join(doc.split("\n\n")[0].split())
    sentence = re.split(r"(?<=[.])\s", paragraph, maxsplit=1)[0] if len(paragraph) > 160 else paragraph
    # No formula is a column, a link or a tag.
    return re.sub(r"<(?=[a-zA-Z/])", "&lt;", sentence.replace("|", "\\|").replace("](", "] ("))


if __name__ == "__main__":
    (ROOT / "docs" / "reference.md").write_text(page())
