"""The site of the documentation, in the same browser: every page readable by everyone, on a phone and on a desk, without any request."""

from pathlib import Path

import pytest
from axe_core_python.selenium import Axe
from click.testing import CliRunner
from selenium import webdriver

from docs.site import main

WIDTHS = (320, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# Formulas have thousands of parts, whose contrast would take axe-core four fifths of its time. They have the colour of their text, which has contrast.
FORMULAS = {"exclude": [["math"]]}
COLOURED = """return [...document.querySelectorAll("math, math *")].filter(
  m => getComputedStyle(m).color !== getComputedStyle(m.parentElement).color || getComputedStyle(m).opacity !== "1").length"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as its command builds it."""
    out = tmp_path_factory.mktemp("site") / "site"
    result = CliRunner().invoke(main, [str(out)])
    assert result.exit_code == 0, result.output
    return out


def test_every_page_is_readable_by_everyone(browser: webdriver.Chrome, site: Path) -> None:
    """On a telephone, where what is wide has to scroll; and no page is wider than its window there or on a desk."""
    wrong = {}
    for width in WIDTHS:
        browser.set_window_size(width, 900)
        for page in sorted(site.glob("*.html")):
            if page.name == "404.html":
                continue
            browser.get(page.as_uri())
            assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"), page.name
            if width > min(WIDTHS):
                continue
            assert browser.execute_script(COLOURED) == 0, page.name
            found = Axe().run(browser, context=FORMULAS, options={"runOnly": RULES})["violations"]
            if found:
                wrong[page.name] = [(v["id"], v["nodes"][0]["html"][:100]) for v in found]
    assert wrong == {}


def test_no_page_asks_for_anything(browser: webdriver.Chrome, site: Path) -> None:
    browser.get_log("performance")
    for page in ("index.html", "duality.html", "reference.html"):
        browser.get((site / page).as_uri())
    events = [str(e["message"]) for e in browser.get_log("performance")]
    assert not [e for e in events if "Network.requestWillBeSent" in e and '"url":"http' in e]
