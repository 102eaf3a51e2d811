"""The solver's guesses, and that it says nothing of its own accord."""

import os
import sys

import pytest

from refute.duality.solver.conic import _without_a_word, smat, svec


def test_nothing_that_the_solver_writes_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """A panic of it writes a page to file descriptor 2 where RUST_BACKTRACE is set."""
    print("before", file=sys.stderr)
    with _without_a_word():
        os.write(2, b"thread panicked at ...")
    print("after", file=sys.stderr)
    with pytest.raises(ZeroDivisionError), _without_a_word():
        print(1 / 0)
    os.write(2, b"still there")
    assert capfd.readouterr().err == "before\nafter\nstill there"


def test_the_triangle_of_a_matrix_is_the_matrix() -> None:
    import numpy as np

    m = np.array([[1.0, 2, 4], [2, 3, 5], [4, 5, 6]])
    assert smat(svec(m), 3) == pytest.approx(m)
