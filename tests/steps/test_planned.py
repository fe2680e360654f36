"""How much is planned and by when: both parts are answered from the clause."""

import pytest

from tests.steps.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "保租房打算筹措几万套，到哪年",
        "三个生态园新增租赁住房的数量和期限是多少",
        "新增5万套保障性租赁住房是到几几年",
    ],
)
def test_the_number_of_flats_and_their_year_are_told(ask: Ask, question: str) -> None:
    text = ask(question).text
    first = text.split("\n")[0]
    assert "到2025年" in first
    assert "5万套" in first


def test_the_number_of_projects_and_their_year_are_told(ask: Ask) -> None:
    assert "到2025年,建设30个以上试点示范项目" in ask("融合公共数据的试点示范项目要几个、到哪一年").text


def test_until_when_the_document_holds_is_still_asked_of_the_document(ask: Ask) -> None:
    assert "2028年12月31日" in ask("写保租房的那份文件有效期到哪年").text


def test_a_figure_of_the_report_needs_no_line_on_validity(ask: Ask) -> None:
    text = ask("科技履约贷给多少家企业授信，数据到哪年").text
    assert "734家" in text
    assert "拟定的施行期限" not in text
