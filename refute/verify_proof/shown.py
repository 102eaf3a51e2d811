"""What a proof shows, in the names of its file."""

from __future__ import annotations

from typing import Any

from refute.verify_proof.forms import Form, combination, form
from refute.verify_proof.polynomials import Quotient, quotient


def classes(f: dict[str, Any], case: dict[str, Any]) -> list[str]:
    """What a function's class asks, and what it answered where it was asked, as the file says it."""
    names = {"vectors": ["a.x", "a.g", "b.x", "b.g"], "values": ["a.f", "b.f"]}
    shown = [
        f"the class of {f['name']} asks {'of a and b' if kind == 'pair' else 'of a' if kind == 'one' else 'of a and the minimizer b'}: 0 <= {written(form(template, 4, 2), names)}"
        for kind, templates in f.get("asks", {}).items()
        for template in templates
    ]
    if f.get("linear", False):
        what = "quadratic: its gradient is linear in x - x_*" if any(r["f"] for r in f["rows"]) else "a linear operator"
        shown.append(f"{f['name']} is {what}")
    if "adjoint_of" in f:
        shown.append(f"{f['name']} is the adjoint of {f['adjoint_of']}")
    if "low" in f:
        shown.append(f"the class of {f['name']}: the curvature is between {coefficients(quotient(f['low']))} and 1")
    for r in f["rows"]:
        x, g, value = (
            written(combination(r[part], len(names)), {**case, "values": names})
            for part, names in (("x", case["vectors"]), ("g", case["vectors"]), ("f", case["values"]))
        )
        shown.append(f"{f['name']} at {r['at']}: the point {x}, gradient {g}, value {value}")
    return shown


def coefficients(c: Quotient) -> str:
    """p(t)/q(t) by its coefficients from the constant one up."""
    return (", ".join(map(str, c.p)) or "0") + (f" over {', '.join(map(str, c.q))}" if len(c.q) > 1 else "")


def written(claim: Form, case: dict[str, Any]) -> str:
    """A form in the names of the file."""
    names = {1: case["values"], 2: case["vectors"]}
    rows = {k: coefficients(c) for k, c in claim.items() if c.p}
    return (
        " + ".join(f"({row}) {' . '.join(names[len(k)][i] for i in k) if k else '1'}" for k, row in rows.items()) or "0"
    )
