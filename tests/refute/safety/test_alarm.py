"""A limit on processor time, and one within another."""

import time
from contextlib import suppress

import pytest

from refute.safety.alarm import TimeIsUp, alarm


def _busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_work_that_takes_too_long_is_stopped_and_other_work_is_not() -> None:
    with pytest.raises(TimeIsUp), alarm(0.1):
        _busy(20)
    with alarm(20):
        _busy(0.1)
    with alarm(None):
        _busy(0.1)
    _busy(0.2)  # nothing rings afterwards


def test_the_outer_alarm_goes_on_when_an_inner_one_ends() -> None:
    with pytest.raises(TimeIsUp), alarm(0.3):
        _many_short_pieces()
    with pytest.raises(TimeIsUp), alarm(0.3):
        _one_that_is_stopped_and_more()


def _many_short_pieces() -> None:
    for _ in range(1000):
        with alarm(20):
            _busy(0.02)


def _one_that_is_stopped_and_more() -> None:
    with suppress(TimeIsUp), alarm(0.1):
        _busy(20)
    _busy(20)


def test_an_inner_alarm_is_never_later_than_the_outer_one() -> None:
    with pytest.raises(TimeIsUp), alarm(0.2), alarm(20):
        _busy(20)
