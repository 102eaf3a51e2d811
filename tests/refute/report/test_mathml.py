"""TeX of strangers cannot put an element, a link or a style into a page."""

import re
from xml.etree import ElementTree

import pytest

from refute.report.mathml import ATTRIBUTES, ELEMENTS, SPACE, mathml

HOSTILE = (
    r"\text{<script>alert(1)</script>}",
    r"\text{</math><img src=x onerror=alert(1)>}",
    r"\href{javascript:alert(1)}{x}",
    r"\style{position:fixed;inset:0}{x}",
    r"\class{skip}{x}",
    r"\color{red;background:url(http://example.org)}x",
    r"x<script>alert(1)</script>",
    r"&lt;script&gt; &#60;b&#62;",
    r"\begin{matrix}<b>&</b>\end{matrix}",
    r"\mathrm{</mi><b>}",
    "\\unicode{60}script\\unicode{62}",
    r"\frac{",
    "\x00\x1b[31m",
    "$" * 50,
    r"\def\x{\x\x}\x",
    "{" * 500,
)


@pytest.mark.parametrize("tex", HOSTILE)
@pytest.mark.parametrize("block", [False, True])
def test_only_listed_elements_and_attributes(tex: str, block: bool) -> None:
    found = mathml(tex, block=block)
    if found.startswith("<code>"):
        assert not re.search(r"<(?!/?code>)", found)
        return
    for element in ElementTree.fromstring(found).iter():
        name = element.tag.removeprefix(f"{{{SPACE}}}")
        assert name in ELEMENTS
        for key, value in element.attrib.items():
            assert key in ("lspace", "rspace") or ATTRIBUTES[key].fullmatch(value)


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("x_{k + 1}", "<msub>"),
        (r"a < b", "&lt;"),
        (r"\begin{cases}1 & x \\ 2 & y\end{cases}", "<mtable>"),
        (r"|x|", 'lspace="0"'),
    ],
)
def test_formulas(tex: str, part: str) -> None:
    assert part in mathml(tex)


def test_what_cannot_be_converted_is_shown_as_it_is() -> None:
    assert mathml(r"\left(<b>") == r"<code>\left(&lt;b&gt;</code>"
    assert 'display="block"' in mathml("x", block=True)
