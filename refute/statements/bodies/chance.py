"""What answers otherwise the next time: a statement that asks it is no function of its variables, and what it says once says nothing."""

from __future__ import annotations

import os
import random
import secrets
import time
import uuid
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from refute.errors import BadInput
from refute.statements.bodies.one_pass import codes, is_of_a_user, reached

MODULES = (random, secrets, uuid, np.random)
FUNCTIONS = (os.urandom, time.time, time.time_ns, time.monotonic, time.perf_counter, time.process_time)
# With a seed of its own a generator is a function.
SEEDED = ("Random", "default_rng", "RandomState", "uuid5", "uuid3", "UUID")


def refuse_chance(where: str, named: Iterable[tuple[str, Any]]) -> None:
    """Raise BadInput where a body or a hypothesis, or a function of a user that it calls, throws a die or reads a clock, or asks whether a number is a Fraction: numbers are
    exact reals there, and the answer would be no."""
    for name, part in reached(named):
        owner = getattr(part, "__self__", None)
        if type(owner) in (random.Random, random.SystemRandom) or any(part is f for f in FUNCTIONS):
            raise _by_chance(where, name)
        if isinstance(part, FunctionType) and is_of_a_user(part.__code__.co_filename):
            for code in codes(part.__code__):
                _is_certain(where, code, part.__globals__)


def _is_certain(where: str, code: CodeType, names: Mapping[str, Any]) -> None:
    """Raise BadInput where code names what answers by chance, or a type that numbers do not have."""
    known = {n: names[n] for n in code.co_names if n in names}
    if not any(n in SEEDED for n in code.co_names):
        for n, value in known.items():
            if any(value is m for m in MODULES) or (value is np and "random" in code.co_names):
                raise _by_chance(where, n if value is not np else f"{n}.random")
    numbers = [n for n, value in known.items() if value is Fraction]
    if numbers and "isinstance" in code.co_names and "isinstance" not in names:
        raise BadInput(
            f"{where}: {code.co_name} asks whether something is a {numbers[0]}: the numbers of a body are exact reals, of another type, and the answer would be no; "
            "as_fraction(x) is a Fraction"
        )


def _by_chance(where: str, name: str) -> BadInput:
    return BadInput(
        f"{where}: {name} answers otherwise the next time, and a statement is a function of its variables: quantify over what is thrown, or speak of its law"
    )
