"""Whatever fails inside, no face tells a place, a host, a name of the database or what a library said."""

import json
import re
import shutil
import uuid
from contextlib import ExitStack
from datetime import date

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from assistant.bootstrap import Application
from assistant.conversation import Question
from assistant.settings import Settings
from corpus.adding import receive, save_document
from corpus.reading.statements import propose
from tests.disks import NoMountError, fill, read_only, small_disk
from ui.api import create_app
from ui.api.settings import default_api_settings
from ui.bots.rendering import answer_parts
from ui.cli import cli
from ui.page.asking import history
from ui.page.asking.answer_view import answer_view
from ui.page.asking.answering import exchange_steps
from ui.page.asking.conversation import Conversation
from ui.page.asking.verdicts import judged
from ui.page.library.login import Login
from ui.page.library.saving import left_out, read_in, removed, saved
from ui.page.library.tab import library_view
from ui.serving import store_check

QUESTION = "长宁区硬核技术攻关自筹800万元能拿多少？"
DAY = date(2026, 11, 22)
PASSWORD = "geheimnis-12345"
TEXT = "北湖区支持软件产业发展若干措施\n第一条 支持首版次软件。给予最高80万元奖励。\n"
INSIDE = re.compile(
    r"(?i:geheim|/tmp|/work|/home|\.py\b|\.db\b|\.yaml|sqlite|psycopg|postgres|sqlalchemy|tantivy|chroma)"
    r"|(?i:127\.0\.0\.1|localhost|no space|read-only|permission|connection refused|denied|malformed)"
    r"|Errno|Traceback|Exception|[A-Z]\w+Error\b"
)


def told_by_api(application):
    client = TestClient(
        create_app(application, None, default_api_settings(), store_check(application.database)),
        raise_server_exceptions=False,
    )
    own = str(uuid.uuid4())
    asked = {"question": QUESTION, "conversation_id": own, "as_of": "2026-11-22"}
    chat = {"messages": [{"role": "user", "content": QUESTION}]}
    calls = (
        ("POST", "/api/v1/ask", asked),
        ("POST", "/api/v1/ask", {**asked, "question": "换成500万呢"}),
        ("POST", "/api/v1/ask/stream", asked),
        ("POST", "/v1/chat/completions", chat),
        ("POST", "/v1/chat/completions", {**chat, "stream": True}),
        ("POST", "/api/v1/feedback", {"conversation_id": own, "verdict": "good"}),
        ("GET", f"/api/v1/conversations/{own}", None),
        ("DELETE", f"/api/v1/conversations/{own}", None),
        ("GET", "/readyz", None),
        ("GET", "/api/v1/documents", None),
    )
    for method, path, body in calls:
        yield f"{method} {path}", client.request(method, path, json=body).text


def told_by_page(application):
    conversation = Conversation()
    for words in (QUESTION, "换成500万呢"):
        *_, conversation = exchange_steps(application, words, "2026-11-22", conversation, "browser")
    for at, exchange in enumerate(conversation.exchanges, start=1):
        yield "page answer", answer_view(exchange, at) if exchange.answer else str(exchange.failure)
    after = judged(application, conversation, json.dumps({"turn": 1, "verdict": "good"}))
    yield "page verdict", str(after.exchanges[0].verdict)
    opened = history.opened(application, conversation.id, "browser")
    yield "page history", "".join(answer_view(one, 1) for one in opened.exchanges if one.answer)
    yield "page list", str(history.listed(application, "browser"))
    yield "page library", library_view(application, "硬核技术攻关", "", DAY)
    login = Login(application.settings.admin_password)
    admission = login.admit(PASSWORD, "192.0.2.7")
    received = receive("北湖.txt", TEXT.encode())
    stated = propose(received.reading.text)
    filled = [stated.title, stated.nature_words, *[""] * 7, True]
    yield "page saved", saved(application, login, admission, received, "beihu", "policy", filled)[0]
    yield "page removed", removed(application, login, admission, "beihu-left")
    yield "page left out", left_out(application)
    yield (
        "page read",
        str(read_in(application, login, admission, lambda _: receive("a.pdf", b"%PDF-x"), "x")[-1]),
    )


def told_by_others(application):
    answer = application.assistant.ask(Question(QUESTION, DAY, "of-the-bots"))
    yield "bots", "".join(answer_parts(answer, 2000))
    for words in (["ask", QUESTION, "--conversation", "mine", "--as-of", "2026-11-22"], ["documents"]):
        try:
            ended = CliRunner().invoke(cli, words, obj=application)
        except SystemExit:
            continue
        yield f"command {words[0]}", ended.stdout


def settings(folder, **changes):
    known = {"data_dir": folder, "admin_password": PASSWORD, "model_seconds": 2}
    return Settings(_env_file=None, **{**known, **changes})


def nothing(folder, enter):
    return {}


def full_disk(folder, enter):
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    enter(small_disk(folder))
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    fill(folder)
    return {}


def read_only_disk(folder, enter):
    enter(read_only(folder))
    return {}


def garbage_for_a_database(folder, enter):
    (folder / "policy.db").write_bytes(b"garbage" * 5000)
    return {}


def a_folder_for_a_database(folder, enter):
    (folder / "policy.db").unlink()
    (folder / "policy.db").mkdir()
    return {}


def a_page_of_the_database_damaged(folder, enter):
    data = bytearray((folder / "policy.db").read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (folder / "policy.db").write_bytes(data)
    return {}


def no_database_server(folder, enter):
    return {"database_url": "postgresql://clerk-geheim:pw-geheim@127.0.0.1:1/db-geheim"}


def an_index_that_cannot_be_built(folder, enter):
    shutil.rmtree(folder / "index")
    (folder / "index").write_text("no folder")
    return {}


def no_model(folder, enter):
    return {
        "model": "geheim-model",
        "model_base_url": "http://127.0.0.1:1/geheim",
        "model_api_key": "sk-geheim",
        "model_reads": True,
    }


def a_broken_added_document(folder, enter):
    text = folder / "documents" / "beihu-left" / "text.md"
    text.write_bytes(text.read_bytes().replace(b"80", b"90"))
    (folder / "documents" / "half").mkdir()
    (folder / "documents" / "half" / "text.md").write_bytes(b"\xff\xfe")
    return {}


FAULTS = (
    nothing,
    full_disk,
    read_only_disk,
    garbage_for_a_database,
    a_folder_for_a_database,
    a_page_of_the_database_damaged,
    no_database_server,
    an_index_that_cannot_be_built,
    no_model,
    a_broken_added_document,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return a data directory with an index, a conversation and an added document."""
    folder = tmp_path_factory.mktemp("geheim") / "data"
    received = receive("北湖.txt", TEXT.encode())
    save_document(received, propose(received.reading.text), "beihu-left", folder / "documents", ())
    application = Application(settings(folder))
    application.assistant.ask(Question(QUESTION, DAY, "mine"))
    application.database.opened().dispose()
    return folder


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_no_face_tells_of_the_inside(fault, built, tmp_path):
    folder = shutil.copytree(built, tmp_path / "geheim-data")
    with ExitStack() as mounted:
        try:
            changes = fault(folder, mounted.enter_context)
        except NoMountError as error:
            pytest.skip(f"nothing can be mounted here: {error}")
        application = Application(settings(folder, **changes))
        told = [
            (face, words)
            for faces in (told_by_api, told_by_page, told_by_others)
            for face, words in faces(application)
        ]
    assert told
    for face, words in told:
        found = INSIDE.search(words)
        assert found is None, f"{face}: …{words[max(0, found.start() - 80) : found.end() + 80]}…"


def test_the_scan_can_fail():
    assert INSIDE.search("数据库不可用：SQLite /tmp/x/policy.db")
    assert INSIDE.search("[Errno 28] No space left on device")
    assert not INSIDE.search("这一轮没能存入对话记录，答案不受影响。请管理员凭编号 3f9a12bc 查看日志。")
