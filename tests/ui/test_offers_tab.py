"""能享受什么 without a browser: what a profile tells, what is listed, what the spreadsheet holds."""

import base64
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from assistant.calculation import match_measures
from corpus.store import load_corpus
from ui.page.offers.profile import numbers_worth_asking, profile_facts, ticks
from ui.page.offers.results import offers_view
from ui.page.offers.tab import matched_view, save_sheet
from ui.page.offers.workbook import workbook

DAY = "2026-11-22"
HARD = {"is_hard_technology_project": "是", "self_funded_investment": "800万元"}


@pytest.fixture(scope="module")
def corpus():
    return load_corpus()


def test_what_was_received_before_is_no_trait_to_tick(corpus):
    names = {name for _, name in (*ticks(corpus).company, *ticks(corpus).matters)}
    assert "is_manufacturer" in names
    assert "is_hard_technology_project" in names
    assert not any("received" in name for name in names)


def test_numbers_are_asked_only_of_measures_singled_out(corpus):
    dcmm = next(one.id for one in corpus.measures if one.name.startswith("DCMM"))
    asked = [fact.name for fact in numbers_worth_asking([dcmm], corpus)]
    assert set(asked) == {"certification_fee", "dcmm_level"}
    assert numbers_worth_asking([], corpus) == ()


def test_not_knowing_tells_nothing():
    told = profile_facts({"in_changning": "不清楚", "is_in_good_standing": "是"}, ["is_manufacturer"], [], {})
    assert told == {"is_in_good_standing": "是", "is_manufacturer": "是"}


def test_a_draft_sum_is_told_apart_and_never_as_in_force(corpus):
    view, clauses, pointed = matched_view(corpus, HARD, DAY, ())
    assert "草案拟给予合计，未施行" in view
    assert "现行政策预计合计" not in view
    assert "240万元" in view
    assert "给予企业最高不超过300万元的资助" in clauses
    assert pointed == ("changning-ai-draft/7.1/hard-technology",)


def test_every_measure_is_listed_once_whatever_is_told(corpus):
    view, _, _ = matched_view(corpus, {}, DAY, ())
    assert view.count('class="pa-row"') == len(corpus.measures)


def test_only_the_statuses_asked_for_are_shown(corpus):
    view, _, _ = matched_view(corpus, HARD, DAY, ["draft"])
    assert "硬核技术攻关资助" in view
    assert "待补充" not in view


def test_another_district_is_not_eligible_for_what_is_changnings(corpus):
    view, _, _ = matched_view(corpus, {"in_changning": "否", **HARD}, DAY, ())
    assert "目前不适用" in view
    assert "草案拟给予合计" not in view


def test_a_wrong_day_is_said(corpus):
    assert "不是日期" in matched_view(corpus, {}, "昨天", ())[0]


def sheet_of(view):
    content = re.search(r'pa-file-content">([^<]*)<', view).group(1)
    return load_workbook(io.BytesIO(base64.b64decode(content)))


def test_the_spreadsheet_holds_every_measure_with_its_sum_as_a_number(corpus):
    book = sheet_of(save_sheet(corpus, HARD, DAY))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 1 + len(corpus.measures)
    hard = next(row for row in rows if row[0] == "硬核技术攻关资助")
    assert hard[3] == 2_400_000
    assert hard[1] == "草案，未施行"


def test_text_that_looks_like_a_formula_stays_text(corpus):
    matched = match_measures(corpus, HARD, date(2026, 11, 22))
    first = replace(matched.estimates[0], name='=HYPERLINK("http://evil.example")')
    hostile = replace(matched, estimates=(first, *matched.estimates[1:]))
    cell = load_workbook(io.BytesIO(workbook(hostile, corpus))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK")


def test_words_from_a_document_are_shown_and_do_nothing(corpus):
    matched = match_measures(corpus, HARD, date(2026, 11, 22))
    hostile = replace(matched, warnings=("<img src=x onerror=1>",))
    assert "<img" not in offers_view(hostile, (), corpus)
