"""A user's first hour: python -m benchmarks.day, from an empty folder to a refutation of one's own, read on the screen and adopted.

Runs the four commands as a user types them, changes the one number that the file says to change, and prints what each shows and
costs (CPU seconds, its processes included). Exit status 1 where the refutation is not on the screen, or the file is not accepted at the end.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

#: What a reader has to see after `check`, without opening a file.
SEEN = ("refuted", "f(x) =", "h =", "f(gradient_step(f, h, x)) <= f(x)")


def run(words: str, folder: Path) -> tuple[str, float]:
    """What `refute WORDS` shows, and its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "refute", *words.split()],
        cwd=folder, capture_output=True, text=True, env={**os.environ, "COLUMNS": "120"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(f"$ refute {words}    [{cpu:.1f} s of CPU, status {done.returncode}]")
    print("".join(f"    {line}\n" for line in (done.stdout + done.stderr).splitlines()))
    return done.stdout + done.stderr, cpu


def main() -> int:
    with TemporaryDirectory(prefix="refute-day-") as name:
        folder = Path(name)
        spent = run("new claims.py", folder)[1]
        claims = folder / "claims.py"
        claims.write_text(claims.read_text(encoding="utf-8").replace("below=2)", "below=3)"), encoding="utf-8")
        shown, cpu = run("check claims.py", folder)
        spent += cpu
        missing = [words for words in SEEN if words not in shown]
        certificate = next((folder / ".refute" / "certificates").glob("*.json"), None)
        if missing or certificate is None:
            print(f"not on the screen: {', '.join(missing) or 'the certificate'}")
            return 1
        spent += run(f"adopt {certificate.relative_to(folder)}", folder)[1]
        after, cpu = run("check claims.py", folder)
    print(f"from an empty folder to a refutation on the screen, and back to green: {spent + cpu:.1f} s of CPU")
    return 0 if "1 as expected" in after else 1


if __name__ == "__main__":
    sys.exit(main())
