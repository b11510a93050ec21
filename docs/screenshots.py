"""Draw the README's pictures: the samples' report, one article and all of them, light and dark. `make screenshots`.

Needs Debian's chromium and chromedriver, the extras `browser` and `notebooks` (whose Pillow packs the pictures).
"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium import webdriver

from scorer.model import DEFAULT, load
from scorer.pipeline import score_paths
from scorer.report import html

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "data" / "samples"
PICTURES = {"article": [SAMPLES / "s1_tabloid_pool_gas.txt"], "samples": sorted(SAMPLES.glob("s*.txt"))}
SIZE = {"width": 1180, "height": 780, "deviceScaleFactor": 1, "mobile": False}


def browser() -> webdriver.Chrome:
    """Start a headless chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for switch in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(switch)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def main() -> None:
    """Write docs/NAME-light.png and docs/NAME-dark.png."""
    driver = browser()
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SIZE)
    model = load(DEFAULT)
    with tempfile.TemporaryDirectory() as folder:
        for name, paths in PICTURES.items():
            page = Path(folder) / f"{name}.html"
            # Named as from the repository, so that no picture holds a path of a machine.
            named = [str(path.relative_to(HERE.parent)) for path in paths]
            page.write_text("".join(html.report(score_paths(named, model))), encoding="utf-8")
            for scheme in ("light", "dark"):
                feature = {"name": "prefers-color-scheme", "value": scheme}
                driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
                driver.get(page.as_uri())
                driver.execute_async_script(
                    "const done = arguments[0]; (function wait() {"
                    " document.documentElement.dataset.ready ? setTimeout(done, 300) : setTimeout(wait, 20); })()"
                )
                picture = Image.open(BytesIO(driver.get_screenshot_as_png())).convert("RGB")
                # A page of text has few colours: a palette takes a third of the bytes.
                picture.quantize(64, dither=Image.Dither.NONE).save(HERE / f"{name}-{scheme}.png", optimize=True)
    driver.quit()


if __name__ == "__main__":
    main()
