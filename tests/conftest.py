"""One Hypothesis profile for these tests, the same with and without CI: a loaded machine fails none."""

import gc

from hypothesis import settings

from refute.running.workers import OBJECTS

gc.set_threshold(OBJECTS, 50, 50)  # as the processes of a check have it
settings.register_profile("tests", deadline=None, database=None, derandomize=True)
settings.load_profile("tests")
