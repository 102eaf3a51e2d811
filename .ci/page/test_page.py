"""The page as a reader meets it: filters, search, links, no request, no script of a stranger's, readable by everyone."""

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from refute.cli.main import main

WIDTHS = {"phone": 390, "desktop": 1280}
HOSTILE = r'''
from fractions import Fraction
from typing import Annotated
from refute import Claim, Given, Theorem, le, lt, rationals

Number = Annotated[Fraction, rationals()]

def hostile(x: Number) -> Claim:
    r"""</p><script>document.title = "broken"</script><img src=x onerror="document.title='broken'">
    $\text{<script>document.title = "broken"</script>}$ $\href{javascript:alert(1)}{x}$ $\style{position:fixed}{x}$ {{ 7 * 7 }}
    `</code><script>document.title = "broken"</script>`
    """
    return lt(x, x)

HOSTILE = Theorem(
    hostile, source="hostile", label="script", status="false", refuted_at={"x": Fraction(0)},
    given=(Given("<b onclick='document.title=1'>given</b>", lambda x: le(x, x)),),
)
'''


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a few bundled statements and a hostile one."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "hostile.py").write_text(HOSTILE)
    here = Path(__file__).resolve().parents[2]
    chosen = [
        str(here / "theorems" / f"{n}.py")
        for n in (
            "classical/parabola",
            "classical/smoothness",
            "classical/convergence",
            "wells/empty_class",
            "not_tried",
        )
    ]
    before = Path.cwd()
    os.chdir(folder)
    try:
        checked = CliRunner().invoke(main, ["check", "hostile.py", *chosen, "--examples", "40", "-q"])
        assert checked.exit_code in (0, 1), checked.output
        report = CliRunner().invoke(main, ["report", "--theorems", "hostile.py"])
        assert report.exit_code == 0, report.output
    finally:
        os.chdir(before)
    return folder / ".refute" / "report.html"


@pytest.fixture
def opened(browser: webdriver.Chrome, page: Path) -> webdriver.Chrome:
    """The page, freshly loaded from disk."""
    browser.set_window_size(WIDTHS["desktop"], 1000)
    browser.get(page.as_uri())
    return browser


def shown(browser: webdriver.Chrome) -> list[str]:
    """The ids of the statements that are not hidden."""
    return [
        a.get_attribute("id") or "" for a in browser.find_elements(By.CSS_SELECTOR, ".statement") if a.is_displayed()
    ]


def test_loads_without_errors_or_requests(opened: webdriver.Chrome) -> None:
    assert opened.get_log("browser") == []
    events = [str(e["message"]) for e in opened.get_log("performance")]
    assert not [e for e in events if "Network.requestWillBeSent" in e and '"url":"http' in e]
    assert opened.find_elements(By.TAG_NAME, "math")
    assert "of" in opened.find_element(By.ID, "f-count").text


def test_no_script_of_a_statement_runs(opened: webdriver.Chrome) -> None:
    assert opened.title == "refute: ledger"
    article = opened.find_element(By.ID, "hostile--script")
    assert not article.find_elements(By.CSS_SELECTOR, "script, b, [style], [href^=javascript], [onclick], [onerror]")
    assert '<script>document.title = "broken"</script>' in article.text
    assert "{{ 7 * 7 }}" in article.text
    assert len(opened.find_elements(By.TAG_NAME, "script")) == 1


def test_filters(opened: webdriver.Chrome) -> None:
    whole = shown(opened)
    Select(opened.find_element(By.ID, "f-verdict")).select_by_visible_text("refuted")
    refuted = shown(opened)
    assert 0 < len(refuted) < len(whole)
    Select(opened.find_element(By.ID, "f-reading")).select_by_visible_text("printed")
    assert 0 < len(shown(opened)) < len(refuted)
    Select(opened.find_element(By.ID, "f-source")).select_by_visible_text("hostile")
    assert shown(opened) == ["hostile--script"]
    # The hidden sources leave no headings behind.
    assert [h.text for h in opened.find_elements(By.CSS_SELECTOR, ".source h3") if h.is_displayed()] == ["hostile"]
    opened.find_element(By.ID, "f-text").send_keys("no such word")
    assert shown(opened) == []
    assert opened.find_element(By.ID, "f-none").is_displayed()
    # A link to a statement that is hidden clears the filters.
    opened.execute_script(f"location.hash = '{whole[0]}'")
    WebDriverWait(opened, 5).until(lambda b: len(shown(b)) == len(whole))


def test_a_counterexample_can_be_opened_by_keyboard(opened: webdriver.Chrome) -> None:
    summary = opened.find_element(By.CSS_SELECTOR, "#tao-wang-2022--reaches-stationary-point summary")
    summary.send_keys("\n")
    card = opened.find_element(By.CSS_SELECTOR, "#tao-wang-2022--reaches-stationary-point details")
    assert card.get_attribute("open") is not None
    assert "holds" in card.find_element(By.TAG_NAME, "table").text
    link = card.find_element(By.CSS_SELECTOR, "a[download]")
    assert (link.get_attribute("download") or "").endswith(".json")
    portrait = card.find_element(By.CSS_SELECTOR, "img.portrait")
    WebDriverWait(opened, 5).until(lambda b: portrait.size["width"] > 200)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(opened: webdriver.Chrome, width: str, tmp_path: Path) -> None:
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": WIDTHS[width], "height": 900, "deviceScaleFactor": 1, "mobile": width == "phone"},
    )
    assert opened.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    folder = Path(os.environ.get("REFUTE_SCREENSHOTS", tmp_path))
    assert opened.save_screenshot(str(folder / f"{width}.png"))
    opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_accessible(opened: webdriver.Chrome) -> None:
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    opened.execute_script("document.querySelectorAll('details').forEach(function (d) { d.open = true; })")
    opened.execute_script(axe)
    run = "const done = arguments[0]; axe.run({runOnly: ['wcag2a', 'wcag2aa']}).then(r => done(r.violations));"
    found: list[dict[str, Any]] = opened.execute_async_script(run)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
