"""refute: executable theorems. A theorem file imports its whole vocabulary from here.

The names are found when first used (PEP 562), so that loading the pytest plugin costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from refute.ball import Ball as Ball
    from refute.ball import precision as precision
    from refute.batch import Batch as Batch
    from refute.boxes import Boxes as Boxes
    from refute.boxes import Product as Product
    from refute.boxes import volume as volume
    from refute.claims import Claim as Claim
    from refute.claims import both as both
    from refute.claims import eq as eq
    from refute.claims import every as every
    from refute.claims import known as known
    from refute.claims import le as le
    from refute.claims import lt as lt
    from refute.claims import ne as ne
    from refute.consistency import Contradiction as Contradiction
    from refute.consistency import came_with_refute as came_with_refute
    from refute.consistency import contradictions as contradictions
    from refute.domains import RATIONALS as RATIONALS
    from refute.domains import Case as Case
    from refute.domains import Domain as Domain
    from refute.domains import Draw as Draw
    from refute.domains import at_least as at_least
    from refute.domains import between as between
    from refute.domains import choose as choose
    from refute.domains import draw_rational as draw_rational
    from refute.domains import integers as integers
    from refute.domains import naturals as naturals
    from refute.domains import nonzero as nonzero
    from refute.domains import one_of as one_of
    from refute.domains import points as points
    from refute.domains import positive as positive
    from refute.domains import rational as rational
    from refute.domains import rationals as rationals
    from refute.domains import such_that as such_that
    from refute.dual import derivative_of as derivative_of
    from refute.dual import jacobian as jacobian
    from refute.dual import partials as partials
    from refute.enclosed import Enclosed as Enclosed
    from refute.errors import BadInput as BadInput
    from refute.errors import CannotBatch as CannotBatch
    from refute.errors import Undecided as Undecided
    from refute.fate import Fate as Fate
    from refute.flow import solution as solution
    from refute.functions import Scalar as Scalar
    from refute.functions import absolute as absolute
    from refute.functions import cos as cos
    from refute.functions import exp as exp
    from refute.functions import log as log
    from refute.functions import log_cosh as log_cosh
    from refute.functions import maximum as maximum
    from refute.functions import piecewise as piecewise
    from refute.functions import sigmoid as sigmoid
    from refute.functions import sin as sin
    from refute.functions import softplus as softplus
    from refute.functions import sqrt as sqrt
    from refute.functions import tanh as tanh
    from refute.intervals import Intervals as Intervals
    from refute.intervals import first_meetings as first_meetings
    from refute.intervals import preimage as preimage
    from refute.intervals import union as union
    from refute.law import Sample as Sample
    from refute.law import distance_from_law as distance_from_law
    from refute.law import mean_at_least as mean_at_least
    from refute.law import mean_at_most as mean_at_most
    from refute.lifting import constant as constant
    from refute.lifting import lift as lift
    from refute.limit_point import at_limit as at_limit
    from refute.limits import aperiodic as aperiodic
    from refute.limits import bounded as bounded
    from refute.limits import converges as converges
    from refute.limits import converges_to as converges_to
    from refute.limits import does_not_converge as does_not_converge
    from refute.limits import does_not_settle as does_not_settle
    from refute.limits import settles as settles
    from refute.limits import unbounded as unbounded
    from refute.mp import Mp as Mp
    from refute.mp import digits as digits
    from refute.mp import running_digits as running_digits
    from refute.not_tried import NotTried as NotTried
    from refute.of_period import orbits_of_period as orbits_of_period
    from refute.periodic import Orbit as Orbit
    from refute.periodic import periodic_orbits as periodic_orbits
    from refute.real import as_fraction as as_fraction
    from refute.statement import Given as Given
    from refute.system import Piece as Piece
    from refute.system import System as System
    from refute.theorem import Empty as Empty
    from refute.theorem import Mutant as Mutant
    from refute.theorem import Theorem as Theorem
    from refute.vector import Matrix as Matrix
    from refute.vector import Vec as Vec
    from refute.vector import dot as dot
    from refute.vector import norm as norm
    from refute.vector import sq as sq
    from refute.vector import times as times
    from refute.vector import total as total
    from refute.vector import vec as vec

__version__ = "0.1.0"

_HOME = {
    "ball": "Ball precision",
    "batch": "Batch",
    "boxes": "Boxes Product volume",
    "claims": "Claim both eq every known le lt ne",
    "domains": "Case Domain Draw RATIONALS at_least between choose draw_rational integers naturals nonzero one_of points positive rational rationals such_that",
    "consistency": "Contradiction came_with_refute contradictions",
    "dual": "derivative_of jacobian partials",
    "enclosed": "Enclosed",
    "errors": "BadInput CannotBatch Undecided",
    "fate": "Fate",
    "flow": "solution",
    "functions": "Scalar absolute cos exp log log_cosh maximum piecewise sigmoid sin softplus sqrt tanh",
    "intervals": "Intervals first_meetings preimage union",
    "law": "Sample distance_from_law mean_at_least mean_at_most",
    "lifting": "constant lift",
    "limit_point": "at_limit",
    "limits": "aperiodic bounded converges converges_to does_not_converge does_not_settle settles unbounded",
    "not_tried": "NotTried",
    "of_period": "orbits_of_period",
    "periodic": "Orbit periodic_orbits",
    "real": "as_fraction",
    "statement": "Given",
    "system": "Piece System",
    "mp": "Mp digits running_digits",
    "theorem": "Empty Mutant Theorem",
    "vector": "Matrix Vec dot norm sq times total vec",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}
__all__ = sorted(_MODULE)


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'refute' has no attribute {name!r}")
    return getattr(import_module(f"refute.{_MODULE[name]}"), name)
