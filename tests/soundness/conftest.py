"""mpmath computes with sixty digits in these tests, as `check` does first."""

from collections.abc import Iterator

import pytest

from refute.numbers.mp import digits


@pytest.fixture(autouse=True)
def sixty_digits() -> Iterator[None]:
    with digits(60):
        yield
