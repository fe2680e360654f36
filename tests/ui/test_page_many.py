"""Thirty people at the page at once, spoken to as the browser speaks: each sees their own answer only."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from assistant.bootstrap import load
from assistant.settings import Settings
from tests.browser.server import served
from tests.fakes import FakeApplication, HeldAssistant
from tests.patience import PATIENCE_S, soon
from ui.serving import create_server_app

PEOPLE = 30


class Person:
    """One tab, without the browser around it."""

    def __init__(self, base):
        self.client = httpx.Client(base_url=base, timeout=PATIENCE_S)
        self.session = uuid.uuid4().hex
        config = self.client.get("/config").json()
        send = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "pa-send")
        self.asking = next(
            one["id"] for one in config["dependencies"] if [send, "click"] in map(list, one["targets"])
        )
        self.kept = {}

    def ask(self, question):
        """Ask; return the words of the whole page afterwards."""
        body = {
            "data": [question, "2026-11-22", None, self.kept],
            "fn_index": self.asking,
            "session_hash": self.session,
            "trigger_id": None,
            "event_data": None,
        }
        self.client.post("/gradio_api/queue/join", json=body).raise_for_status()
        told = []
        with self.client.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": self.session}
        ) as heard:
            for line in heard.iter_lines():
                if line.startswith("data:"):
                    told.append(line)
                    if json.loads(line[5:]).get("msg") == "process_completed":
                        break
        return "".join(told)


def together(base, questions, meanwhile=lambda: None):
    """Let each of many people ask their own question at the same moment."""
    with ThreadPoolExecutor(len(questions)) as pool:
        people = list(pool.map(lambda _: Person(base), questions))
        asking = [pool.submit(person.ask, text) for person, text in zip(people, questions, strict=True)]
        meanwhile()
        return [each.result() for each in asking]


def test_nobody_waits_for_another():
    application = FakeApplication(HeldAssistant())

    def all_are_worked_on():
        assert soon(lambda: len(application.assistant.asked) == PEOPLE)
        application.assistant.go.set()

    with served(create_server_app(application)) as base:
        heard = together(base, [f"甲公司{n:02d}的问题" for n in range(PEOPLE)], all_are_worked_on)
    assert all("240万元" in words for words in heard)
    assert len({one.conversation_id for one in application.assistant.asked}) == PEOPLE


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    application = load(Settings(data_dir=tmp_path_factory.mktemp("data"), _env_file=None))
    application.index.opened()
    with served(create_server_app(application)) as base:
        yield base


def test_thirty_people_see_their_own_sums_only(real):
    inputs = [110 + 20 * n for n in range(PEOPLE)]
    questions = [f"自筹{each}万元做硬核技术攻关，长宁区能资助多少？" for each in inputs]
    heard = together(real, questions)
    for own, words in zip(inputs, heard, strict=True):
        assert f"{own}万元 × 30% = {own * 3 // 10}万元" in words
        assert not [other for other in inputs if other != own and f"{other}万元 × 30%" in words]
