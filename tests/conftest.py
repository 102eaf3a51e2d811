"""One Hypothesis profile for these tests, the same with and without CI: a loaded machine fails none."""

from hypothesis import settings

settings.register_profile("tests", deadline=None, database=None, derandomize=True)
settings.load_profile("tests")
