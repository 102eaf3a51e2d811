"""The environments of the peers: HypoFuzz needs an older Hypothesis, PEPit brings cvxpy."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FUZZ = (
    "hypofuzz==25.11.1",
    "hypothesis==6.148.2",
    "python-flint",
    "gmpy2",
    "mpmath",
    "numpy",
    "click",
    "rich",
    "pytest-benchmark",
)
PEP = ("PEPit==0.5.0", "clarabel")


def made(folder: Path) -> dict[str, str]:
    """Make what is missing; returns the environment variables that name the two."""
    places = {"REFUTE_HYPOFUZZ": folder / "hypofuzz", "REFUTE_PEPIT": folder / "pepit"}
    for place, packages in zip(places.values(), (FUZZ, PEP), strict=True):
        done = place / "done"
        if not done.exists():
            print(f"making {place}", file=sys.stderr)
            venv.create(place, with_pip=True, clear=True)
            pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, *packages], check=True)
            if packages is FUZZ:
                subprocess.run([*pip, "--no-deps", str(ROOT)], check=True)
            done.touch()
    return {name: str(place) for name, place in places.items()}
