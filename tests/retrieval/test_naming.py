from assistant.retrieval.naming import DocumentNames
from tests.texts import corpus_of


def slugs(question, more=None):
    names = DocumentNames(corpus_of().documents, more)
    return [mention.slugs for mention in names.mentions(question)]


def test_a_document_is_known_by_what_its_title_is_about():
    assert slugs("航运服务业那个文件") == [("harbour",)]


def test_by_its_region_with_and_without_the_suffix():
    assert slugs("园林市的办法") == [("garden",)]
    assert slugs("园林的办法") == [("garden",)]


def test_a_question_naming_none_names_none():
    assert slugs("有什么补贴") == []


def test_two_documents_can_be_named():
    assert slugs("航运服务业和花卉种植") == [("harbour",), ("garden",)]


def test_names_people_use_can_be_added():
    assert slugs("船政策里怎么说", {"harbour": ["船政策"]}) == [("harbour",)]


def test_the_longest_name_wins():
    assert slugs("港口区促进航运服务业发展的若干措施第一条") == [("harbour",)]
