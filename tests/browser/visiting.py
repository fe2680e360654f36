"""One person at the page, and what the page does behind their back."""

from tests.patience import PATIENCE_S


class Visit:
    """One person's page, and everything the page did behind their back."""

    def __init__(self, browser, base, width=1366, height=860, scheme="light"):
        self.base = base
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        self.context.set_default_timeout(PATIENCE_S * 1000)
        self.page = self.context.new_page()
        self.outside, self.errors, self.waiting = [], [], set()
        self.page.on("request", self._note_request)
        self.page.on("requestfinished", self._note_end)
        self.page.on("requestfailed", self._note_end)
        self.page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(base)
        self.page.locator("#pa-question textarea").wait_for()

    def until_quiet(self):
        """Wait until no event of the page is under way any more."""
        quiet = 0
        for _ in range(int(PATIENCE_S * 10)):
            self.page.wait_for_timeout(100)
            quiet = 0 if self.waiting else quiet + 1
            if quiet == 10:
                return
        raise AssertionError(f"still under way: {[one.url for one in self.waiting]}")

    def _note_request(self, request):
        if "/queue/" in request.url:
            self.waiting.add(request)
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.outside.append(request.url)

    def _note_end(self, request):
        self.waiting.discard(request)

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
