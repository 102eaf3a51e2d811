"""What 48 runs of `python -m experiments nonlinear-networks --record` measured; written by it.

tanh_settles_at_least_step: 1 where the gradient vanishes with the least step (tanh).
tanh_settles_at_greatest_step: 1 where the gradient vanishes with the greatest step (tanh).
tanh_one_transition: 1 where it vanishes up to some step, and for none beyond it (tanh).
tanh_settled_steps: for how many of the steps it vanishes (tanh).
tanh_greatest_settled: the greatest such step, as a multiple of 2/lambda (tanh).
relu_settles_at_least_step: 1 where the gradient vanishes with the least step (relu).
relu_settles_at_greatest_step: 1 where the gradient vanishes with the greatest step (relu).
relu_one_transition: 1 where it vanishes up to some step, and for none beyond it (relu).
relu_settled_steps: for how many of the steps it vanishes (relu).
relu_greatest_settled: the greatest such step, as a multiple of 2/lambda (relu).
"""

from typing import Any

RUNS: dict[str, Any] = {
    "experiment": "nonlinear-networks",
    "scale": "images 8, width 8, scale 0.5, least 0.125, greatest 32, steps 25, iterations 5000, backend numpy",
    "images": "MNIST (5,000), sha256 846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d",
    "seeds": range(100, 148),
    "measured": {
        "tanh_settles_at_least_step": "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "tanh_settles_at_greatest_step": "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
        "tanh_one_transition": "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "tanh_settled_steps": "14 13 16 15 15 15 18 17 18 17 17 19 16 15 16 12 16 16 20 14 14 18 14 12 15 15 17 17 15 16 19 12 17 13 16 20 18 19 20 17 16 18 14 14 14 16 21 19",
        "tanh_greatest_settled": "2.519842 2 4 3.174802 3.174802 3.174802 6.349604 5.039684 6.349604 5.039684 5.039684 8 4 3.174802 4 1.587401 4 4 10.07937 2.519842 2.519842 6.349604 2.519842 1.587401 3.174802 3.174802 5.039684 5.039684 3.174802 4 8 1.587401 5.039684 2 4 10.07937 6.349604 8 10.07937 5.039684 4 6.349604 2.519842 2.519842 2.519842 4 12.69921 8",
        "relu_settles_at_least_step": "1 1 1 1 1 1 1 1 1 1 1 1 1 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 0 1 1 1 0 1 1 0 1 0 1 1 1 1 1 1",
        "relu_settles_at_greatest_step": "0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 1 0 1 1 0 1 0 0 0 0 0 0",
        "relu_one_transition": "0 1 1 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 1 0 1 0 0 1 1 0 1 1 0 0 0 1 0 1 0 0 1 0 1 0 1 0 0 0",
        "relu_settled_steps": "19 19 19 22 20 19 14 19 20 19 16 15 15 12 18 17 18 18 25 19 13 20 24 20 21 16 19 20 17 19 17 17 19 18 16 23 13 23 24 20 17 22 20 19 22 23 16 15",
        "relu_greatest_settled": "12.69921 8 8 20.15874 10.07937 10.07937 3.174802 10.07937 25.39842 8 5.039684 6.349604 4 32 6.349604 6.349604 8 8 32 8 5.039684 12.69921 25.39842 16 12.69921 8 10.07937 10.07937 5.039684 10.07937 5.039684 5.039684 32 16 5.039684 20.15874 32 20.15874 32 32 5.039684 32 10.07937 10.07937 16 25.39842 5.039684 8",
    },
}
