"""A statement about all functions, points and dimensions: its body run once on abstract members of its domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gmpy2 import mpq

from refute.duality.forms import Form, Point, is_zero
from refute.duality.induction.ends import bound_to_end, is_of_end
from refute.duality.induction.iterated import SPACE
from refute.duality.parameters.branches import CHOICES, Choices, Side
from refute.duality.parameters.ratio import AT_LEAST_0, DIVISORS, POWER, Ratio, parameters
from refute.duality.readable import functions_in, read
from refute.duality.sides import of_forms
from refute.duality.space import Space, Unknown, degree_of, unknowns_in
from refute.errors import NotExact, NotLinear, overlook
from refute.numbers.reflected import ABSTRACT, exact_only
from refute.safety.failure import no_exit, told
from refute.statements.claims import Claim, Constant, Every, Relation, Some, Supposition
from refute.statements.domains import Domain, Family
from refute.statements.statement import Statement
from refute.statements.wording import described


@dataclass(frozen=True, eq=False)
class Part:
    """One inequality of a conclusion, `form` >= 0 (or > 0), or of a hypothesis."""

    says: str
    form: Form
    strict: bool = False
    #: Of a claim: that the step of an induction is one; of a condition: that it follows from the steps. A step is shown without what follows.
    induction: bool = False
    #: Of a claim: that the first state of an induction is within: it is shown without what follows from that, as a step is.
    begins: bool = False
    #: Of a condition: that it is a hypothesis of the statement, on its N, and not of each step.
    hypothesis: bool = False
    #: Of a condition: that it says nothing of other values of a parameter, however close, since what a class answers may jump.
    at_once: bool = False
    #: Of a condition: that it speaks of what was asked in the step of an induction, which is none before the first step.
    of_step: bool = False
    #: Of a condition: that it speaks of what a potential alone asks for, and need not have an answer: of no use for a step either.
    unmade: bool = False
    #: Of a condition: that it speaks of an answer at a point that depends on N, and so of the last step alone: of no use for a step.
    of_end: bool = False


@dataclass(frozen=True)
class Problem:
    """Unknown vectors and values, what is known of them (each form is at least 0) and what is claimed.

    `origin` is the vector that was put at 0, where everything depends on differences of points alone; `seen` holds the values of the
    statement's variables: numbers, points and abstract members of its classes.
    """

    vectors: tuple[Unknown, ...]
    values: tuple[Unknown, ...]
    conditions: tuple[Part, ...]
    claims: tuple[Part, ...]
    seen: Mapping[str, Any]
    origin: int | None = None
    counters: tuple[Ratio, ...] = ()
    #: What hypotheses, body and the conditions of classes divided by: where one of these is 0, the statement has no value.
    divisors: tuple[Ratio, ...] = ()
    #: What has to be above 0, such as the steps of proximal points: each with the sentence where it is not, and whether it is of the step of an induction.
    positive: tuple[tuple[Ratio, str, bool], ...] = ()
    #: What has to be at least 0 for the problem to be that of the statement: the roots that it takes.
    at_least_0: tuple[Ratio, ...] = ()
    #: The number of which a power is taken whose exponent is a number of steps, if there is one: a rational, or a function of the second parameter.
    power: Any = None
    #: Whether something that is known of a variable is left out, since it is not linear.
    wider: bool = False
    #: On which sides of numbers of its parameters the statement was read: what else it says is of these alone.
    sides: tuple[Side, ...] = ()

    def at(self, values: Mapping[str, Fraction]) -> Problem:
        """The problem for these values of the parameters."""
        return replace(
            self,
            conditions=tuple(replace(p, form=p.form.at(values)) for p in self.conditions),
            claims=tuple(replace(p, form=p.form.at(values)) for p in self.claims),
        )


NO_DIRECTIONS: Mapping[str, Any] = {}
_KINDS: dict[type, str] = {Ratio: "a parameter", Form: "a value or an inner product", Point: "a point"}


def no_class(domain: Domain) -> NotLinear:
    """What is said of a variable whose domain duality cannot stand for."""
    says = "it is no class by its conditions, such as convex(), and no range of numbers"
    return NotLinear(f"nothing stands for all elements of {domain.name}: {says}")


def posed(
    statement: Statement,
    numbers: Mapping[str, Any],
    constants: Mapping[str, Mapping[str, Any]],
    choices: Choices | None = None,
    length: Any = Fraction(1),
    directions: Mapping[str, Any] = NO_DIRECTIONS,
) -> Problem:
    """The problem of a statement where `numbers` gives the values of its numbers and `constants`, for each variable with a family, those of its
    class, on the sides that `choices` says; points are measured in `length`, and some vectors in units of their own, `directions`. Raises NotLinear where the statement is not linear in inner products and values, or speaks of what is no number and has no family."""
    space = Space(length, directions)
    seen: dict[str, Any] = dict(statement.constants)
    powers: list[Any] = []
    at_least_0: list[Ratio] = []
    narrowed: list[tuple[str, str, Any]] = []
    families: list[Family] = []
    wider = False
    try:
        divided: list[Ratio] = []
        with (
            described(),
            no_exit(),
            exact_only(),
            _set_to(POWER, powers),
            _set_to(ABSTRACT, True),
            _set_to(AT_LEAST_0, at_least_0),
            _set_to(CHOICES, choices),
        ):
            for name in statement.variables:
                with _set_to(DIVISORS, divided):
                    domain = statement.domain(name, seen)
                if domain.every is not None:
                    families.append(domain.every)
                    # Something of an element is known that nobody says here.
                    wider = wider or (domain.every.of_element is not None and not constants.get(name))
                    seen[name] = domain.every.member(space, name, constants.get(name, {}))
                    if not isinstance(seen[name], Point):
                        wider = wider or bool(domain.narrowed)
                    else:
                        narrowed += [(name, says, claim) for says, claim in domain.narrowed]
                elif name in numbers:
                    seen[name] = _plain(numbers[name], name)
                    narrowed += [(name, says, claim) for says, claim in domain.narrowed]
                else:
                    raise no_class(domain)
            read(statement, families)
            space.drawing = False
            with _set_to(DIVISORS, divided):
                known_of = [_known_of(seen[name], claim, f"{name} in {says}") for name, says, claim in narrowed]
                given = [p for parts in known_of for p in parts or ()]
                given += [p for g in statement.given for p in _parts(statement.supposed(g, seen), g.says, True)]
                with _set_to(SPACE, space):
                    claims = list(_parts(statement.body(**seen), "", space=space))
            claims += [Part(says, form, begins=True) for says, form in space.begins]
            claims += [Part(says, form, induction=True) for says, form in space.steps]
            bound = bound_to_end((row for m in space.members for row in m.data()[2]), space.of_end)
            known = [part for m in space.members for part in _asked(m, divided, space, bound)]
    except NotLinear:
        raise
    except (Exception, SystemExit) as why:  # a body is written for points with coordinates
        read(statement, families)
        if isinstance(why, NotExact) and ("(Point)" in str(why) or "(Ratio)" in str(why)):
            raise NotLinear("a number that is no rational, such as a root, meets a point or a parameter") from why
        if isinstance(why, AttributeError) and type(why.obj) in _KINDS:
            raise NotLinear(f"it asks {_KINDS[type(why.obj)]} for .{why.name}") from why
        raise NotLinear(told(why)) from why
    known += [Part(says, form, induction=True) for says, form in space.induced]
    known += [Part(says, form, hypothesis=True) for says, form in space.missed]
    known = [replace(p, of_step=p.of_step or not space.of_step.isdisjoint(unknowns_in(p.form))) for p in known]
    conditions = [*known, *(replace(p, strict=False, hypothesis=True) for p in given if p.form.terms)]
    problem = Problem(
        tuple(space.vectors),
        tuple(space.values),
        tuple(conditions),
        tuple(claims),
        {n: seen[n] for n in statement.variables},
        counters=tuple(space.counters),
        divisors=tuple(divided),
        positive=tuple(space.positive),
        at_least_0=(*at_least_0, *space.at_least_0),
        power=powers[0] if powers else None,
        wider=wider or None in known_of,
        sides=choices.sides() if choices is not None else (),
    )
    return _with_origin(problem)


def _plain(value: Any, name: str) -> Any:
    """A value of a variable that is no member and no point: what is made of numbers, and of no code of a user."""
    if not isinstance(value, Ratio) and any(True for _ in functions_in(value)):
        raise NotLinear(f"{name} is a {type(value).__name__} that holds code, which is not read")
    return value


def _known_of(x: Any, claim: Any, says: str) -> list[Part] | None:
    """What the part of a domain says of a point or a number, beside being one of the larger set; None where that is not linear, and the statement is decided for
    more of them."""
    try:
        return list(_parts(claim(x), says, supposed=True))
    except NotLinear as why:
        overlook(why)
        return None


def _asked(member: Any, divided: list[Ratio], space: Space, bound: set[tuple[int, ...]]) -> list[Part]:
    """What the class of a member asks of its answers. What conditions of a user's own divide by is put to `divided`: where it is 0 they say nothing. Of an answer
    that is `bound` to the number of steps, or at such a point, they are about the last step alone."""
    with _set_to(DIVISORS, divided if hasattr(member, "templates") else None):
        found = [
            Part(says, Form.of(form), at_once=not getattr(member, "continuous", True))
            for says, form in member.conditions()
        ]
        name = member.data()[0]
        within = {label for of, label in space.at_some | space.at_last if of == name}
        apart: set[str] = set()
        for one in within:
            with member.answering(lambda label, one=one: label == one or label not in within):
                apart |= {says for says, _ in member.conditions()}
        # What a class asks of two states is not known of them.
        found = [replace(p, unmade=p.says not in apart) for p in found] if within else found
        of_end = (
            {row[0] for row in member.data()[2] if is_of_end(row, bound, space.of_end)} if space.counters else set()
        )
        of_end |= {label for of, label in space.at_last if of == name}
        if of_end:
            with member.answering(lambda label: label not in of_end):
                of_each = {says for says, _ in member.conditions()}
            found = [replace(p, of_end=p.says not in of_each) for p in found]
        if not space.unasked:
            return found
        with member.answering(lambda label: (name, label) not in space.unasked):
            alone = {says for says, _ in member.conditions()}
        made = {r[0] for r in member.data()[2] if space.is_made(member, r[0])}
        with member.answering(lambda label: label in made):
            carried_out = {says for says, _ in member.conditions()}
        return [replace(p, of_step=p.says not in alone, unmade=p.unmade or p.says not in carried_out) for p in found]


@contextmanager
def _set_to(variable: ContextVar[Any], value: Any) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


def _parts(claim: Claim, name: str, supposed: bool = False, space: Space | None = None) -> Iterator[Part]:
    """The inequalities of a claim; raises NotLinear for any other claim."""
    if isinstance(claim, Relation):
        claim = of_forms(claim)
    if isinstance(claim, Every):
        for says, part in claim.parts:
            yield from _parts(part, f"{name}: {says}" if name and says else name or says, supposed, space)
    elif isinstance(claim, Some) and space is not None:
        yield _one_of(claim, name, space)
    elif isinstance(claim, Supposition) and supposed:
        yield from _parts(claim.make(), name, supposed)
    elif isinstance(claim, Relation) and claim.op in ("<=", "<", "="):
        says = name or (" ".join((claim.written[0], claim.op, claim.written[1])) if claim.written else "lhs <= rhs")
        if claim.op == "=" and isinstance(claim.lhs, Point):
            apart = claim.lhs - claim.rhs
            yield Part(says, -apart.inner_product(apart))
            return
        gap = Form.of(claim.rhs) - Form.of(claim.lhs)
        yield Part(says, gap, claim.op == "<")
        if claim.op == "=":
            yield Part(says, -gap)
    elif isinstance(claim, Constant) and claim.truth is True:
        return
    else:
        kind = "any_of" if isinstance(claim, Some) else type(claim).__name__
        raise NotLinear(f"{kind} is no inequality between sides that are linear")


def _one_of(claim: Some, name: str, space: Space) -> Part:
    """That one of the alternatives holds: an unknown number by which each of them is missed, at least, is not positive."""
    found = [[*_parts(part, says.replace("_", " "))] for says, part in claim.parts]
    if not found or any(len(parts) != 1 for parts in found):
        raise NotLinear("an alternative is one inequality")
    alternatives = [part for (part,) in found]
    # In the units of the alternatives, which are a power of L.
    sizes = [s for p in alternatives if (s := degree_of(p.form, space)) is not None]
    unit = parameters()[1]
    others = sum(v.name == "s" or v.name.startswith("s_") for v in space.values)
    by_s = f"s_{others + 1}" if others else "s"
    missed = space.value(by_s, unit if sizes else Fraction(1))
    by = missed if not sizes else unit ** (sizes[0] - 1) * missed
    space.missed += [(f"{p.says} is missed by {by_s} at least", -p.form - by) for p in alternatives]
    says = f"{name or 'one of the alternatives'}: {by_s} <= 0, where each of {', '.join(p.says for p in alternatives)} is missed by {by_s} at least"
    return Part(says, -missed, any(p.strict for p in alternatives))


def _with_origin(problem: Problem) -> Problem:
    """One point at 0, where no form changes when all points move together."""
    positions = [i for i, v in enumerate(problem.vectors) if v.position]
    forms = [p.form for p in (*problem.conditions, *problem.claims)]
    about_zero = any(getattr(thing, "knows_zero", False) for thing in problem.seen.values())
    if about_zero or not positions or not all(_moves_along(f, set(positions)) for f in forms):
        return problem
    # A minimizer where there is one: the point that proofs are written around.
    origin = next((i for i in positions if problem.vectors[i].name.endswith("*")), positions[-1])

    def without(p: Part) -> Part:
        return replace(p, form=Form({k: c for k, c in p.form.terms.items() if len(k) < 2 or origin not in k}))

    return replace(
        problem,
        conditions=tuple(map(without, problem.conditions)),
        claims=tuple(map(without, problem.claims)),
        origin=origin,
    )


def _moves_along(form: Form, positions: set[int]) -> bool:
    """Whether v_i -> v_i + w for all positions i leaves a form as it is: for each vector j, sum_i c_ij = 0."""
    sums: dict[int, Any] = {}
    for k, c in form.terms.items():
        if len(k) != 2:
            continue
        i, j = k
        if i == j and i in positions:
            sums[i] = sums.get(i, mpq(0)) + 2 * c
        elif i != j:
            for a, b in ((i, j), (j, i)):
                if a in positions:
                    sums[b] = sums.get(b, mpq(0)) + c
    return all(is_zero(s) for s in sums.values())


def vectors_of(problem: Problem) -> list[int]:
    """The unknown vectors but for the one at 0."""
    return [i for i in range(len(problem.vectors)) if i != problem.origin]


def matrix(form: Form, order: list[int]) -> list[list[Any]]:
    """The symmetric matrix of the quadratic part of a form."""
    at = {v: n for n, v in enumerate(order)}
    m = [[mpq(0)] * len(order) for _ in order]
    for k, c in form.terms.items():
        if len(k) == 2:
            i, j = at[k[0]], at[k[1]]
            if i == j:
                m[i][i] = c
            else:
                m[i][j] = m[j][i] = c / 2
    return m
