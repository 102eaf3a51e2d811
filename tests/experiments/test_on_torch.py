"""The backend that not everybody has: it agrees with NumPy, or says what to install."""

from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from experiments.__main__ import main
from experiments.network import IDENTITY, SQUARED, Network, network
from experiments.on_torch import TorchNetwork, compared, torch
from refute import BadInput


def test_it_agrees_or_says_what_to_install() -> None:
    if find_spec("torch") is not None:
        assert compared() <= 1
        return
    with pytest.raises(BadInput, match="pip install torch"):
        torch()
    result = CliRunner().invoke(main, ["edge-of-stability", "--quick", "--backend", "torch"])
    assert result.exit_code == 1
    assert "PyTorch is not installed" in result.output


def test_a_backend_makes_its_own_networks() -> None:
    assert type(network("numpy", (2, 1), IDENTITY, SQUARED)) is Network
    assert type(network("torch", (2, 1), IDENTITY, SQUARED)) is TorchNetwork
