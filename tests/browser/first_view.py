"""How long until the page can be used: `make bench-page`. The server runs in a process of its own.

    python -m tests.browser.first_view [rounds]

Each round is a browser that has never been here. Usable means: the question box takes words and the examples
are there. Prints the median and the spread in seconds beside the target, and how much was fetched.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, WHY_SKIPPED

TARGET_S = 2.5


def one_visit(browser, base):
    """Return the seconds until the page can be used, and how many answers and bytes that took."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    fetched = []
    page.on("response", lambda response: fetched.append(int(response.headers.get("content-length", 0))))
    began = time.perf_counter()
    page.goto(base, wait_until="commit")
    page.locator("#pa-question textarea:enabled").wait_for()
    page.locator(".pa-examples button").first.wait_for()
    seconds = time.perf_counter() - began
    context.close()
    return seconds, len(fetched), sum(fetched)


def main(rounds):
    """Run the rounds and print what they gave."""
    if CHROMIUM is None:
        sys.exit(WHY_SKIPPED)
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "ui.cli", "serve", "--port", "7899"]
        environment = {**os.environ, "POLICY_DATA_DIR": data, "GRADIO_ANALYTICS_ENABLED": "False"}
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            base = next(found.group() for line in server.stdout if (found := re.search(r"http://\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
                visits = [one_visit(browser, base) for _ in range(rounds + 1)][1:]
        finally:
            server.terminate()
            server.wait(15)
    seconds = [visit[0] for visit in visits]
    median = statistics.median(seconds)
    verdict = "within" if median <= TARGET_S else "OVER"
    spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
    print(f"first usable view   {median:.2f} s  ({spread})  {verdict} the target of {TARGET_S} s")
    print(f"fetched             {visits[0][1]} answers, {visits[0][2] / 1024:.0f} KB told in their headers")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
