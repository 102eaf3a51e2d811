"""What the rooms export: each name once, with a sentence that says what it is."""

import inspect
from importlib import import_module

import pytest

import objectives

ROOMS = ("classes", "encounters", "factorization", "functions", "methods", "networks", "ripples", "wells")
NAMES = [
    *(f"objectives.{name}" for name in objectives.__all__),
    *(f"objectives.{room}.{name}" for room in ROOMS for name in import_module(f"objectives.{room}").__all__),
]


@pytest.mark.parametrize("name", NAMES)
def test_every_exported_name_says_what_it_is(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    thing = getattr(import_module(module), attribute)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        first = (inspect.getdoc(thing) or "").split("\n\n")[0]
        assert len(first) > 5, name


def test_the_general_vocabulary_is_that_of_the_general_rooms() -> None:
    for name in objectives.__all__:
        assert any(
            name in import_module(f"objectives.{room}").__all__ for room in ("functions", "classes", "methods")
        ), name


def test_dir_and_all_see_every_name() -> None:
    assert set(objectives.__all__) <= set(dir(objectives))
    import refute

    assert {"le", "converges", "any_of", "clip"} <= set(refute.__all__) <= set(dir(refute))
    for name in refute.__all__:
        assert getattr(refute, name) is not None
