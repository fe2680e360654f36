"""A real server and the system's own chromium; without chromium these tests are skipped, with the reason."""

import os
import shutil

import pytest

from tests.browser.visiting import Visit
from tests.patience import PATIENCE_S

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WHY_SKIPPED = "没有找到 chromium；在 Debian 上请先 apt-get install chromium fonts-noto-cjk"


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=WHY_SKIPPED))


@pytest.fixture(scope="module")
def chromium():
    """Start the browser for one file of tests: while it runs, this thread has a running event loop."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, base):
    """Open the page; at the end it must have asked nothing of other hosts and raised no error."""
    opened = []

    def open_page(**options):
        opened.append(Visit(chromium, base, **options))
        return opened[-1]

    yield open_page
    for one in opened:
        one.page.wait_for_timeout(100)
        assert one.outside == []
        assert one.errors == []
        one.close()
