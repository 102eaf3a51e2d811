"""A statement's text as HTML, LaTeX and Markdown."""

import pytest

from refute.report.prose import html, latex, markdown, pieces, quoted

TEXT = "If $x < 1$ then\n`f(x)` & more.\n\n$$x^2$$ 100 % of <b>it</b>"


def test_pieces() -> None:
    kinds = [kind for kind, _ in pieces(TEXT)]
    assert kinds == ["text", "inline", "text", "name", "text", "block", "text"]
    assert "".join(t for _, t in pieces("no formula")) == "no formula"


def test_html_has_paragraphs_formulas_and_no_element_of_the_text() -> None:
    found = html(TEXT)
    assert found.count("<p>") == 2
    assert found.count("<math") == 2
    assert "<code>f(x)</code> &amp; more." in found
    assert "&lt;b&gt;it&lt;/b&gt;" in found


@pytest.mark.parametrize("text", ["<script>1</script>", "`<script>`", "$$</p><script>$$", "a $ b <img onerror=1>"])
def test_nothing_hostile_comes_through(text: str) -> None:
    assert "<script" not in html(text)
    assert "<img" not in html(text)


def test_latex_quotes_all_but_formulas() -> None:
    assert latex("50 % of $x_1$ by `a_b`") == r"50 \% of $x_1$ by \texttt{a\_b}"
    assert latex("$$x$$") == r"\[x\]"
    assert quoted(r"\input{x}") == r"{\textbackslash}input\{x\}"
    assert quoted("1 ≤ 2…") == r"1 \ensuremath{\leq} 2{\textellipsis}"


def test_markdown_is_one_line_without_table_or_element() -> None:
    assert markdown("a\n | b <script>") == "a &#124; b &lt;script>"
