"""The documentation as a site: `python -m docs.site FOLDER` (extra `site`); with `--ledger` also a gallery of what is refuted.

The pages are the Markdown files that stand in docs/ and beside it, with their formulas as MathML, so that nothing is fetched and no script is needed to
read them; MkDocs makes the site, with search, and ends with a sentence and the status 1 where a link leads nowhere or a page is in no chapter.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from refute.errors import BadInput
from refute.report.mathml import mathml

ROOT = Path(__file__).resolve().parents[1]
#: The chapters: a title, and the pages in it, each a title and its file.
CHAPTERS: dict[str, dict[str, str]] = {
    "Home": {"refute": "README.md"},
    "Tutorial": {"From a sentence to a verdict": "docs/tutorial.md"},
    "How to": {
        "State a lemma, a class, a method": "CONTRIBUTING.md",
        "Put it beside a paper": "docs/report.md",
        "Rates, constants, undecided, CI, clusters": "docs/how-to.md",
        "Use the commands": "docs/commands.md",
    },
    "Explanation": {
        "Reading a verdict": "docs/verdicts.md",
        "How the search works": "docs/search.md",
        "Deciding by duality": "docs/duality.md",
        "Fair readings": "docs/readings.md",
        "The house": "docs/architecture.md",
        "How strong it is": "benchmarks/README.md",
    },
    "What was found": {
        "All findings": "docs/findings.md",
        "The experiments of the sources": "docs/experiments.md",
    },
    "Proofs": {
        "The classical regime": "docs/classical.md",
        "Methods": "docs/methods.md",
        "Escaping sharp minima": "docs/escape.md",
        "Meeting a set on the way": "docs/encounter.md",
        "The worked examples": "docs/examples.md",
        "Factorization": "docs/factorization.md",
        "Flows": "docs/flows.md",
        "Two scales": "docs/multiscale.md",
        "Logistic regression": "docs/logistic.md",
        "Networks": "docs/networks.md",
    },
    "Reference": {
        "Public names": "docs/reference.md",
        "Glossary": "docs/glossary.md",
        "Files": "docs/formats.md",
        "What changed": "CHANGELOG.md",
        "Decisions": "DECISIONS.md",
    },
}
_CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$]+?)\$", re.DOTALL)
_MARK = re.compile(r"formula(\d+)x")
_LINK = re.compile(r"(\]\()(?!https?:|#)([^)#\s]+)(#[^)\s]*)?(\))")
CONFIG = """
site_name: refute
site_description: Executable theorems about gradient descent and first-order methods
docs_dir: pages
site_dir: {out}
use_directory_urls: false
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.top, toc.follow, search.highlight, content.code.copy]
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default, primary: indigo, toggle: {{icon: material/weather-night, name: Dark}}}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate, primary: indigo, toggle: {{icon: material/weather-sunny, name: Light}}}}
plugins: [search]
extra_css: [own.css]
extra_javascript: [own.js]
markdown_extensions: [tables, fenced_code, attr_list, toc, admonition, pymdownx.superfences]
validation: {{nav: {{omitted_files: warn, not_found: warn, absolute_links: warn}}, links: {{not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}}}
nav:
{nav}
"""


#: Characters of TeX beyond which a formula may be wider than a telephone.
LONG = 25
#: Comments and docstrings with enough contrast; wide code and tables scroll, and so have to be reached by the keyboard.
STYLE = """[data-md-color-scheme="default"] { --md-code-hl-comment-color: #555; --md-code-hl-operator-color: #555; --md-code-hl-punctuation-color: #555; }
[data-md-color-scheme="slate"] { --md-code-hl-comment-color: #bbb; --md-code-hl-operator-color: #bbb; --md-code-hl-punctuation-color: #bbb; }
math { font-size: 1.05em; }
[data-md-color-scheme="slate"] { --md-code-hl-number-color: #ffb4a2; --md-code-hl-function-color: #d7b8ff; --md-code-hl-special-color: #ffb0d0; --md-code-hl-keyword-color: #a9c1ff; --md-code-hl-constant-color: #d0bcff; }
[data-md-color-scheme="default"] { --md-code-hl-number-color: #a8201a; }
.long { display: inline-block; max-width: 100%; overflow-x: auto; overflow-y: hidden; vertical-align: bottom; }
.md-typeset :not(pre) > code { overflow-wrap: anywhere; }
.md-tabs__link, .md-typeset h1, .md-typeset blockquote { opacity: 1; color: inherit; }
"""
SCRIPT = """document$.subscribe(() => document.querySelectorAll("pre > code, .md-typeset__scrollwrap, .long").forEach(e => { e.tabIndex = 0; }));
"""


@dataclass(frozen=True)
class Page:
    """A page that is made, and stands in no file: its title, its name in the site, its Markdown."""

    title: str
    name: str
    text: str


class Formulas:
    """The formulas of the pages. Markdown takes an element at the beginning of a line for a block of its own, so that a mark stands for each until
    the pages are HTML."""

    def __init__(self) -> None:
        self.tex: list[tuple[str, bool]] = []

    def mark(self, m: re.Match[str]) -> str:
        """What stands for a formula."""
        self.tex.append((m["block"] or m["inline"], bool(m["block"])))
        return f"formula{len(self.tex) - 1}x"

    def put(self, text: str) -> str:
        """A page of HTML with its formulas as MathML."""
        return _MARK.sub(lambda m: _shown(*self.tex[int(m[1])]), text)

    def told(self, text: str) -> str:
        """The index of the search with its formulas as TeX, quoted for JSON."""
        return _MARK.sub(lambda m: json.dumps(self.tex[int(m[1])][0])[1:-1], text)


def _shown(tex: str, block: bool) -> str:
    """A formula; one that may be wider than a telephone scrolls."""
    shown = mathml(tex, block=block)
    return f'<span class="long">{shown}</span>' if len(tex) > LONG else shown


def pages(formulas: Formulas) -> dict[str, str]:
    """Each page by its name in the site: the file's text with marks for its formulas, its links to the pages of the site."""
    names = {file: _name(file) for chapter in CHAPTERS.values() for file in chapter.values()}
    return {
        name: _page((ROOT / file).read_text(encoding="utf-8"), file, names, formulas) for file, name in names.items()
    }


def _name(file: str) -> str:
    if file == "README.md":
        return "index.md"
    return file.removeprefix("docs/").replace("/README.md", ".md").lower()


def _page(text: str, file: str, names: dict[str, str], formulas: Formulas) -> str:
    """Formulas and links outside of code."""
    parts = _CODE.split(_marked(text, formulas))
    for i in range(0, len(parts), 2):
        parts[i] = _LINK.sub(lambda m: _link(m, file, names), parts[i])
    return "".join(parts)


def _marked(text: str, formulas: Formulas) -> str:
    parts = _CODE.split(text)
    for i in range(0, len(parts), 2):
        parts[i] = _FORMULA.sub(formulas.mark, parts[i])
    return "".join(parts)


def _link(m: re.Match[str], file: str, names: dict[str, str]) -> str:
    target = (ROOT / file).parent.joinpath(m[2]).resolve()
    inside = str(target.relative_to(ROOT)) if target.is_relative_to(ROOT) else ""
    if inside in names:
        return f"{m[1]}{names[inside]}{m[3] or ''}{m[4]}"
    if inside.startswith("docs/images/"):
        return f"{m[1]}{inside.removeprefix('docs/')}{m[4]}"
    if not target.exists():
        raise click.ClickException(f"{file}: the link to {m[2]} leads nowhere")
    return f"{m[1]}files/{target.name}.txt{m[4]}" if target.is_file() else f"{m[1]}architecture.md{m[4]}"


def _files() -> dict[str, Path]:
    """Files that pages link to and that are no pages: they are shown as they are."""
    found = {}
    for chapter in CHAPTERS.values():
        for file in chapter.values():
            for m in _LINK.finditer("".join(_CODE.split((ROOT / file).read_text(encoding="utf-8"))[::2])):
                target = (ROOT / file).parent.joinpath(m[2]).resolve()
                if target.is_file() and target.suffix != ".md" and target.parent.name != "images":
                    found[f"files/{target.name}.txt"] = target
    return found


def write(folder: Path, out: Path, formulas: Formulas, made: Sequence[Page] = ()) -> Path:
    """Everything that MkDocs asks for, in a folder; returns the configuration."""
    own = {page.name: _marked(page.text, formulas) for page in made}
    for name, text in {**pages(formulas), **own}.items():
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, source in [*_files().items(), *((f"images/{p.name}", p) for p in (ROOT / "docs" / "images").iterdir())]:
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
    (folder / "pages" / "own.css").write_text(STYLE)
    (folder / "pages" / "own.js").write_text(SCRIPT)
    nav = [
        f"  - {chapter}: {_name(next(iter(files.values())))}"
        if len(files) == 1
        else f"  - {chapter}:\n" + "\n".join(f"      - {title}: {_name(file)}" for title, file in files.items())
        for chapter, files in CHAPTERS.items()
    ]
    if made:
        nav.append("  - Gallery:\n" + "\n".join(f"      - {p.title!r}: {p.name}" for p in made))
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG.format(out=out.resolve(), nav="\n".join(nav)), encoding="utf-8")
    return config


@click.command(help=__doc__)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--ledger", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="What refute check wrote.")
def main(out: Path, ledger: Path | None) -> None:
    """See the docstring of the file."""
    try:
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import Abort
    except ImportError:
        raise click.ClickException("MkDocs is not installed: pip install 'refute[site]'") from None
    made: list[Page] = []
    if ledger is not None:
        from docs.gallery import gallery

        try:
            made = gallery(ledger)
        except BadInput as why:
            raise click.ClickException(str(why)) from None
    formulas = Formulas()
    with tempfile.TemporaryDirectory() as folder:
        try:
            build(load_config(str(write(Path(folder), out, formulas, made)), strict=True))
        except Abort as why:
            click.echo(f"docs.site: {why}", err=True)
            sys.exit(1)
    for page in out.rglob("*.html"):
        page.write_text(formulas.put(page.read_text(encoding="utf-8")), encoding="utf-8")
    index = out / "search" / "search_index.json"
    index.write_text(formulas.told(index.read_text(encoding="utf-8")), encoding="utf-8")
    click.echo(f"{out}/index.html")


if __name__ == "__main__":
    main()
