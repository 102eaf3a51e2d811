"""The macros, environments and kinds of theorems that the texts of a document define."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice

from refute.sources.tex.unread import GONE, without_gone

USUAL = frozenset(
    "theorem lemma proposition corollary conjecture claim assumption definition fact hypothesis thm lem prop cor conj defn".split()
)
# An argument in brackets is no longer than this.
LONGEST = 4000
# Blanks, ends of lines and comments.
_B = rf"[\s{GONE}]*"
_DEFINITION = re.compile(
    # \newline, \bullet and \eqdef define nothing.
    r"\\(?P<kind>(?:re)?new(?!line|page)[A-Za-z]*|provide[A-Za-z]*|(?:New|Renew|Provide|Declare)[A-Za-z]*|(?:[gex]|cs[gex]?|long)?def|(?:future|global|[gex]|cs)?let(?:cs)?"
    r"|(?:Global)?LetLtxMacro)(?![A-Za-z@])\*?"
    rf"{_B}(?:\{{{_B}(?P<braced>\\(?:[A-Za-z@]+|.)){_B}\}}|(?P<bare>(?!\\csname)\\(?:[A-Za-z@]+|.)))"
    r"|\\(?P<verb>verb\*?(?P<sign>[^A-Za-z*\s])[^\n]*?(?P=sign))"  # in which nothing is defined
)
# Commands of LaTeX and its packages that define a macro for certain; of others that are called like them, such as \\new of a document's own, those do that what a
# definition has stands behind: the name of a macro, and a group.
_DEFINERS = re.compile(
    r"(?:re)?new(?:command[A-Za-z]*|robustcmd|if|count|dimen|skip|muskip|toks|length|box|savebox|read|write)|provide(?:command[A-Za-z]*|robustcmd)"
    r"|(?:New|Renew|Provide|Declare)(?:Expandable)?(?:Document)?Command(?:Copy)?|Declare(?:Math|PairedDelimiter|Robust|Text|Url|Symbol)[A-Za-z]*"
    r"|(?:[gex]|cs[gex]?|long)?def|(?:future|global|[gex]|cs)?let(?:cs)?|(?:Global)?LetLtxMacro"
)
_GROUP_FOLLOWS = re.compile(rf"\*?{_B}(?:\[[^\]]{{0,{LONGEST}}}\]{_B})*\{{")
_SECOND_NAME = re.compile(rf"{_B}=?{_B}(\{{\s*\\?[A-Za-z@]+\s*\}}|\\[A-Za-z@]+|\\?.)")
_ENVIRONMENT = re.compile(
    rf"\\(?P<kind>(?:re)?newenvironment|(?:New|Renew|Provide|Declare)DocumentEnvironment)\*?{_B}\{{(?P<name>[^{{}}]*)\}}"
)
_THEOREM = re.compile(
    rf"\\(?P<tcb>newtcbtheorem|newtheorem|declaretheorem|spnewtheorem)\*?{_B}(?:\[[^\]]*\]{_B})?\{{(?P<name>[A-Za-z@*]+)\}}"
)
EDGE = re.compile(r"\\(?P<edge>begin|end)\s*\{(?P<env>[^{}\s]+)\}")
_LABELS = re.compile(r"\\label\s*\{(?P<before>[^{}#]*)#(?P<n>[1-9])(?P<after>[^{}#]*)\}")
_SPACE = re.compile(_B)
_ARGUMENT = re.compile(rf"{_B}(?:([\[{{])|(\\(?:[A-Za-z@]+|.)|[^\s\\%}}{GONE}]))")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKETS = re.compile(r"\\.|[{}\]]", re.DOTALL)
# What shows that a text is no list of definitions: environments, sections, and formulas outside of all groups.
_PROSE = re.compile(r"\\begin\s*\{|\\(?:sub)*section|\\chapter|\\paragraph")
_FORMULA = re.compile(r"\$|\\[(\[]")
_DOCUMENT = re.compile(r"\\begin\s*\{document\}")
WORD = re.compile(r"\\[A-Za-z@]+")
_PARTS = re.compile(r"\\[A-Za-z@]+|\\.|[{}]|[^\\{}]+", re.DOTALL)
_ONE_WORD = re.compile(r"\\[A-Za-z@]+|[^\\{}$]*")
# Commands whose argument is the name of a switch, a counter or an entry of a glossary.
_NAMED = re.compile(
    r"\\(?:if|not)?(?:toggle|bool)\s*\{([^{}]+)\}|\\(?:boolean|value|arabic|[aA]lph|[rR]oman|[gG]ls[A-Za-z]*|GLS|ac[slfp]*|@nameuse|csuse)\s*\{([^{}]+)\}"
    r"|\\csname([^\\{}]{1,80})\\endcsname|\{\{\s*([\w.-]+)\s*\}\}|\{\{<\s*(?:meta|var)\s+([\w.-]+)\s*>\}\}"
)
_ARGUMENTS = re.compile(r"#([1-9])")
_CSNAME = re.compile(r"\\csname([^\\{}]{1,80})\\endcsname")
# Commands that define a macro by its name, and those that add to an environment.
_BY_NAME = re.compile(r"\\(?:@namedef|cs(?:[gex]?def|gdef|xdef|let|csundef)|letcs|csletcs)\s*\{\s*([^{}]{1,80}?)\s*\}")
_HOOKED = re.compile(
    r"\\(?:(?:At|After|Before)(?:Begin|End)Environment|(?:BeforeBegin|AfterEnd)Environment)\*?\s*\{([^{}]+)\}|\\AddToHook\s*\{\s*env/([^{}/]+)/"
)
# Commands that say whether what stands in an environment is printed.
_SHOWN = re.compile(r"\\(?:include|exclude|process|special)(?:comment|version)\s*\{([^{}]+)\}")
# Commands that set a switch or a counter wherever they stand.
_SETS = re.compile(
    r"\\(?:toggle(?:true|false)|bool(?:true|false)|set(?:toggle|bool|boolean)|(?:set|addto|step|refstep)counter)\s*\{\s*([^{}]{1,80}?)\s*\}(?:\s*\{[^{}]*\})?"
)
# What is only declared, and set elsewhere.
_DECLARED = re.compile(r"new(?:if|count|dimen|skip|muskip|toks|length|box|savebox|read|write)")
# What a macro that makes a note of its argument says: that it is one, or puts it aside.
_A_NOTE = re.compile(
    r"\\(?:margin|foot|side|pdf|todo|label|index|write|immediate|typeout|ref|hyper)|(?i:to-?do|fixme|note|comment|remark)"
)
_SILENT = re.compile(r"\\(?:ignorespaces(?:afterend)?|relax|unskip|xspace)(?![A-Za-z@])|\[[^\]]*\]|[{}\s]")


@dataclass(frozen=True)
class Macros:
    """What the texts of a document define: bodies of macros, edges of environments that macros stand for, macros that label, kinds of theorems
    and, of those of tcolorbox, the beginning of their labels; and what they set: the lines of their preambles that define no macro, and where a switch of
    TeX is turned. What sets switches and counters counts wherever it stands."""

    bodies: dict[str, list[str]]
    edges: dict[str, list[tuple[str, str]]]
    labels: dict[str, tuple[str, int, str]]
    kinds: frozenset[str]
    tcb: dict[str, str]
    settings: tuple[tuple[frozenset[str], str], ...] = ()
    switches: tuple[str, ...] = ()

    def whole(self, name: str) -> tuple[str, int]:
        """The kind of the environment that a macro makes as a whole, and how many arguments it takes; ("", 0) for another macro."""
        body = self.bodies[name][-1]
        edges = list(EDGE.finditer(body))
        if not edges or name in self.edges:
            return "", 0
        return edges[0]["env"], max((int(n) for n in _ARGUMENTS.findall(body)), default=0)

    @cached_property
    def own(self) -> frozenset[str]:
        """The macros that the document defines by what prints something."""
        return frozenset(name for name, bodies in self.bodies.items() if any(_SILENT.sub("", b) for b in bodies))

    @cached_property
    def named(self) -> frozenset[str]:
        """The control words in what the document sets outside of definitions."""
        return frozenset(n for names, _ in self.settings for n in names if WORD.fullmatch(n))

    @cached_property
    def printed(self) -> frozenset[str]:
        """The macros that print their argument in the text, and do not say that it is a note."""
        return frozenset(
            name
            for name, bodies in self.bodies.items()
            if any(("#1" in b and not _A_NOTE.search(b)) or b.strip() == "\\@firstofone" for b in bodies)
        )

    def set_for(self, text: str, words: frozenset[str]) -> list[str]:
        """What sets what a text with these control words names: its switches, counters, entries of glossaries and environments."""
        names = {next(filter(None, m.groups())).strip() for m in _NAMED.finditer(text)}
        names |= {part for name in names for part in name.split(".")}  # a.b is what stands below a for b
        names |= {f"\\begin{{{m['env']}}}" for m in EDGE.finditer(text)}
        names |= {w[4:] for w in words if w.startswith("\\the")}  # \\thecounter
        turns = {f"\\{w[3:]}{on}" for w in words if w.startswith("\\if") for on in ("true", "false")}
        wanted = words | turns | names
        return [line for named, line in self.settings if named & wanted] + [t for t in self.switches if t in turns]


def macros_of(texts: Sequence[str]) -> Macros:
    """What these texts define together; of several definitions of a macro all count: which one TeX would take depends on where it stands."""
    bodies: dict[str, list[str]] = {}
    kinds, tcb = set(USUAL), dict[str, str]()
    for text in texts:
        made, theorems = _made_by(text)
        for name, body in made:
            bodies.setdefault(name, []).append(body)
        kinds |= {name for name, _ in theorems}
        tcb.update((name, prefix) for name, prefix in theorems if prefix is not None)
    edges = {name: e for name, b in bodies.items() if (e := _edges(b[-1]))}
    labels = {
        name: (found["before"], int(found["n"]), found["after"])
        for name, b in bodies.items()
        if (found := _LABELS.search(b[-1])) is not None
    }
    settings = tuple(line for text in texts for line in chain(_settings(text), _set_anywhere(text)))
    switches = tuple(t for text in texts for t in WORD.findall(text) if t.endswith(("true", "false")))
    return Macros(bodies, edges, labels, frozenset(kinds), tcb, settings, switches)


@lru_cache(512)
def _settings(text: str) -> tuple[tuple[frozenset[str], str], ...]:
    """The lines of a preamble outside of the definitions, or of a text that is nothing else, each with the control words and the names in it."""
    begins = _DOCUMENT.search(text)
    text, at, kept = text[: begins.start()] if begins else text, 0, list[str]()
    for start, end in sorted((start, end) for _, start, _, end in definitions(text)):
        if start >= at:
            kept.append(text[at:start])
            at = end
    rest = without_gone("".join((*kept, text[at:])))
    if begins is None and (_PROSE.search(rest) or _FORMULA.search("".join(_outside(rest)))):
        return ()
    found: list[str] = []
    for line in rest.splitlines():
        if found and found[-1].count("{") > found[-1].count("}") and len(found[-1]) < LONGEST:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return tuple((frozenset(_names(line)), line) for line in found if line.strip())


@lru_cache(512)
def _set_anywhere(text: str) -> tuple[tuple[frozenset[str], str], ...]:
    """The commands that set switches and counters behind the preamble of a text, each with the name that it sets."""
    begins = _DOCUMENT.search(text)
    at = begins.end() if begins else 0
    found = [(frozenset((m[1],)), m[0]) for m in _SETS.finditer(text, at)]
    for m in _BY_NAME.finditer(text, at):
        found.append((frozenset((m[1], f"\\{m[1]}")), text[m.start() : _arguments_end(text, m.end(), 1)]))
    return tuple(found)


def _names(line: str) -> Iterator[str]:
    """What a line of a preamble sets: its control words outside of all groups, and what stands alone in a group, as in \\setcounter{n}{2}."""
    for part in _outside(line):
        if part.startswith("{"):
            yield part[1:-1].strip()
        else:
            yield from WORD.findall(part)
    yield from (f"\\begin{{{name.strip()}}}" for name in _SHOWN.findall(line))
    for name in map(str.strip, (*_CSNAME.findall(line), *_BY_NAME.findall(line))):
        yield from (name, f"\\{name}")
    yield from (f"\\begin{{{(m[1] or m[2]).strip()}}}" for m in _HOOKED.finditer(line))


def _outside(text: str) -> list[str]:
    """What stands outside of all groups, and each group there that holds one word: {word}."""
    found: list[str] = []
    inside: list[str] = []
    depth = 0
    for m in _PARTS.finditer(text):
        t = m[0]
        depth += (t == "{") - (t == "}" and depth > 0)
        if depth == 0 and t == "}":
            word = "".join(inside[1:]).strip()
            found += [f"{{{word}}}"] if _ONE_WORD.fullmatch(word) else []
            inside = []
        elif depth:
            inside.append(t)
        else:
            found.append(t)
    return found


@lru_cache(512)
def _made_by(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str | None], ...]]:
    """The macros that one text defines, with their bodies, and its kinds of theorems, of those of tcolorbox with the beginning of their labels."""
    theorems: list[tuple[str, str | None]] = []
    for m in _THEOREM.finditer(text):
        prefix = None
        if m["tcb"] == "newtcbtheorem":
            prefix = next(islice(groups(text, m.end(), 3), 2, None), "").strip()
        theorems.append((m["name"], prefix))
    return tuple((name, text[behind:end]) for name, _, behind, end in definitions(text)), tuple(theorems)


def _edges(body: str) -> list[tuple[str, str]]:
    """The edges of environments that a macro leaves open or closes."""
    found = [(m["edge"], m["env"]) for m in EDGE.finditer(body)]
    begun = sum(1 if edge == "begin" else -1 for edge, _ in found)
    return found if begun else []


def definitions(text: str) -> Iterator[tuple[str, int, int, int]]:
    """The macros and environments that a text defines, and where each definition begins, where its name ends and where it ends itself."""
    for m in _DEFINITION.finditer(text):
        if m["verb"] or not (_DEFINERS.fullmatch(m["kind"]) or _GROUP_FOLLOWS.match(text, m.end())):
            continue
        yield m["braced"] or m["bare"], m.start(), m.end(), _definition_end(text, m)
    for m in _ENVIRONMENT.finditer(text):
        end = _arguments_end(text, m.end(), 3 if "Document" in m["kind"] else 2)
        yield f"\\begin{{{m['name']}}}", m.start(), m.end(), end


def _definition_end(text: str, m: re.Match[str]) -> int:
    kind = m["kind"]
    if "let" in kind.lower():
        second = _SECOND_NAME.match(text, m.end())
        return second.end() if second else m.end()
    if _DECLARED.fullmatch(kind):
        return m.end()
    if kind.endswith("def"):
        start = text.find("{", m.end(), m.end() + LONGEST)
        return group_end(text, start) if start >= 0 else m.end()
    return _arguments_end(text, m.end(), 2 if "DocumentCommand" in kind else 1)


def _behind_space(text: str, at: int) -> int:
    m = _SPACE.match(text, at)
    return m.end() if m else at


def optional(text: str, at: int) -> tuple[str, int]:
    """The optional argument that begins here, and where it ends."""
    start = _behind_space(text, at)
    if not text.startswith("[", start):
        return "", at
    end = _bracket_end(text, start)
    return text[start + 1 : end - 1], end


def groups(text: str, at: int, most: int) -> Iterator[str]:
    """The groups in braces that follow each other from here, at most so many."""
    for _ in range(most):
        at = _behind_space(text, at)
        if not text.startswith("{", at):
            return
        end = group_end(text, at)
        yield text[at + 1 : end - 1]
        at = end


def groups_end(text: str, at: int, n: int) -> int:
    """Where the last of so many groups in braces ends that follow each other from here."""
    for _ in range(n):
        at = group_end(text, _behind_space(text, at))
    return at


def _arguments_end(text: str, at: int, mandatory: int) -> int:
    """Where the arguments end that begin here: so many in braces, or of one sign, and all in brackets before and between them; further
    groups that follow at once."""
    while (found := _ARGUMENT.match(text, at)) is not None:
        if found[1] == "[":
            at = _bracket_end(text, found.end() - 1)
        elif found[1] == "{" and (mandatory > 0 or found.end() - 1 == at):
            mandatory, at = mandatory - 1, group_end(text, found.end() - 1)
        elif found[1] is None and mandatory > 0:
            mandatory, at = mandatory - 1, found.end()
        else:
            break
    return at


@lru_cache(16)
def _closing(text: str) -> dict[int, int]:
    """Behind which sign the group ends that each brace opens; those that nothing closes are not there."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for m in _BRACES.finditer(text):
        if m[0] == "{":
            opened.append(m.start())
        elif m[0] == "}" and opened:
            found[opened.pop()] = m.end()
    return found


def group_end(text: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; at the end of the text where none does."""
    return _closing(text).get(start, len(text))


def _bracket_end(text: str, start: int) -> int:
    depth, most = 0, min(len(text), start + LONGEST)
    for m in _BRACKETS.finditer(text, start + 1, most):
        depth += {"{": 1, "}": -1}.get(m[0], 0)
        if depth == 0 and m[0] == "]":
            return m.end()
    return most
