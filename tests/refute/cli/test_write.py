"""A user's day: from an empty folder to an own refutation, and to a counterexample in the theorem file."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from refute.sources.discover import theorems_of
from tests.commands import run


def test_a_day(tmp_path: Path) -> None:
    assert run(tmp_path, "new", "claims.py").exit_code == 0
    first = run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "100")
    assert first.exit_code == 0, first.output
    assert "1 theorem, 1 as expected" in first.output
    file = tmp_path / "claims.py"
    file.write_text(file.read_text().replace("below=2)", "below=3)"))
    second = run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "100")
    assert second.exit_code == 1
    assert "News: my-notes/descent, which was open, is refuted." in second.output
    assert "violated: f(gradient_step(f, h, x)) <= f(x)" in second.output
    # What is printed works as it stands.
    verify, adopt = (words_after(f"refute {word} ", second.output) for word in ("verify", "adopt"))
    for words in (["verify", verify], ["show", "my-notes/descent"], ["report", "-q"], ["adopt", adopt]):
        done = run(tmp_path, *words)
        assert done.exit_code == 0, done.output
    third = run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "100")
    assert third.exit_code == 0, third.output
    assert "my-notes/descent  false   refuted" in third.output
    assert "violated: f(gradient_step(f, h, x)) <= f(x)" in run(tmp_path, "show", "my-notes/descent").output


def words_after(command: str, output: str) -> str:
    return output.partition(command)[2].split()[0]


def test_new_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text("x = 1\n")
    for name, says in (
        ("claims.py", "is there already"),
        ("claims", "a theorem file is a Python file"),
        ("test_claims.py", "pytest takes a file of this name for tests"),
        ("nowhere/claims.py", "does not exist"),
    ):
        done = run(tmp_path, "new", name)
        assert done.exit_code == 1
        assert says in done.output
    assert (tmp_path / "claims.py").read_text() == "x = 1\n"


BEFORE = '''"""Claims."""
from fractions import Fraction
from typing import Annotated

from objectives import smooth, Objective
from refute import Claim, Theorem, Vec, le, points

F = Annotated[Objective, smooth()]
P = Annotated[Vec, lambda f: points(f.dim)]


def flat(f: F, x: P) -> Claim:
    """L is at most 1, at x too. ä"""
    return le(f.L, 1)


RECORD
OTHER = Theorem(flat, source="k", label="other", status="true", proof="ä")
'''


@pytest.mark.parametrize(
    "record",
    [
        'T = Theorem(flat, source="k", label="flat")',
        'T = Theorem(flat, source="k", label="flat", status="open", refuted_at=None)',
        'T = [Theorem(\n    flat,\n    source="k",\n    label="flat",  # ä\n    status="open",\n)]',
        'T = Theorem(flat,\n            source="k", label="flat")',
    ],
)
def test_a_counterexample_goes_into_the_file(record: str, tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_text(BEFORE.replace("RECORD", record))
    run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "50")
    done = run(tmp_path, "adopt", ".refute/certificates/k--flat.json")
    assert done.exit_code == 0, done.output
    again = run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "50", "-k", "k/flat")
    assert again.exit_code == 0, again.output
    assert file.read_text().count("refuted_at=") == 1
    assert 'OTHER = Theorem(flat, source="k", label="other", status="true", proof="ä")\n' in file.read_text()
    assert [t.status for t in theorems_of(file)] == ["false", "true"]


def test_a_record_that_is_made_otherwise_stays(tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    text = BEFORE.replace("RECORD", 'T = [Theorem(s, source="k", label="flat") for s in (flat,)]')
    file.write_text(text)
    run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "50")
    done = run(tmp_path, "adopt", ".refute/certificates/k--flat.json")
    assert done.exit_code == 1
    assert "add refuted_at= by hand" in done.output
    assert file.read_text() == text


NAMED = """# -*- coding: latin-1 -*-
from fractions import Fraction
from typing import Annotated

from refute import Claim, Theorem, between, le

X = Annotated[Fraction, between(0, 1)]


def convexité(x: X) -> Claim:
    'x est petit: é.'
    return le(x, 0)


T = Theorem(convexité, source="s", label="petit")
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_keeps_its_encoding_and_its_line_ends(ends: str, tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_bytes(NAMED.replace("\n", ends).encode("latin-1"))
    assert "refuted" in run(tmp_path, "check", "claims.py", "-j", "1").output
    done = run(tmp_path, "adopt", ".refute/certificates/s--petit.json")
    assert done.exit_code == 0, done.output
    after = file.read_bytes().decode("latin-1")
    assert after.count("\n") == after.count(ends)
    left = [line for line in NAMED.splitlines() if line not in after.split(ends)]
    assert left == ['T = Theorem(convexité, source="s", label="petit")']
    assert run(tmp_path, "check", "claims.py", "-j", "1").exit_code == 0


def test_a_name_that_the_file_means_otherwise_is_no_counterexample(tmp_path: Path) -> None:
    """The file's own `vec` exchanges the coordinates."""
    file = tmp_path / "claims.py"
    file.write_text("""from typing import Annotated

from refute import Claim, Theorem, Vec, le, points


def vec(r, s):
    return Vec((s, r))


def right(x: Annotated[Vec, points(2)]) -> Claim:
    'x_1 <= x_2^2 + 5.'
    return le(x[0], x[1] * x[1] + 5)


T = Theorem(right, source="s", label="right")
""")
    before = file.read_bytes()
    assert "refuted" in run(tmp_path, "check", "claims.py", "-j", "1").output
    done = run(tmp_path, "adopt", ".refute/certificates/s--right.json")
    assert done.exit_code == 1
    assert "refuted_at= is another instance" in done.output
    assert file.read_bytes() == before


def test_a_certificate_that_is_none_is_not_adopted(tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_text(BEFORE.replace("RECORD", 'T = Theorem(flat, source="k", label="flat")'))
    run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "50")
    certificate = tmp_path / ".refute" / "certificates" / "k--flat.json"
    certificate.write_text(certificate.read_text().replace('"violated"', '"violate"'))
    before = file.read_text()
    assert run(tmp_path, "adopt", str(certificate)).exit_code == 1
    assert file.read_text() == before


def test_files_beside_are_called_like_modules_of_python(tmp_path: Path) -> None:
    """The processes of a run do not look for Python's own modules where it was started."""
    run(tmp_path, "new", "claims.py")
    for name in ("math", "random", "socket", "selectors", "statistics"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('not this one')\n")
    command = [str(Path(sys.executable).with_name("refute")), "check", "claims.py", "-q", "--examples", "50"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 theorem, 1 as expected" in done.stdout, done.stdout + done.stderr


def test_news_are_no_errata_and_the_page_is_about_ones_own_claims(tmp_path: Path) -> None:
    run(tmp_path, "new", "claims.py")
    file = tmp_path / "claims.py"
    file.write_text(file.read_text().replace("below=2)", "below=3)"))
    run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "50")
    assert run(tmp_path, "report", "-q").exit_code == 0
    page = (tmp_path / ".refute" / "report.html").read_text()
    assert '<section id="news">' in page
    assert '<section id="errata">' not in page
    assert "known statements are not in this ledger" not in page
    assert "<code>f(gradient_step(f, h, x))</code> = 7/18" in page
    assert "News: `my-notes/descent` was open, and is refuted." in (tmp_path / ".refute" / "report.md").read_text()


def commands(text: str) -> list[list[str]]:
    """The commands that an output suggests, but for those with a word in capitals to be filled in."""
    found = re.findall(r"refute ((?:verify|adopt|show|check|report|list|demo)\b[^\n<`;,()]*)", unescape(text))
    return [c.split() for c in dict.fromkeys(found) if not re.search(r"\b[A-Z]{2,}\b", c)]


def test_what_is_suggested_works_as_printed(tmp_path: Path) -> None:
    run(tmp_path, "new", "claims.py")
    file = tmp_path / "claims.py"
    file.write_text(file.read_text().replace("below=2)", "below=3)"))
    said = run(tmp_path, "check", "claims.py", "-q", "-j", "1", "--examples", "50").output
    run(tmp_path, "report", "-q")
    said += (tmp_path / ".refute" / "report.html").read_text() + run(tmp_path, "show", "no-notes/descent").output
    said += run(tmp_path, "show", "my-notes/descent").output
    suggested = sorted(commands(said), key=lambda words: words[0] == "adopt")  # what changes the file comes last
    assert {words[0] for words in suggested} >= {"verify", "adopt"}
    for words in suggested:
        done = run(tmp_path, *words)
        assert done.exit_code == 0 or (words[0] == "check" and "open and refuted" in done.output), (words, done.output)
