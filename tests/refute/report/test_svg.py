"""Numbers get shorter, and nothing else of a picture changes."""

from refute.report.svg import lighter

SVG = """<svg version="1.1"><!-- a
comment --><path d="M 12.345678 -0.000123456
  L 100.000000 1e-05 z" style="fill: #1b6ca8"/><image xlink:href="data:image/png;base64,iVBOR1.2345x"/><metadata>who</metadata><text style="font: 8px 'DejaVu Sans', 'Arial', sans-serif; text-anchor: middle">v1.23456</text></svg>"""


def test_lighter() -> None:
    found = lighter(SVG)
    assert 'version="1.1"' in found
    assert "comment" not in found
    assert "M 12.35 -0.00012\nL 100 1e-05 z" in found
    assert "#1b6ca8" in found
    assert "base64,iVBOR1.2345x" in found
    assert """<text style="font: 8px sans-serif; text-anchor: middle">v1.23456</text>""" in found
    assert "who" not in found
