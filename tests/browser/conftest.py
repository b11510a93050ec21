"""A real browser, headless: Debian's chromium and chromedriver, driven by selenium. Skipped where one is missing."""

import importlib.util
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from scorer.config import Config
from scorer.model import DEFAULT, load
from scorer.pipeline import score_paths
from scorer.read import Unreadable
from scorer.report import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = [
    name
    for name, found in (
        ("chromium", CHROMIUM),
        ("chromedriver (apt-get install chromium chromium-driver)", DRIVER),
        ("selenium (pip install 'scorer[browser]')", importlib.util.find_spec("selenium")),
        ("starlette (pip install 'scorer[web]')", importlib.util.find_spec("starlette")),
    )
    if not found
]
SIZES = {"desktop": (1280, 1000), "phone": (390, 844)}


def pytest_collection_modifyitems(items):
    if MISSING:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=f"no browser test: missing {', '.join(MISSING)}"))


@pytest.fixture(scope="session")
def chromium():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for switch in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--force-prefers-reduced-motion"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


class Browser:
    """A page in the browser: what a person does with it, and what they would see."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, address, size="desktop", *, dark=False):
        width, height = SIZES[size]
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.get("about:blank")
        self.driver.get(address)
        self.wait("return document.documentElement.dataset.ready")

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, *arguments, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := self.js(script, *arguments):
                return found
            time.sleep(0.02)
        raise AssertionError(f"did not happen within {seconds} s: {script}")

    def one(self, css):
        return self.driver.find_element("css selector", css)

    def all(self, css):
        return self.driver.find_elements("css selector", css)

    def press(self, *keys):
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def point_at(self, element):
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).scroll_to_element(element).move_to_element(element).perform()

    def texts(self, css):
        return [element.text for element in self.all(css)]

    def complaints(self):
        """What the browser complained of: refused scripts, styles, connections; errors of ours."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def barriers(self):
        """What axe finds wrong for people who use assistive technology, of the serious kinds."""
        self.js(axe())
        found = self.driver.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[arguments.length - 1])")
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def is_within_width(self):
        return self.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")


def axe():
    """The script of axe-core: a newer one named by AXE, else that of the package axe-core-python."""
    if "AXE" in os.environ:
        return Path(os.environ["AXE"]).read_text(encoding="utf-8")
    module = pytest.importorskip("axe_core_python", reason="no axe: pip install 'scorer[browser]'")
    return (Path(module.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def browser(chromium):
    page = Browser(chromium)
    page.complaints()
    return page


def _write_report(path, pages):
    failures = []

    def scores():
        for result in score_paths([str(page) for page in pages], load(DEFAULT)):
            if isinstance(result, Unreadable):
                failures.append(result)
            else:
                yield result

    path.write_text("".join(html.report(scores(), failures)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def write_report():
    """Score pages, write their report, give its address."""
    return _write_report


@pytest.fixture(scope="session")
def report_of_one(tmp_path_factory, samples):
    return _write_report(tmp_path_factory.mktemp("one") / "one.html", [samples / "s1_tabloid_pool_gas.txt"])


@pytest.fixture(scope="session")
def report_of_many(tmp_path_factory, samples):
    folder = tmp_path_factory.mktemp("many")
    for source in ("Harbour Post", "Moor Echo"):
        (folder / "pages" / source).mkdir(parents=True)
    for number, page in enumerate(sorted(samples.glob("s*.txt"))):
        shutil.copy(page, folder / "pages" / ("Moor Echo" if number % 2 else "Harbour Post") / page.name)
    (folder / "pages" / "picture.txt").write_bytes(bytes(range(256)) * 40)
    return _write_report(folder / "many.html", [folder / "pages"])


@pytest.fixture(scope="session")
def served():
    """The address of a running `scorer serve`."""
    import uvicorn

    from scorer.web.app import create
    from scorer.web.work import Setup

    server = uvicorn.Server(
        uvicorn.Config(create(Setup(str(DEFAULT), Config())), port=0, lifespan="on", ws="none", log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join(10)
