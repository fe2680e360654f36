"""The README's pictures, made anew: `make screenshots`. Each is a tab as a reader would first use it.

python -m tests.browser.screenshots docs/images
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from assistant.bootstrap import load
from assistant.settings import Settings
from tests.browser.conftest import CHROMIUM, FLAGS, WHY_SKIPPED
from tests.browser.server import served
from tests.browser.visiting import Visit
from ui.serving import create_server_app

QUESTION = "自筹800万元做硬核技术攻关，长宁区能资助多少？"
QUALITY = 72


def asking(page):
    """Ask, and open the clause the sum rests on."""
    page.ask(QUESTION)
    page.page.locator(".pa-steps a.pa-cite").first.click()


def sums(page):
    """Pick a measure and fill in what it is computed from."""
    page.page.get_by_role("tab", name="算一算", exact=True).click()
    page.page.get_by_label("要算的支持").click()
    page.page.get_by_role("option", name="硬核").first.click()
    page.page.keyboard.press("Escape")
    page.page.get_by_label("项目自筹投入资金总额").fill("800万元")
    page.page.locator("#pa-sums-result .pa-amount").wait_for()


PICTURES = (("asking", asking, 1280, 800), ("sums", sums, 1280, 800), ("phone", asking, 390, 780))


def main(folder):
    """Write the pictures into a folder and tell their sizes."""
    if CHROMIUM is None:
        sys.exit(WHY_SKIPPED)
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        application = load(Settings(data_dir=Path(data), _env_file=None))
        application.index.opened()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with served(create_server_app(application)) as base:
            for name, prepare, width, height in PICTURES:
                one = Visit(browser, base, width=width, height=height)
                prepare(one)
                one.page.wait_for_timeout(800)
                path = folder / f"{name}.jpg"
                one.page.screenshot(path=path, type="jpeg", quality=QUALITY)
                print(f"{path}\t{path.stat().st_size // 1024} KB")
                one.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"))
