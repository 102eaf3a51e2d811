"""refute: executable theorems. A theorem file imports its whole vocabulary from here.

The names stand in `__init__.pyi`. Each is found when it is first used (SPEC 1), so that loading the pytest plugin
costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

__version__ = "0.1.0"
