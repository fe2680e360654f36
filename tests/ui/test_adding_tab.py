"""Adding on the page: who is let in, what is shown before saving, and what an outsider's call comes to."""

import base64
import json
import logging

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from corpus.errors import UnreadableError
from tests.fakes import FakeApplication
from ui.page.library.draft_view import draft_view, warnings_of
from ui.page.library.intake import (
    FORM,
    LARGEST_BYTES,
    carried_file,
    form_values,
    pasted_text,
    slug_proposed,
    stated_by,
)
from ui.page.library.login import STAYS_S, Admission, Login, RefusedError
from ui.page.library.saving import read_in, removed, saved

PASSWORD = "一个够长的口令-7391"
TEXT = """北湖区支持软件产业发展若干措施
第一条 支持首版次软件。給予最高80万元奖励，<img src=x onerror=1>![x](http://evil.example/a)。
第二条 本措施自2026年3月1日起施行，有效期至2028年12月31日。
"""


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def login(clock):
    return Login(SecretStr(PASSWORD), clock)


@pytest.fixture
def application(tmp_path):
    return FakeApplication(settings=Settings(data_dir=tmp_path, _env_file=None))


def carried(name, data):
    return json.dumps({"name": name, "content": base64.b64encode(data).decode(), "serial": 1})


def test_who_knows_the_password_is_let_in_for_half_an_hour(login, clock):
    admission = login.admit(PASSWORD, "甲")
    assert login.knows(admission)
    clock.now += STAYS_S
    assert not login.knows(admission)


@pytest.mark.parametrize("forged", [None, True, "admin", {"until": 9e9}, 9e9, [9e9]])
def test_nothing_but_an_admission_is_known(login, forged):
    assert not login.knows(forged)


@pytest.mark.parametrize("password", [None, SecretStr(""), SecretStr("1234567")])
def test_without_a_long_enough_password_the_login_is_closed_for_all(password):
    login = Login(password)
    assert login.is_closed
    assert "POLICY_ADMIN_PASSWORD" in login.why_closed
    assert not login.knows(Admission(9e18))
    for given in ("", "1234567"):
        with pytest.raises(RefusedError):
            login.admit(given, "甲")


def guess(login, who, times=1):
    for _ in range(times):
        with pytest.raises(RefusedError, match="不对"):
            login.admit("猜的", who)


def test_after_five_wrong_tries_that_address_waits_even_with_the_right_word_and_no_other_does(login, clock):
    guess(login, "192.0.2.7", times=5)
    with pytest.raises(RefusedError, match="请 60 秒后再试"):
        login.admit(PASSWORD, "192.0.2.7")
    assert login.knows(login.admit(PASSWORD, "192.0.2.8"))
    clock.now += 61
    assert login.knows(login.admit(PASSWORD, "192.0.2.7"))


def test_the_wait_doubles_with_each_wrong_try_up_to_an_hour_and_the_right_word_ends_it(login, clock):
    guess(login, "192.0.2.7", times=5)
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        clock.now += minutes * 60 - 1
        with pytest.raises(RefusedError, match="后再试"):
            login.admit("猜的", "192.0.2.7")
        clock.now += 2
        guess(login, "192.0.2.7")
    clock.now += 3601
    assert login.knows(login.admit(PASSWORD, "192.0.2.7"))
    guess(login, "192.0.2.7", times=4)
    assert login.knows(login.admit(PASSWORD, "192.0.2.7"))


def test_many_who_guess_together_shut_nobody_else_out(login):
    for n in range(3000):
        guess(login, f"198.51.{n // 250}.{n % 250}")
    assert login.knows(login.admit(PASSWORD, "192.0.2.7"))


def test_who_picks_another_address_of_the_same_line_is_the_same(login):
    for n in range(5):
        guess(login, f"2001:db8:7:7::{n}")
    with pytest.raises(RefusedError, match="后再试"):
        login.admit(PASSWORD, "2001:db8:7:7:ffff::1")
    assert login.knows(login.admit(PASSWORD, "2001:db8:7:8::1"))


def test_the_password_appears_in_no_log_and_no_words(login, caplog, application):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(RefusedError) as refused:
        login.admit(PASSWORD + "x", "甲")
    settings = Settings(admin_password=PASSWORD, _env_file=None)
    assert PASSWORD not in caplog.text + str(refused.value) + repr(settings) + settings.model_dump_json()


def test_a_file_carried_in_the_page_is_read(tmp_path):
    received = carried_file(carried("C:\\文件\\北湖.txt", TEXT.encode()))
    assert received.name == "北湖.txt"
    assert received.reading.text.startswith("北湖区支持软件产业发展若干措施")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        '{"name": "a.txt"}',
        '{"name": "a.txt", "content": "不是编码"}',
        json.dumps({"name": "a.txt", "content": "A" * (LARGEST_BYTES * 4 // 3 + 12)}),
        carried("a.exe", b"MZ"),
        carried("a.txt", b""),
        carried("a.docx", b"PK\x03\x04"),
        carried("../../etc/passwd", b"\0"),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(written):
    with pytest.raises(UnreadableError):
        carried_file(written)


def test_a_text_too_long_to_look_over_is_refused():
    with pytest.raises(UnreadableError, match="30 万字"):
        pasted_text("支持软件产业。\n" * 45_000)


def test_the_form_begins_with_what_the_text_says_and_comes_back_the_same():
    received = pasted_text(TEXT)
    from corpus.reading.statements import propose

    stated = propose(received.reading.text)
    assert stated_by("policy", form_values(stated)) == stated


def test_the_preview_shows_clauses_changes_and_warnings_and_does_nothing():
    received = pasted_text(TEXT)
    view = draft_view(received)
    assert "第一条 支持首版次软件" in view
    assert "<mark>給</mark>" in view  # one traditional character among simplified ones is a doubt
    assert any("不会据此测算" in one for one in warnings_of(received))
    assert "<img" not in view
    assert "\n" not in view


def test_the_preview_shows_each_change_before_and_after():
    view = draft_view(
        pasted_text("某區辦法\n第一條 對企業給予獎勵，支持產業發展、開發軟件產品，優化營商環境。")
    )
    assert "<del>條</del> → <ins>条</ins>" in view
    assert "繁体字：" in view


def test_a_text_without_numbered_clauses_warns():
    assert any("没有读出编号" in one for one in warnings_of(pasted_text("支持软件产业发展。")))


def save(application, login, admission, slug="beihu", received=None, reviewed=True):
    received = received or pasted_text(TEXT)
    from corpus.reading.statements import propose

    values = [*form_values(propose(received.reading.text)), reviewed]
    return saved(application, login, admission, received, slug, "policy", values)


def test_a_saved_document_is_in_the_corpus_at_once_and_can_be_removed(application, login):
    admission = login.admit(PASSWORD, "甲")
    told, is_saved = save(application, login, admission)
    assert is_saved
    assert "现在就可以提问" in told
    assert application.corpus.added == ("beihu",)
    assert "已删除" in removed(application, login, admission, "beihu")
    assert application.corpus.added == ()


def test_who_was_not_let_in_reads_saves_and_removes_nothing(application, login, tmp_path):
    for admission in (None, Admission(0.0)):
        assert "登录已结束" in save(application, login, admission)[0]
        assert "登录已结束" in removed(application, login, admission, "beihu")
        outcome = read_in(application, login, admission, pasted_text, TEXT)
        assert outcome[0] is None
        assert "登录已结束" in outcome[-1]
    assert list(tmp_path.iterdir()) == []


def test_doubts_must_be_looked_at_before_saving(application, login):
    received = pasted_text(TEXT)
    assert received.reading.doubtful
    told, is_saved = save(application, login, login.admit(PASSWORD, "甲"), received=received, reviewed=False)
    assert not is_saved
    assert "逐处看过" in told
    assert save(application, login, login.admit(PASSWORD, "甲"), received=received)[1]


def test_one_of_the_package_cannot_be_overwritten(application, login):
    told, is_saved = save(application, login, login.admit(PASSWORD, "甲"), slug="changning-ai-draft")
    assert not is_saved
    assert "已有文件使用" in told


def test_the_same_document_is_proposed_the_same_slug():
    assert slug_proposed(pasted_text(TEXT), []) == slug_proposed(pasted_text(TEXT), ["别的"])
    assert len(FORM) == len(form_values(stated_by("policy", [""] * len(FORM))))
