"""Numbered places in a question, on the five documents."""

import pytest

from assistant.retrieval.references import find_references
from corpus.store import load_corpus


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("在线新经济第十六条", ["sh-online-economy/16"]),
        ("在线新经济的（十六）最高能给多少", ["sh-online-economy/16"]),
        ("工业服务业第10条", ["sh-industrial-services/10"]),
        ("工业服务业那份措施里的第十条怎么说", ["sh-industrial-services/10"]),
        ("长宁第8条（三）", ["changning-ai-draft/8.3"]),
        ("长宁区人工智能办法第八条第三项", ["changning-ai-draft/8.3"]),
        ("长宁草案第八条的第(四)项", ["changning-ai-draft/8.4"]),
        ("第八条第三项", ["changning-ai-draft/8.3"]),
        ("科技服务业(七)第二段", ["sh-tech-services/7.2"]),
        ("(七)第二段", ["sh-tech-services/7.2"]),
        ("科技服务业第九条第一段", ["sh-tech-services/9"]),
        ("沪府办规〔2023〕27号第十六条", ["sh-online-economy/16"]),
        ("《上海市促进在线新经济健康发展的若干政策措施》第十六条", ["sh-online-economy/16"]),
        ("《实施办法(草案)》第七条第一项", ["changning-ai-draft/7.1"]),
        ("办法第八条", ["changning-ai-draft/8"]),
        ("若干意见第七条", ["sh-tech-services/7"]),
        ("在线新经济第三部分讲什么", ["sh-online-economy/section.3"]),
        ("长宁问答第五问", ["changning-ai-draft/qa.5"]),
        ("第3段", ["sh-services-innovation/p3"]),
        ("changning-ai-draft/8.4 是什么", ["changning-ai-draft/8.4"]),
    ],
)
def test_one_place_is_found(corpus, question, clauses):
    assert list(find_references(question, corpus)) == clauses


def test_several_places_come_in_the_order_asked(corpus):
    assert find_references("长宁第八条第三项和第二项,还有第九条", corpus) == (
        "changning-ai-draft/8.3",
        "changning-ai-draft/8.2",
        "changning-ai-draft/9",
    )


def test_each_place_keeps_its_own_document(corpus):
    assert find_references("“在线新经济”的第16条,长宁的第八条(四)", corpus) == (
        "sh-online-economy/16",
        "changning-ai-draft/8.4",
    )


def test_without_a_document_every_candidate_is_given(corpus):
    assert set(find_references("第十二条", corpus)) == {
        "sh-industrial-services/12",
        "sh-online-economy/12",
        "sh-tech-services/12",
    }


@pytest.mark.parametrize(
    "question",
    [
        "第九十九条",
        "长宁第八条第九项",
        "在线新经济第二十一条",
        "工业服务业第10条第2项",
        "公司法第十六条",
        "《中华人民共和国公司法》第三条",
        "清洁生产促进条例第八条",
        "民法典第8条",
    ],
)
def test_a_place_that_is_not_ours_gives_nothing(corpus, question):
    assert find_references(question, corpus) == ()


@pytest.mark.parametrize(
    "question",
    [
        "第三项目能申请吗",
        "新开第一条航线补多少",
        "第一款产品卖出去了",
        "第二段时间",
        "31项措施",
        "DCMM(二级)能补多少",
        "第三方检测机构",
        "我们是第一次申请",
        "投了3.5万",
        "",
    ],
)
def test_counting_things_is_no_reference(corpus, question):
    assert find_references(question, corpus) == ()


def test_a_topic_word_in_the_sentence_does_not_bind_a_number_far_from_it(corpus):
    found = find_references("人工智能大模型的专项奖励是不是第十条", corpus)
    assert "sh-online-economy/10" in found


def test_names_of_a_glossary_are_understood(corpus):
    assert find_references("线上新经济第七条", corpus, {"sh-online-economy": ["线上新经济"]}) == (
        "sh-online-economy/7",
    )
