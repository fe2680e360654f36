"""What every `ClauseIndex` must do: words, vectors, both together; on disk here, on Chroma, on Milvus."""

import threading
from datetime import date

import pytest

from assistant.ports import SearchFilter
from corpus.model.document import DocumentStatus
from tests.indexes import ALL, ALONE, TOGETHER
from tests.texts import corpus_of, dated_corpus, empty_corpus


@pytest.fixture(params=ALL, scope="module")
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def index(kind, indexes, tmp_path_factory):
    return indexes.build(kind, corpus_of(), tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def dated(kind, indexes, tmp_path_factory):
    return indexes.build(kind, dated_corpus(), tmp_path_factory.mktemp("dated"))


@pytest.fixture(params=TOGETHER, scope="module")
def whole(request, indexes, tmp_path_factory):
    return indexes.build(request.param, corpus_of(), tmp_path_factory.mktemp("whole"))


def names(hits):
    return [hit.clause_id for hit in hits]


def test_a_clause_is_found_by_its_own_words(index):
    assert names(index.search("新建温室的,按建设费用的30%给予最高20万元补贴"))[0] == "garden/2.1"
    assert names(index.search("对开展船员培训的机构,按培训费用的40%给予补贴"))[0] == "harbour/2"


def test_the_best_comes_first(index):
    scores = [hit.score for hit in index.search("船舶保险 保费补贴")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 1


def test_no_clause_comes_twice(index):
    found = names(index.search("补贴", 50))
    assert len(found) == len(set(found))


def test_the_limit_holds(index):
    assert len(index.search("补贴 企业 船舶", 2)) == 2


def test_a_limit_beyond_the_corpus_is_no_error(index):
    assert len(index.search("补贴", 10_000)) <= len(corpus_of().clauses)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_nothing_gives_nothing(index, limit):
    assert list(index.search("补贴", limit)) == []


@pytest.mark.parametrize("query", ["", "  \n", "？！…", "🚢", "\x00"])
def test_a_question_without_words_is_no_error(index, query):
    assert all(hit.clause_id for hit in index.search(query))


@pytest.mark.parametrize("query", ['"title:(', "AND OR NOT", "补贴) -船舶 [1 TO 9]", "补贴*~^", "补" * 3000])
def test_nothing_in_a_question_is_syntax(index, query):
    index.search(query)


def test_only_the_documents_asked_for_are_searched(index):
    found = names(index.search("船舶保险保费补贴", 50, SearchFilter(documents=("garden",))))
    assert found
    assert all(name.startswith("garden/") for name in found)


def test_the_filter_works_inside_the_search_not_after_it(index):
    hits = index.search("对管理船舶十艘以上的企业给予奖励", 1, SearchFilter(documents=("garden",)))
    assert len(hits) == 1


def test_several_documents_can_be_asked_for(index):
    found = names(index.search("补贴", 50, SearchFilter(documents=("garden", "harbour"))))
    assert {name.split("/")[0] for name in found} == {"garden", "harbour"}


def test_an_unknown_document_has_no_clauses(index):
    assert list(index.search("补贴", 10, SearchFilter(documents=("nowhere",)))) == []


def test_an_empty_filter_is_no_filter(index):
    assert names(index.search("船舶", 5, SearchFilter())) == names(index.search("船舶", 5))


DAY = date(2026, 11, 22)
ON_THAT_DAY = {
    DocumentStatus.EXPIRED: {"old"},
    DocumentStatus.IN_FORCE: {"now"},
    DocumentStatus.NOT_YET_IN_FORCE: {"later"},
    DocumentStatus.DRAFT: {"plan"},
    DocumentStatus.REPORT: {"news"},
    None: {"silent"},
}


def documents(hits):
    return {hit.clause_id.split("/")[0] for hit in hits}


def found_where(index, **parts):
    return documents(index.search("企业租用办公用房的房租补贴", 50, SearchFilter(**parts)))


@pytest.mark.parametrize(("status", "expected"), ON_THAT_DAY.items())
def test_documents_of_one_status_can_be_asked_for(dated, status, expected):
    assert found_where(dated, as_of=DAY, statuses=(status,)) == expected


def test_several_statuses_can_be_asked_for(dated):
    wanted = (DocumentStatus.IN_FORCE, DocumentStatus.DRAFT, None)
    assert found_where(dated, as_of=DAY, statuses=wanted) == {"now", "plan", "silent"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 12, 31), set()),
        (date(2020, 1, 1), {"old"}),
        (date(2022, 12, 31), {"old"}),
        (date(2023, 1, 1), set()),
        (date(2027, 1, 1), {"now"}),
        (date(2027, 12, 31), {"now"}),
        (date(2028, 1, 1), set()),
    ],
)
def test_what_is_in_force_depends_on_the_day_first_and_last_included(dated, day, expected):
    assert found_where(dated, as_of=day, statuses=(DocumentStatus.IN_FORCE,)) == expected


def test_one_that_has_begun_and_does_not_tell_its_end_is_not_in_force_by_default(dated):
    assert found_where(dated, as_of=date(2026, 12, 31), statuses=(None,)) == {"silent"}
    assert found_where(dated, as_of=date(2027, 1, 1), statuses=(None,)) == {"silent", "later"}


def test_a_day_alone_leaves_nothing_out(dated):
    assert found_where(dated, as_of=DAY) == {"old", "now", "later", "plan", "news", "silent"}


def test_statuses_without_a_day_are_refused():
    with pytest.raises(ValueError, match="as_of"):
        SearchFilter(statuses=(DocumentStatus.DRAFT,))


def test_a_district_has_its_own_documents_and_those_of_its_city(dated):
    assert found_where(dated, regions=("上海市长宁区",)) == {"old", "now", "later", "plan", "news"}


def test_a_city_has_not_those_of_its_districts(dated):
    assert found_where(dated, regions=("上海市",)) == {"old", "now", "news"}


def test_the_level_can_be_asked_for(dated):
    assert found_where(dated, levels=("district",)) == {"later", "plan"}


def test_all_parts_of_a_filter_hold_together(dated):
    statuses = (DocumentStatus.DRAFT, DocumentStatus.IN_FORCE, DocumentStatus.EXPIRED)
    narrow = {"documents": ("plan", "old", "news"), "levels": ("city",), "as_of": DAY, "statuses": statuses}
    assert found_where(dated, **narrow) == {"old"}
    assert found_where(dated, **narrow, regions=("杭州市",)) == set()


def test_the_limit_is_filled_from_what_passes_the_filter(dated):
    only = SearchFilter(as_of=DAY, statuses=(None,))
    assert documents(dated.search("船舶企业奖励", 2, only)) == {"silent"}
    assert len(dated.search("租用办公用房的企业 奖励", 2, only)) == 2


def test_clauses_of_equal_score_come_in_the_order_of_their_ids(dated):
    equal = [hit for hit in dated.search("租用办公用房的企业房租补贴", 6) if hit.clause_id.endswith("/1")]
    assert len(equal) == 6
    assert len({round(hit.score, 5) for hit in equal}) == 1
    assert names(equal) == sorted(names(equal))


def test_an_empty_corpus_gives_nothing(kind, indexes, tmp_path):
    assert list(indexes.build(kind, empty_corpus(), tmp_path).search("补贴")) == []


def test_what_was_deleted_is_found_no_more_and_what_was_added_is(kind, indexes, tmp_path):
    texts = corpus_of()
    indexes.build(kind, texts, tmp_path)
    without = corpus_of({"garden": ("园林市支持花卉种植的实施办法", texts.document("garden").text)})
    left = indexes.build(kind, without, tmp_path)
    assert documents(left.search("船舶保险保费补贴 花卉", 50)) == {"garden"}
    again = indexes.build(kind, texts, tmp_path)
    assert "harbour/3" in names(again.search("船舶保险保费补贴", 50))


def test_full_width_letters_and_digits_make_no_difference(index):
    wide, narrow = "对管理船舶的企业,给予最高８０万元奖励 ＡＥＯ", "对管理船舶的企业,给予最高80万元奖励 aeo"
    assert names(index.search(wide, 3)) == names(index.search(narrow, 3))


def test_traditional_characters_find_a_simplified_text(whole):
    assert names(whole.search("對管理船舶十艘以上的企業，給予最高８０萬元獎勵"))[0] == "harbour/1"
    assert names(whole.search("園林市 第二條第(二)項"))[0] == "garden/2.2"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("港口区的措施第三条", ["harbour/3"]),
        ("园林市 第二条第(二)项 是怎么写的", ["garden/2.2"]),
        ("garden/2.1", ["garden/2.1"]),
        ("港口区(二)和(一)", ["harbour/2", "harbour/1"]),
        ("第3条", ["garden/3", "harbour/3"]),
    ],
)
def test_a_clause_named_by_number_stands_first(whole, question, expected):
    assert sorted(names(whole.search(question, 5))[: len(expected)]) == sorted(expected)


def test_a_clause_named_by_number_stays_out_when_the_filter_leaves_it_out(whole):
    assert "harbour/3" not in names(whole.search("港口区的措施第三条", 5, SearchFilter(("garden",))))


def test_a_document_called_by_name_raises_its_clauses_against_the_others(whole):
    def lead(question):
        scores = {hit.clause_id: hit.score for hit in whole.search(question, 10)}
        return scores["harbour/3"] - scores["garden/2.1"]

    assert lead("港口区的补贴") > lead("补贴") > lead("园林市的补贴")


def test_a_search_is_explained_by_the_terms_it_shares(whole):
    told = whole.explain("园林市新建温室的补贴", 3)
    assert told.asked.documents == ("garden",)
    assert [one.hit for one in told.found] == list(whole.search("园林市新建温室的补贴", 3))
    assert {term for query_term in told.query_terms for term in query_term.terms} >= {"温室", "补贴"}


def test_the_same_question_gives_the_same_answer(index):
    assert list(index.search("温室补贴")) == list(index.search("温室补贴"))


def test_the_parts_explain_the_score(index, kind):
    parts = dict(index.search("温室补贴")[0].parts)
    if kind in ALONE:
        assert set(parts) == {ALONE[kind]}
    else:
        assert set(parts) >= {"lexical", "dense", "coverage"}
        assert all(0.0 <= parts[name] <= 1.0 for name in ("lexical", "dense", "coverage"))


def test_many_threads_may_search_at_once(index):
    expected, seen, failures = names(index.search("船员培训")), [], []

    def ask():
        try:
            seen.extend(names(index.search("船员培训")) == expected for _ in range(5))
        except Exception as error:  # told below, in the thread that can fail the test
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert seen == [True] * 30
