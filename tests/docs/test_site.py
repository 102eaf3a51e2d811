"""What the site is made of: every page has its chapter, every formula can be shown, every link leads somewhere."""

import json
import re
from pathlib import Path

import click
import pytest

from docs import site
from docs.site import CHAPTERS, ROOT, Formulas, pages, write
from refute.report.mathml import mathml


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
