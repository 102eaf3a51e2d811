r"""Which formulas may stand in a LaTeX document as they are: those of commands that only typeset.

A docstring is a stranger's text. `\input`, `\write`, `\csname`, `\def` and the like read files, write files or build other commands, and
`^^5c` is a backslash in disguise; a formula with any of these, or with unbalanced braces, is shown as its source.
"""

from __future__ import annotations

import re

COMMANDS = frozenset(
    r"""
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma varsigma tau
    upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    le leq ge geq lt gt ne neq approx sim simeq equiv cong propto ll gg prec succ preceq succeq subset subseteq supset supseteq in notin ni
    cap cup setminus emptyset varnothing forall exists nexists neg lnot land lor to rightarrow leftarrow Rightarrow Leftarrow
    leftrightarrow Leftrightarrow longrightarrow Longrightarrow iff implies impliedby mapsto longmapsto uparrow downarrow
    pm mp times div cdot ast star circ bullet oplus otimes odot dagger ddagger wedge vee mid nmid parallel perp top bot
    frac tfrac dfrac binom tbinom sqrt sum prod int iint oint lim limsup liminf sup inf max min arg log ln exp sin cos tan sinh cosh
    tanh arcsin arccos arctan det dim ker deg gcd Pr mod bmod pmod
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle langle rangle lvert rvert lVert rVert vert Vert lfloor rfloor
    lceil rceil lbrace rbrace backslash
    hat bar tilde vec dot ddot widehat widetilde overline underline overbrace underbrace overset underset stackrel prime partial nabla
    infty ell hbar Re Im aleph imath jmath angle triangle square
    mathbb mathbf mathrm mathcal mathfrak mathsf mathit boldsymbol operatorname text textrm textbf textit mbox displaystyle textstyle
    scriptstyle limits nolimits quad qquad ldots cdots dots vdots ddots dotsc dotsb not colon phantom hphantom vphantom
    begin end
    """.split()
)
ENVIRONMENTS = frozenset("cases matrix pmatrix bmatrix vmatrix Vmatrix smallmatrix aligned gathered array".split())
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")
# Of the commands of one sign these only space or print.
SIGNS = frozenset(r",:;!>|{}\ %&#_$" + "\n")


def allowed(tex: str) -> bool:
    """Whether a formula may stand in a document as it is."""
    for m in _COMMAND.finditer(tex):
        name = m.group(1)
        if name not in COMMANDS and name not in SIGNS:
            return False
    if any(name not in ENVIRONMENTS for name in _ENVIRONMENT.findall(tex)):
        return False
    if tex.count(r"\begin") != len(re.findall(r"\\begin\s*\{", tex)) or tex.count(r"\end") != len(
        re.findall(r"\\end\s*\{", tex)
    ):
        return False
    names = [m.group(1) for m in _COMMAND.finditer(tex)]
    if re.search(r"\n\s*\n", tex) or names.count("left") != names.count("right"):
        return False  # a paragraph ends every formula, and delimiters come in pairs
    bare = _COMMAND.sub("", tex)
    return (
        _balanced(bare) and not any(sign in bare for sign in ("^^", "%", "#", "$", "\x00")) and not bare.endswith("\\")
    )


def _balanced(bare: str) -> bool:
    depth = 0
    for c in bare:
        depth += (c == "{") - (c == "}")
        if depth < 0:
            return False
    return depth == 0
