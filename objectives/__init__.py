"""What theorems quantify over: functions with computed constants, their classes, methods.

The names stand in `__init__.pyi`; a topic's own words are imported from its room, as in `from objectives.wells import ...`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
