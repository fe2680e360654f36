"""What is asked of a thing decides: its price, a licence or a fine is answered only where a text says so."""

import pytest

from assistant.conversation import Outcome
from assistant.steps.routing.answerable import FEATURES, judge, load_weights
from assistant.steps.routing.aspects import asked_part, load_aspects, matters_elsewhere
from assistant.steps.state import AnswerContext
from corpus.store import Corpus, load_corpus
from evals.fitting import fitted, held_out
from tests.steps.conftest import Ask


def sides_of(question: str, passage: str = "") -> set[str]:
    return {side.name for side in load_aspects().unanswered(question, passage)}


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("人形机器人整机售价多少", "price"),
        ("无人车充一次电要花多少", "price"),
        ("检验检测员的月薪多少", "wage"),
        ("乱停共享单车会被罚吗", "penalty"),
        ("开互联网医院的执业许可怎么申", "licence"),
        ("哪家的云服务口碑好", "ranking"),
        ("元宇宙概念股有哪些", "market"),
        ("孵化器周末几点关门", "place_hours"),
        ("智能合约怎么编程", "know_how"),
        ("区块链是谁最先提出的", "history"),
        ("融资租赁合同纠纷怎么起诉", "dispute"),
        ("履约贷的利率是多少", "credit"),
    ],
)
def test_a_side_that_policies_rarely_state_is_heard(question: str, side: str) -> None:
    assert side in sides_of(question)


@pytest.mark.parametrize(
    "question",
    [
        "无人机航线飞满一万架次补多少钱",
        "DCMM认证费花了多少能补多少",
        "办一场论坛最多给多少",
        "第一次轻微违法会被罚吗",
        "这份文件是几月几号印发的",
        "原文是怎么写的",
        "怎么去申报首版次",
        "我们公司上市了有奖励吗",
        "规上企业有几家、营收多少",
    ],
)
def test_what_a_policy_may_state_is_no_such_side(question: str) -> None:
    assert sides_of(question) == set()


def test_a_passage_that_speaks_of_the_side_answers_it() -> None:
    assert sides_of("软件的售价怎么定", "软件的售价由市场决定") == set()
    assert sides_of("软件的售价怎么定", "支持软件企业") == {"price"}


def test_only_the_part_that_asks_is_listened_to() -> None:
    text = "上个月停车费贵得离谱，员工工资也涨了，DCMM三级能补多少"
    assert asked_part(text) == "DCMM三级能补多少"
    assert sides_of(text) == set()


def test_a_matter_of_other_policies_is_none_once_a_text_speaks_of_it() -> None:
    assert matters_elsewhere("屋顶光伏补多少", ["支持工业设计"]) == ("屋顶光伏",)
    assert matters_elsewhere("屋顶光伏补多少", ["对屋顶光伏给予补贴"]) == ()


def test_the_refusal_says_which_side_the_text_does_not_state(ask: Ask) -> None:
    answer = ask("清洁生产审核的收费一般多少")
    assert answer.outcome is Outcome.NOT_COVERED
    assert "没有写明价格或收费" in answer.text
    assert "工业服务业" in answer.text


def test_the_refusal_names_the_other_matter(ask: Ask) -> None:
    answer = ask("冷链仓库建设，市里给多少支持")
    assert answer.outcome is Outcome.NOT_COVERED
    assert "冷链" in answer.text


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("老外员工想办永居，有没有便利", "sh-tech-services/12.2"),
        ("VIE结构的平台想拆了回来敲钟，支持吗", "sh-online-economy/3"),
        ("大学的电镜能不能给企业用", "sh-tech-services/1.1"),
    ],
)
def test_words_of_daily_speech_find_the_clause(ask: Ask, question: str, clause: str) -> None:
    assert clause in {one.span.clause_id for one in ask(question).citations}


def test_every_word_of_daily_speech_has_a_meaning_in_the_texts(corpus: Corpus) -> None:
    told = "\n".join(clause.text for clause in corpus.clauses)
    assert [term.means[0] for term in load_corpus().glossary.everyday if term.means[0] not in told] == []


def test_a_word_the_texts_use_themselves_is_not_translated(context: AnswerContext) -> None:
    told = "\n".join(clause.text for clause in context.corpus.clauses).lower()
    says = [word for term in context.glossary.everyday for word in term.says]
    assert says
    assert [word for word in says if word.lower() in told] == []


def test_the_weights_speak_for_evidence_and_against_another_side() -> None:
    weights = load_weights().by_meaning
    assert set(weights) == {"always", *FEATURES}
    assert weights["strength"] > 0 > weights["aspect"]
    none = dict.fromkeys(FEATURES, 0.0)
    shared = {**none, "strength": 1.0, "dense": 0.6, "lead": 0.5}
    known = judge(shared, weights).chance
    other_side = judge({**shared, "aspect": 1.0}, weights).chance
    assert known > 0.5 > other_side


def test_fitting_finds_what_tells_right_from_wrong() -> None:
    rows = [{"strength": at / 40, "named": float(at % 2)} for at in range(40)]
    right = [at >= 20 for at in range(40)]
    weights = fitted(rows, right, ("strength", "named"))
    assert weights[1] > 1 > abs(weights[2])


def test_a_row_left_out_is_judged_by_the_others() -> None:
    rows = [{"strength": float(at % 2)} for at in range(60)]
    chances = held_out(rows, [at % 2 == 1 for at in range(60)], [True] * 60)
    assert all((chance > 0.5) == (at % 2 == 1) for at, chance in enumerate(chances))


@pytest.mark.parametrize(
    "question", ["去成都参加部里主办的展会，最多补多少", "从上海飞杭州的工业物流航线补多少"]
)
def test_a_place_one_only_goes_to_is_not_the_place_asked_about(ask: Ask, question: str) -> None:
    assert ask(question).outcome is not Outcome.NOT_COVERED


@pytest.mark.parametrize("question", ["去成都注册公司补多少", "成都的客户服务中心当地奖励多少"])
def test_a_place_one_settles_in_is_the_place_asked_about(ask: Ask, question: str) -> None:
    assert ask(question).outcome is Outcome.NOT_COVERED
