"""What every process of a run needs, imported once by the server that forks them."""

from __future__ import annotations

import refute.cli
import refute.ledger
import refute.shrink  # noqa: F401
from refute.discover import of_objectives

of_objectives("protocol")  # with it comes the whole package
