"""A user's modules are compiled from their text, each time; a quotient of two ints is a rational in them, and no float decides anything.

Python takes the bytecode of a file for its text where size and time agree, which an archive, a copy or two quick edits do not tell apart. And it
makes a float of 1/3, which would decide a comparison before any number of a statement has seen it: 49 * (1/49) < 1. The same of log2(n) and
0.1 * n: while a statement is decided, a float is refused where it is compared, asked, put into a list, returned or given to a function, such as
floor, that would make an exact number of it.
"""

from __future__ import annotations

import ast
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from refute.safety.files import HOME
from refute.sources.rewriting import GIVEN, rewritten

_LIBRARIES = (sys.prefix, sys.base_prefix, *filter(None, map(sysconfig.get_path, ("stdlib", "purelib", "platlib"))))


class FromSource(SourceFileLoader):
    """Loads a module from its text alone, with exact quotients of ints."""

    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        tree = data if isinstance(data, ast.Module) else ast.parse(data, path)
        return compile(
            rewritten(tree, os.path.basename(os.fsdecode(path))), path, "exec", dont_inherit=True, optimize=_optimize
        )

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(GIVEN)
        super().exec_module(module)


def _finder(folder: str) -> FileFinder:
    """For folders of a user; raises ImportError for those of libraries and of refute."""
    here = os.path.realpath(folder)
    if not os.path.isdir(here) or any(
        Path(here).is_relative_to(os.path.realpath(home)) for home in (*_LIBRARIES, *_OURS)
    ):
        raise ImportError("not a user's folder")
    return FileFinder(
        folder,
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (FromSource, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    )


_OURS = tuple(str(HOME / room) for room in ("refute", "objectives"))


def compile_always() -> None:
    """From now on, in this process."""
    if _finder not in sys.path_hooks:
        sys.path_hooks.insert(0, _finder)
        sys.path_importer_cache.clear()


@contextmanager
def from_source() -> Iterator[None]:
    """While a theorem file is loaded."""
    if _finder in sys.path_hooks:
        yield
        return
    compile_always()
    try:
        yield
    finally:
        sys.path_hooks.remove(_finder)
        sys.path_importer_cache.clear()
