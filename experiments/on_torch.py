"""The same networks with PyTorch, on a GPU where there is one: `--backend torch`. `python -m experiments.on_torch` compares the two.

Loss and gradient are those of `Network`, by PyTorch's own differentiation, with the parameters taken to the device and the gradient back at each step; everything
else of an experiment stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.network import CROSS_ENTROPY, IDENTITY, RELU, SINE, SQUARED, TANH, Activation, Array, Network, leaky
from refute.errors import BadInput

#: By how much value and gradient may differ from NumPy's, relative to their size, by the type of the numbers.
AGREES: dict[Any, float] = {np.float64: 1e-12, np.float32: 1e-4}


def torch() -> Any:
    """The library; raises BadInput where it is not installed."""
    try:
        import torch as found
    except ImportError:
        raise BadInput("--backend torch: PyTorch is not installed: pip install torch") from None
    return found


@dataclass(frozen=True)
class TorchNetwork(Network):
    """A network whose loss and gradient PyTorch computes."""

    def value_and_gradient(self, theta: Array, X: Array, Y: Array) -> tuple[float, Array]:
        """The loss and its gradient, of the shape of the parameters."""
        t = torch()
        device = "cuda" if t.cuda.is_available() else "cpu"
        parameters = t.tensor(theta, device=device, requires_grad=True)
        a, wanted = t.as_tensor(X, device=device), t.as_tensor(Y, device=device)
        layers = self.layers(parameters)
        for i, (W, b) in enumerate(layers):
            a = a @ W + b
            if i < len(layers) - 1:
                a = _activated(t, self.activation, a)
        if self.loss is SQUARED:
            loss = ((a - wanted) ** 2).sum() / (2 * len(a))
        else:
            loss = t.nn.functional.cross_entropy(a, wanted.long())
        loss.backward()
        return float(loss.detach()), parameters.grad.cpu().numpy()


def _activated(t: Any, activation: Activation, z: Any) -> Any:
    match activation.name:
        case "linear":
            return z
        case "ReLU":
            return t.relu(z)
        case "tanh":
            return t.tanh(z)
        case "sine":
            return t.sin(z)
    return t.nn.functional.leaky_relu(z, float(activation.slope(np.array([-1.0]), np.array([-1.0]))[0]))


def compared() -> float:
    """The largest difference, in units of what is allowed, over kinds of layers, losses, types and seeds."""
    worst = 0.0
    for activation in (IDENTITY, RELU, leaky(0.25), TANH, SINE):
        for loss in (SQUARED, CROSS_ENTROPY):
            for kind, allowed in AGREES.items():
                for seed in range(5):
                    rng = np.random.default_rng(seed)
                    widths = (12, 9, 7, 4)
                    X = rng.standard_normal((30, 12)).astype(kind)
                    Y = rng.integers(0, 4, 30) if loss is CROSS_ENTROPY else rng.standard_normal((30, 4)).astype(kind)
                    here, there = Network(widths, activation, loss), TorchNetwork(widths, activation, loss)
                    theta = here.start(rng, dtype=kind)
                    (f, g), (other, slope) = (n.value_and_gradient(theta, X, Y) for n in (here, there))
                    far = max(abs(f - other) / (1 + abs(f)), float(np.abs(g - slope).max() / (1 + np.abs(g).max())))
                    worst = max(worst, far / allowed)
    return worst


if __name__ == "__main__":
    found = compared()
    print(f"PyTorch {torch().__version__}: the largest difference is {found:.3g} of what is allowed")
    raise SystemExit(found > 1)
