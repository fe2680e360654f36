"""What every store of conversations does, whatever it is made of."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from assistant.conversation import Outcome, Turn
from assistant.ports import NotKeptError
from tests.contract.stores import KINDS, Clock, opened

FULL = Turn(
    "自筹800万，四级，能拿多少？“引号”\n换行",
    "最高240万元〔1〕",
    Outcome.NEEDS_INPUT,
    facts=(("self_funded_investment", "800万"), ("dcmm_level", "四级")),
    measures=("a/1/x", "a/2/y"),
    clauses=("a/1",),
    intents=("amount", "yes_no"),
    asked="contract_amount",
    groups=(("a/1/x",), ("a/2/y",)),
    own=(("a/2/y", "contract_amount", "90万"),),
    recalled=("dcmm_level",),
    asked_date=date(2028, 1, 1),
    as_of=date(2028, 1, 1),
)


def said(words):
    return Turn(words, f"答{words}", Outcome.ANSWERED)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=KINDS)
def store(request, tmp_path, clock):
    with opened(request.param, tmp_path, clock) as conversations:
        yield conversations


def questions(store, conversation_id):
    return [turn.question for turn in store.turns(conversation_id)]


def test_an_unknown_conversation_has_no_turns(store):
    assert store.turns("没有") == ()
    assert store.conversation("没有") is None


def test_a_turn_comes_back_as_it_was_with_the_time_it_was_kept(store, clock):
    store.append("一", FULL)
    (turn,) = store.turns("一")
    assert turn.at == datetime.fromtimestamp(clock.now, UTC)
    assert turn == FULL.__class__(**{**{n: getattr(FULL, n) for n in FULL.__slots__}, "at": turn.at})


def test_turns_come_oldest_first_and_conversations_stay_apart(store):
    for words in ("一", "二", "三"):
        store.append("甲", said(words))
    store.append("乙", said("别的"))
    assert questions(store, "甲") == ["一", "二", "三"]
    assert questions(store, "乙") == ["别的"]


def test_any_readable_text_may_be_an_id_and_any_text_a_turn(store):
    for name in ("客户 甲/2026?x=1", "'; DROP TABLE conversations; --", "长" * 128):
        store.append(name, said("零\x00字符与半个字符\ud83d 😀"))
        assert questions(store, name)[0].endswith("😀")


def test_two_who_speak_at_once_lose_nothing(store):
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda n: store.append("一", said(str(n))), range(40)))
    assert sorted(map(int, questions(store, "一"))) == list(range(40))
    assert store.conversation("一").turns == 40


def test_the_list_shows_ones_own_the_last_spoken_in_first(store, clock):
    for name, owner in (("甲", "浏览器1"), ("乙", "浏览器2"), ("丙", "浏览器1"), ("丁", None)):
        clock.pass_days(1)
        store.append(name, said(f"问{name}"), owner)
    clock.pass_days(1)
    store.append("甲", said("再问"), "浏览器1")
    assert [one.id for one in store.conversations("浏览器1")] == ["甲", "丙"]
    assert [one.id for one in store.conversations()] == ["甲", "丁", "丙", "乙"]
    assert [one.id for one in store.conversations(limit=2)] == ["甲", "丁"]


def test_the_title_is_the_first_question_until_renamed(store):
    store.append("一", said("首版次  能补\n多少"))
    store.append("一", said("谁负责"))
    assert store.conversation("一").title == "首版次 能补 多少"
    assert store.rename("一", "软件补贴")
    assert store.conversation("一").title == "软件补贴"
    assert not store.rename("二", "没有这次对话")


def test_forgetting_leaves_nothing_behind(store):
    store.append("一", said("第一轮"))
    store.append("二", said("留着"))
    assert store.forget("一")
    assert store.turns("一") == ()
    assert not store.forget("一")
    store.append("一", said("重新开始"))
    assert questions(store, "一") == ["重新开始"]
    assert questions(store, "二") == ["留着"]


def test_what_belongs_to_another_is_as_good_as_unknown(store):
    store.append("一", said("我的"), "甲")
    assert store.conversation("一", "乙") is None
    assert not store.rename("一", "改名", "乙")
    assert not store.forget("一", "乙")
    assert store.conversation("一", "甲").title == "我的"


def test_a_conversation_of_another_is_as_good_as_unknown_and_nothing_is_added_to_it(store):
    store.append("一", said("甲的话"), "甲")
    assert store.turns("一", "乙") == ()
    assert [turn.question for turn in store.turns("一", "甲")] == ["甲的话"]
    with pytest.raises(NotKeptError, match="换一个"):
        store.append("一", said("乙的话"), "乙")
    assert questions(store, "一") == ["甲的话"]
    assert store.conversation("一").owner == "甲"


def test_whether_a_conversation_is_of_another_can_be_asked(store):
    store.append("一", said("甲的话"), "甲")
    store.append("无主", said("谁的话"))
    assert not store.is_of_another("一", "甲")
    assert store.is_of_another("一", "乙")
    assert store.is_of_another("无主", "乙")
    assert not store.is_of_another("没有", "乙")
