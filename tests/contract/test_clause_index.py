"""What every `ClauseIndex` must do: words alone, vectors alone, both together, each on two embedders."""

import threading

import pytest

from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.embeddings import load_embedder
from assistant.adapters.entries import entries_of
from assistant.adapters.index import open_index
from assistant.adapters.lexical_index import LexicalIndex
from assistant.ports import SearchFilter
from tests.texts import corpus_of

KINDS = ["words", "vectors", "vectors of a model", "both", "both with a model"]


@pytest.fixture(params=KINDS, scope="module")
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def index(kind, tiny_model, tmp_path_factory):
    folder, corpus = tmp_path_factory.mktemp("index"), corpus_of()
    embedder = load_embedder(str(tiny_model) if "model" in kind else None)
    if kind.startswith("both"):
        return open_index(corpus, folder, embedder)
    alone = LexicalIndex(folder) if kind == "words" else ChromaIndex(folder, embedder)
    alone.change((), [list(entries_of(corpus).values())], lambda done: None)
    return alone


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


def test_the_same_question_gives_the_same_answer(index):
    assert list(index.search("温室补贴")) == list(index.search("温室补贴"))


def test_the_parts_explain_the_score(index, kind):
    expected = {"words": {"lexical"}, "vectors": {"dense"}, "vectors of a model": {"dense"}}
    parts = dict(index.search("温室补贴")[0].parts)
    assert set(parts) == expected.get(kind, {"lexical", "dense", "coverage", "fused"})
    if kind.startswith("both"):
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
