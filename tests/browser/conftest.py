"""A real server and the system's own chromium; without chromium these tests are skipped, with the reason."""

import os
import shutil

import pytest

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


@pytest.fixture(scope="session")
def chromium():
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Visit:
    """One person's page, and everything the page did behind their back."""

    def __init__(self, browser, base, width=1366, height=860, scheme="light"):
        self.base = base
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.outside, self.errors = [], []
        self.page.on("request", self._note_request)
        self.page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(base)
        self.page.locator("#pa-question textarea").wait_for()

    def _note_request(self, request):
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.outside.append(request.url)

    def ask(self, question):
        """Ask as a person does and wait for the answer."""
        before = self.page.locator(".pa-answer").count()
        self.page.fill("#pa-question textarea", question)
        self.page.press("#pa-question textarea", "Enter")
        self.page.locator(".pa-answer").nth(before).wait_for()

    @property
    def scrolls_sideways(self):
        return self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

    def close(self):
        self.context.close()


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
