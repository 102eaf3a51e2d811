r"""Statements of the sources that have no record here, with the reason."""

from refute import NotTried

FLATTER_GENERALIZES = NotTried(
    "tao-wang-2022", "popular-conjecture-1", "not executable: generalization is not defined in the source"
)
LARGE_FINDS_FLATTER = NotTried(
    "tao-wang-2022",
    "popular-conjecture-2",
    "not executable as said of all objectives; see balancing-bound and grachev-2023",
)
RANK_TWO = NotTried(
    "frei-2022",
    "rank-at-most-two",
    "no finite certificate for the limit of a flow's direction; what it is cited to tend to is tried (reading stationary)",
)
GOOD_REGULARITY = NotTried(
    "wang-2023",
    "limiting-sharpness",
    "no certificate for the limits with losses of good regularity, such as log cosh, which is what it is about; the square loss is tried (readings square-loss)",
)
FLOW_TO_DESCENT = NotTried(
    "elkabetz-2021",
    "flow-to-descent",
    "not encoded for networks with matrices as layers, only for chains with a balanced start (reading balanced-chains)",
)
TRAINING_LOSS = NotTried(
    "craciun-ghoshdastidar-2024",
    "training-loss-without-stationary-points",
    "not executable: the summary reports observations of networks and a perspective, no claim",
)
COARSE_GRADIENTS = NotTried(
    "craciun-ghoshdastidar-2024",
    "coarse-gradients",
    "not executable: the summary names guarantees without stating them",
)
INCONSISTENT = NotTried(
    "craciun-ghoshdastidar-2024",
    "relu-training-is-inconsistent",
    "not executable: consistency is a statement about samples whose size tends to infinity, without a rate",
)
