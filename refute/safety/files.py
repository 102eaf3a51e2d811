"""Files that are whole or not there: a reader, a kill, a full disk or another process never sees half of one."""

from __future__ import annotations

import io
import os
import stat
import tempfile
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from refute.errors import BadInput

#: The folder that holds refute, objectives and theorems.
HOME = Path(__file__).resolve().parents[2]
# The largest ledger that is read, in bytes.
MAX_LEDGER = 256 * 2**20


def write_text(path: Path, text: str) -> None:
    """Write a whole file, in UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file at once: a reader, or a kill, sees the old one or the new one. A link is followed; a pipe or a device
    is written to, never replaced. Two processes may write one file: each writes a draft of its own. Raises OSError, and
    leaves the old file, where the new one cannot be written whole."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(content)
            f.flush()
            os.fsync(f.fileno())
        draft.chmod(_mode(path))
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """That of the file that is replaced, or what the process gives new files."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def read_text(path: Path, most: int) -> str:
    """The text of a plain file of at most so many bytes. Raises BadInput for anything else: a folder, a device, a pipe."""
    try:
        return _read(path, most).decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{path.name}: not a text file") from None


_NOTED: ContextVar[set[Path] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[Path]]:
    """The files of prose that are read, or looked for in vain, within the block."""
    found: set[Path] = set()
    token = _NOTED.set(found)
    try:
        yield found
    finally:
        _NOTED.reset(token)


def note(path: Path) -> None:
    """A file that is looked for: were it there, or another one, what is read would be another thing."""
    noted = _NOTED.get()
    if noted is not None:
        noted.add(path.resolve())


def read_prose(path: Path, most: int) -> str:
    """The text of a plain file in UTF-8, or where it is none, in UTF-16 with a mark or in the encoding of western Windows. Raises BadInput for anything
    else: a folder, a device, a picture."""
    note(path)
    data = _read(path, most)
    for encoding in ("utf-8-sig", *(("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ())):
        try:
            return _plain_ends(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if b"\0" in data:
        raise BadInput(f"{path.name}: not a text file")
    return _plain_ends(data.decode("cp1252", "replace"))


def _plain_ends(text: str) -> str:
    """The text with the ends of lines of Unix."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


# A Python file that is larger is none that a person wrote.
MAX_SOURCE = 16 * 2**20


def read_source(path: Path) -> str:
    """The text of a Python file as Python reads it: a byte order mark, a coding line and every kind of line end count. Raises BadInput
    for what is no such text."""
    data = _read(path, MAX_SOURCE)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeDecodeError, LookupError) as why:
        raise BadInput(f"{path.name}: not a Python text ({why})") from None


def as_source(text: str, like: bytes) -> bytes:
    """The text of a Python file in the encoding and with the line ends of another version of it. Raises BadInput for what that encoding has
    no letter for."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(like).readline)
    ends = b"\r\n" if b"\r\n" in like else b"\r" if b"\r" in like and b"\n" not in like else b"\n"
    try:
        return text.replace("\n", ends.decode()).encode(encoding)
    except UnicodeEncodeError as why:
        raise BadInput(
            f"{encoding}, the encoding of the file, has no {text[why.start]!r}: add refuted_at= by hand"
        ) from None


def _read(path: Path, most: int) -> bytes:
    try:
        size = path.stat()
        if not stat.S_ISREG(size.st_mode):
            raise BadInput(f"{path}: not a plain file")
        if size.st_size > most:
            raise BadInput(f"{path.name}: larger than {most} bytes")
        with path.open("rb") as f:
            data = f.read(most + 1)
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})") from None
    if len(data) > most:
        raise BadInput(f"{path.name}: larger than {most} bytes")
    return data


def file_of(id_: str, folder: Path) -> Path:
    """Where the counterexample of a theorem is written."""
    return folder / (id_.replace("/", "--").replace(":", "--") + ".json")
