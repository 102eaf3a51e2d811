"""TeX as MathML that cannot do harm.

latex2mathml passes text through as it stands, and commands that set links and styles. So nothing of its output reaches a page but elements and
attributes that are listed here; a formula that cannot be converted is shown as its TeX.
"""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree

ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle mpadded mphantom".split()
)
# Each with what its value may be.
ATTRIBUTES = {
    "display": re.compile(r"inline|block"),
    "displaystyle": re.compile(r"true|false"),
    "scriptlevel": re.compile(r"[+-]?[0-9]"),
    "stretchy": re.compile(r"true|false"),
    "fence": re.compile(r"true|false"),
    "form": re.compile(r"prefix|infix|postfix"),
    "accent": re.compile(r"true|false"),
    "mathvariant": re.compile(r"normal|bold|italic|double-struck|script|fraktur|sans-serif|monospace|bold-italic"),
    "columnalign": re.compile(r"(left|right|center)( (left|right|center))*"),
    "linethickness": re.compile(r"0|[0-9.]+(em|px)"),
    "width": re.compile(r"-?[0-9.]+em"),
    "minsize": re.compile(r"[0-9.]+em"),
    "maxsize": re.compile(r"[0-9.]+em"),
}
SPACE = "http://www.w3.org/1998/Math/MathML"


def mathml(tex: str, *, block: bool = False) -> str:
    """A <math> element that is safe in a page, or the TeX in a <code> where it cannot be converted."""
    from latex2mathml.converter import convert

    # Text is converted as it stands; as entities it cannot become an element.
    quoted = tex.replace("&", "&amp;").replace("<", r"\lt ").replace(">", r"\gt ")
    if r"\begin" in tex:
        quoted = quoted.replace("&amp;", "&")
    try:
        found = ElementTree.fromstring(convert(quoted, display="block" if block else "inline"))
        kept = _kept(found)
    except Exception:  # whatever a converter or a parser makes of a stranger's text
        return f"<code>{escape(tex)}</code>"
    kept.set("xmlns", SPACE)
    return ElementTree.tostring(kept, encoding="unicode")


def _kept(element: ElementTree.Element) -> ElementTree.Element:
    name = element.tag.removeprefix(f"{{{SPACE}}}")
    if name not in ELEMENTS:
        raise ValueError(name)
    kept = ElementTree.Element(name)
    for key, value in element.attrib.items():
        if key in ATTRIBUTES and ATTRIBUTES[key].fullmatch(value):
            kept.set(key, value)
    kept.text = element.text
    if name == "mo" and kept.text == "|":
        # A bar is a fence here, never an operator with room on both sides.
        kept.set("lspace", "0")
        kept.set("rspace", "0")
    for child in element:
        inner = _kept(child)
        inner.tail = child.tail
        kept.append(inner)
    return kept
