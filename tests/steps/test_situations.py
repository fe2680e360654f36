"""Stories without a word of their clause: heard, taken for what they are, said to be a guess, or sent on."""

import pytest

from assistant.conversation import Outcome
from assistant.steps.routing.situations import Heard, Likeness, build_situations, load_offices
from assistant.steps.state import AnswerContext
from corpus.glossary import Paraphrase
from corpus.store import Corpus
from tests.steps.conftest import Ask


def test_every_award_and_every_numbered_clause_has_its_situations(corpus: Corpus) -> None:
    told = {one.about for one in corpus.glossary.paraphrases}
    clauses = {one.clause_id for one in corpus.measures if one.id in told}
    silent = [one.id for one in corpus.measures if not {one.id, one.clause_id} & told]
    assert silent == []
    assert len(clauses) >= 10


def test_no_saying_stands_twice_in_a_situation(corpus: Corpus) -> None:
    for one in corpus.glossary.paraphrases:
        assert len(one.says) == len(set(one.says)), one.about


def test_a_situation_of_a_clause_that_is_gone_is_left_out(corpus: Corpus) -> None:
    table = build_situations(corpus, [Paraphrase("gone/1", ("一句只有这里才有的话",))])
    assert table.heard("一句只有这里才有的话").told == ()


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("我们替食品厂换了水泵和空压机，省下的电费跟厂里五五分", "sh-industrial-services/7/energy-contract"),
        ("仓库准备上无人叉车和自动分拣线", "sh-industrial-services/8/smart-equipment"),
        ("奶粉罐上的码一扫就知道是哪个牧场出的", "sh-industrial-services/6/trusted-supply-chain"),
        ("机房退了，系统都放到华为云上", "changning-ai-draft/9.1"),
        ("外国专家来来回回总要办签证", "sh-tech-services/12.2"),
    ],
)
def test_a_story_is_heard_as_the_clause_it_concerns(
    context: AnswerContext, question: str, about: str
) -> None:
    assert context.situations.heard(question).best.about == about


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("试用期把人辞退了，要不要赔钱", "劳动用工"),
        ("进项税转出以后发票还能不能用", "税务"),
        ("业主大会想换物业公司", "购房租房与物业"),
    ],
)
def test_a_matter_of_another_office_is_heard_as_such(
    context: AnswerContext, question: str, label: str
) -> None:
    heard = context.situations.heard(question)
    assert heard.other.about == label
    assert heard.lead < 0


def test_only_clauses_of_the_documents_chosen_are_told_of(context: AnswerContext) -> None:
    text = "仓库准备上无人叉车和自动分拣线"
    told = context.situations.heard(text, ["changning-ai-draft"]).told
    assert {one.clause_id.split("/")[0] for one in told} <= {"changning-ai-draft"}


def test_a_clause_beside_the_table_is_heard_by_its_own_words(corpus: Corpus) -> None:
    table = build_situations(corpus, [Paraphrase("sh-industrial-services/7", ("节能",))])
    beside = corpus.clause("sh-tech-services/14.4")
    heard = table.heard("科技展会、论坛、大赛的报批流程", (), [beside])
    assert heard.best.clause_id == beside.id


def test_nothing_heard_leads_nowhere() -> None:
    assert Heard().lead == 0
    assert not Heard().tells_of("上云")
    assert Heard((Likeness("a", "a", 20.0, ("锅炉房",)),)).tells_of("锅炉")


def test_an_award_only_everyday_words_lead_to_is_named_as_a_guess_before_its_sum(ask: Ask) -> None:
    answer = ask("奶粉罐上的码一扫就知道是哪个牧场出的，做这套东西准备花800万，能补多少")
    first, rest = answer.text.split("\n", 1)
    assert first.startswith("您说的大概是")
    assert "可信供应链平台资金支持" in first
    assert not any(character.isdigit() for character in first.replace("〔1〕", ""))
    assert "240万元" in rest  # 800 万元 × 30%


def test_an_award_called_by_its_name_is_no_guess(ask: Ask) -> None:
    assert "您说的大概是" not in ask("合同能源管理节约4000吨标煤奖励多少").text


def test_a_clause_found_by_everyday_words_alone_is_said_to_be_the_nearest(ask: Ask) -> None:
    answer = ask("送外卖的小哥也能缴公积金吗")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text.startswith("您说的事原文没有用同样的词")
    assert "sh-online-economy/6" in {one.span.clause_id for one in answer.citations}


def test_a_boiler_house_on_an_energy_screen_is_no_matter_of_boilers(ask: Ask) -> None:
    answer = ask("厂里的锅炉房、空压站全连到大屏上了，能耗掉了一截，上级有表示吗")
    assert "sh-industrial-services/7" in {one.span.clause_id for one in answer.citations}


def test_a_country_that_is_only_a_market_is_not_the_place_asked_about(ask: Ask) -> None:
    assert "日本的政策" not in ask("电池送检一次，欧洲日本都放行，和客户签了140万").text
    assert ask("日本的补贴政策是什么").outcome is Outcome.NOT_COVERED


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("试用期把人辞退了，要不要赔钱", "12333"),
        ("进项税要不要转出", "12366"),
        ("业主大会怎么开", "住房管理部门"),
    ],
)
def test_a_refusal_says_whose_matter_it_sounds_like_and_whom_to_ask(
    ask: Ask, question: str, words: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert words in answer.text
    assert answer.citations == ()


def test_every_office_is_told_by_name_and_by_words() -> None:
    labels = [office.label for office in load_offices()]
    assert len(labels) == len(set(labels))
    assert all(office.ask and len(office.says) >= 5 for office in load_offices())


def test_a_refusal_suggests_what_is_near(ask: Ask) -> None:
    near = ask("想发英文刊物，版面费贵不贵").suggestions
    assert near == ("《科技服务业若干意见》(三)第二段是怎么规定的？",)


def test_a_refusal_with_nothing_near_suggests_what_the_documents_support(ask: Ask) -> None:
    far = ask("今天上海天气怎么样").suggestions
    assert far
    assert all(one.endswith(("有哪些支持？", "讲了什么？")) for one in far)


def test_what_a_refusal_suggests_is_answered(ask: Ask) -> None:
    for question in ("想发英文刊物，版面费贵不贵", "今天上海天气怎么样", "小黄车骑一小时多少钱"):
        for suggested in ask(question).suggestions:
            assert ask(suggested).outcome is Outcome.ANSWERED, suggested
