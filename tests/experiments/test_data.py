"""Images from the wheels that are installed, and from files of one's own."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from experiments.data import digits, from_folder, mnist
from refute import BadInput


def idx(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype("u1").tobytes()


def test_the_images_that_come_with_the_extra() -> None:
    some, small = mnist(), digits()
    assert some.X.shape == (5000, 784)
    assert np.bincount(some.labels).tolist() == [500] * 10
    assert small.X.shape == (1797, 64)
    for images in (some, small):
        assert images.X.dtype == np.float32
        assert (images.X.min(), images.X.max()) == (0, 1)


def test_a_split_uses_every_image_once() -> None:
    images = digits()
    X, Y, X_test, Y_test = images.split(np.random.default_rng(0), 1000)
    assert (len(X), len(Y), len(X_test), len(Y_test)) == (1000, 1000, 797, 797)
    assert np.concatenate([X, X_test]).sum() == pytest.approx(images.X.sum(), rel=1e-5)
    with pytest.raises(BadInput, match="of which 1797 cannot be trained on and others tested"):
        images.split(np.random.default_rng(0), 1797)


def test_idx_files_packed_or_not(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    X, Y = rng.integers(0, 256, (6, 4, 4)), rng.integers(0, 10, 6)
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(X[:4])))
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(Y[:4])))
    (tmp_path / "t10k-images-idx3-ubyte").write_bytes(idx(X[4:]))
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(Y[4:]))
    found = from_folder(tmp_path)
    assert found.X.shape == (6, 16)
    order = [4, 5, 0, 1, 2, 3]  # by the names of the files
    assert found.labels.tolist() == Y[order].tolist()
    assert pytest.approx(X.reshape(6, 16)[order] / X.max()) == found.X


def test_an_archive_of_numpy(tmp_path: Path) -> None:
    np.savez(tmp_path / "own.npz", X=np.ones((3, 2, 2)) * 0.5, labels=np.array([0, 1, 2]))
    found = from_folder(tmp_path)
    assert (found.name, found.X.shape, found.X.max()) == ("own", (3, 4), 0.5)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        from_folder(tmp_path / "missing")
    with pytest.raises(BadInput, match=r"neither an \.npz nor pairs"):
        from_folder(tmp_path)
    (tmp_path / "images-idx3-ubyte").write_bytes(b"no idx")
    (tmp_path / "labels-idx1-ubyte").write_bytes(b"")
    with pytest.raises(BadInput, match="is no IDX file"):
        from_folder(tmp_path)
    for name, arrays, why in (
        ("a", {"X": np.ones((2, 2))}, "has no array labels"),
        ("b", {"X": np.ones((2, 2)), "labels": np.array([0, 1, 2])}, "2 images and 3 labels"),
        ("c", {"X": np.ones((2, 2)), "labels": np.array([0.5, 1])}, "not the integers"),
        ("d", {"X": np.full((2, 2), np.nan), "labels": np.array([0, 1])}, "not finite"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        np.savez(folder / "x.npz", **arrays)
        with pytest.raises(BadInput, match=why):
            from_folder(folder)
