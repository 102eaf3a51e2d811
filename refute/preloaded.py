"""What every process of a run needs, imported once by the server that forks them."""

from __future__ import annotations

import clarabel  # noqa: F401  (with SciPy a fifth of a second, in each process that decides by duality)
import scipy.sparse  # noqa: F401

import refute.cli.main
import refute.search.shrink
import refute.verdicts.examine  # noqa: F401
from refute.sources.discover import of_objectives

for room in ("classes", "encounters", "factorization", "methods", "networks", "ripples", "wells"):
    of_objectives(room)
