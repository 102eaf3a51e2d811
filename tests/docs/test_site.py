"""What the site is made of: every page has its chapter, every formula can be shown, every link leads somewhere."""

import json
import re
from pathlib import Path

import click
import pytest

from docs import site
from docs.gallery import gallery
from docs.site import CHAPTERS, ROOT, Formulas, pages, write
from refute.errors import BadInput
from refute.report.mathml import mathml
from refute.running.check import known_theorems, run, select
from refute.search.budget import Budget
from refute.sources.files import bundled


def test_every_document_has_a_chapter() -> None:
    listed = [file for chapter in CHAPTERS.values() for file in chapter.values()]
    there = [str(p.relative_to(ROOT)) for p in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))]
    assert sorted(listed) == sorted([*there, "benchmarks/README.md"])


def test_every_formula_is_shown_as_one() -> None:
    formulas = Formulas()
    text = pages(formulas)
    assert len(formulas.tex) > 500
    assert [tex for tex, block in formulas.tex if "<code>" in mathml(tex, block=block)] == []
    assert formulas.put("a formula0x b") == f"a {mathml(formulas.tex[0][0])} b"
    assert json.loads(formulas.told('{"text": "formula0x"}')) == {"text": formulas.tex[0][0]}
    # A lone sign would show that a formula was cut in two.
    plain = {name: "".join(site._CODE.split(t)[::2]) for name, t in text.items()}
    assert [name for name, t in plain.items() if "$" in t] == []


def test_links_are_those_of_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = write(tmp_path, tmp_path / "out", Formulas())
    there = {str(p.relative_to(tmp_path / "pages")) for p in (tmp_path / "pages").rglob("*") if p.is_file()}
    for page in (tmp_path / "pages").glob("*.md"):
        for _, target, _, _ in site._LINK.findall("".join(site._CODE.split(page.read_text())[::2])):
            assert target in there, f"{page.name}: {target}"
    assert all(re.search(rf"\b{re.escape(name)}\b", config.read_text()) for name in there if name.endswith(".md"))
    (tmp_path / "README.md").write_text("[nowhere](missing.md)")
    monkeypatch.setattr(site, "ROOT", tmp_path)
    monkeypatch.setattr(site, "CHAPTERS", {"Home": {"refute": "README.md"}})
    with pytest.raises(click.ClickException, match=r"the link to missing\.md leads nowhere"):
        pages(Formulas())


def test_the_gallery_has_a_page_for_each_printed_statement_that_fell(tmp_path: Path) -> None:
    files = [bundled() / "classical" / "convergence.py"]
    run(select(known_theorems(files)), Budget(60), tmp_path, [tmp_path / ".refute" / "ledger.json"], 1)
    index, *made = gallery(tmp_path / ".refute" / "ledger.json", tuple(files))
    assert [p.title for p in made] == ["tao-wang-2022/reaches-stationary-point"]
    assert f"]({made[0].name})" in index.text
    for part in ("## Claimed", "## Found", "$f(x) = ", "## True instead", "refute verify", "data:image/svg"):
        assert part in made[0].text
    formulas = Formulas()
    write(tmp_path / "site", tmp_path / "out", formulas, [index, *made])
    assert [tex for tex, block in formulas.tex if "<code>" in mathml(tex, block=block)] == []
    with pytest.raises(BadInput):
        gallery(tmp_path / "none.json")
