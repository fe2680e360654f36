"""The account closes over random documents of every format: nothing lost or made up, words in order."""

import html as html_module
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.reading.account import account_of
from corpus.reading.blocks import BlockKind, SourceDocument
from corpus.reading.formats.docx import read_docx
from corpus.reading.formats.html import read_html
from corpus.reading.formats.lines import bare
from corpus.reading.formats.ofd import read_ofd
from corpus.reading.formats.pdf import read_pdf
from corpus.reading.formats.recognition import Recognizer
from corpus.reading.formats.text import read_text_file
from corpus.reading.formats.xlsx import read_xlsx
from tests.corpus.formats.making import (
    cell,
    docx,
    numbered,
    numbering,
    ofd,
    paragraph,
    part,
    pdf,
    run,
    table,
    text_box,
)

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEWER = settings(EXAMPLES, max_examples=15)

words = st.text(
    "政策奖励企业万元市级认定申报一二第条款0123456789%，。；：（）《》ABab ", min_size=1, max_size=24
).filter(lambda text: len(bare(text)) > 0)
short = st.text("级别国家市首次复核备注甲乙1230", min_size=1, max_size=5)
grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(short, words, st.just("")), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def closes(document: SourceDocument) -> bool:
    account = account_of(document)
    assert account.closes, (account, document)
    assert account.seen == account.kept + account.removed
    return True


def in_order(pieces, document: SourceDocument) -> bool:
    """Tell whether the pieces stand one after the other in the text that is not in tables."""
    text = bare("".join(block.text for block in document.blocks if block.kind is not BlockKind.TABLE_ROW))
    at = 0
    for piece in map(bare, pieces):
        found = text.find(piece, at)
        assert found >= 0, (piece, text[at : at + 80])
        at = found + len(piece)
    return True


def deleted(text):
    return f"<w:del><w:r><w:delText>{html_module.escape(text)}</w:delText></w:r></w:del>"


@st.composite
def word_bodies(draw):
    """Draw the body of a Word file and the words that stand outside its tables, in order."""
    body, told = [], []
    for kind in draw(
        st.lists(
            st.sampled_from(["plain", "numbered", "table", "box", "control", "revised", "note"]), max_size=7
        )
    ):
        text = draw(words)
        if kind == "table":
            rows = draw(grids)
            if len(rows[0]) > 1:
                merge = draw(st.booleans()) and len(rows) > 1
                written = [[cell(one) for one in row] for row in rows]
                if merge:
                    written[0][0] = cell(rows[0][0], merge="restart")
                    written[1][0] = cell(rows[1][0], merge="continue")
                body.append(table(written, header=draw(st.booleans())))
            continue
        told.append(text)
        body.append(
            {
                "plain": paragraph(run(text)),
                "numbered": numbered(text, draw(st.integers(0, 2))),
                "box": paragraph(text_box(paragraph(run(text)))),
                "control": f"<w:sdt><w:sdtContent>{paragraph(run(text))}</w:sdtContent></w:sdt>",
                "revised": paragraph(deleted(draw(words)) + f"<w:ins>{run(text)}</w:ins>"),
                "note": paragraph(run(text) + '<w:r><w:footnoteReference w:id="5"/></w:r>'),
            }[kind]
        )  # fmt: skip
    return body, told


@EXAMPLES
@given(word_bodies(), words, words)
def test_word_files(drawn, note, header):
    body, told = drawn
    notes = part("footnotes", f'<w:footnote w:id="5">{paragraph(run(note))}</w:footnote>')
    document = read_docx(
        "试.docx",
        docx(*body, numbering=numbering(), footnotes=notes, header1=part("hdr", paragraph(run(header)))),
    )
    assert closes(document)
    assert in_order(told, document)


@st.composite
def pages(draw):
    """Draw a web page of prose, lists, tables, hidden and framing parts."""
    parts, told = [], []
    for kind in draw(
        st.lists(st.sampled_from(["p", "div", "li", "table", "hidden", "nav", "break"]), max_size=8)
    ):
        text = draw(words)
        safe = html_module.escape(text)
        if kind == "table":
            rows = "".join(
                "<tr>" + "".join(f"<td>{html_module.escape(one)}</td>" for one in row) + "</tr>"
                for row in draw(grids)
            )
            parts.append(f"<table>{rows}</table>")
        elif kind in ("hidden", "nav"):
            parts.append(
                f"<p style='display:none'>{safe}</p>" if kind == "hidden" else f"<nav><a>{safe}</a></nav>"
            )
        else:
            told.append(text)
            wrapped = {"li": f"<ul><li>{safe}</li></ul>", "break": f"<p><b>{safe}</b><br>另起。</p>"}
            parts.append(wrapped.get(kind, f"<{kind}>{safe}</{kind}>"))
    return "".join(parts), told


@EXAMPLES
@given(pages())
def test_web_pages(drawn):
    inner, told = drawn
    first = "<p>第一条 为促进发展，制定本办法。</p>"
    body = f"<html><title>某办法</title><body><div>{first}{inner}</div></body></html>"
    document = read_html("页.html", body.encode())
    assert closes(document)
    assert in_order(told, document)


@FEWER
@given(st.lists(st.lists(words.map(str.strip), min_size=1, max_size=12), min_size=1, max_size=4))
def test_pdf_files(drawn):
    placed = [[(72.0, 90.0 + 24 * at, text) for at, text in enumerate(page)] for page in drawn]
    document = read_pdf("试.pdf", pdf(placed), Recognizer())
    assert closes(document)
    kept = bare("".join(block.text for block in document.blocks))
    removed = bare("".join(item.text for item in document.removed))
    written = bare("".join(text for page in drawn for text in page))
    assert len(kept) + len(removed) == len(written)
    assert removed or kept == written


@FEWER
@given(grids, words)
def test_ruled_tables_of_pdf_files(rows, above):
    texts = [(72.0, 80.0, above.strip())]
    boxes = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            boxes.append((60.0 + 118 * c, 100.0 + 30 * r, 118.0, 30.0))
            texts.append((64.0 + 118 * c, 120.0 + 30 * r, text.strip()[:8]))
    assert closes(read_pdf("试.pdf", pdf([texts], [boxes]), Recognizer()))


@FEWER
@given(st.lists(st.lists(words.map(str.strip), min_size=1, max_size=8), min_size=1, max_size=3))
def test_ofd_files(drawn):
    placed = [[(20.0, 40.0 + 10 * at, text) for at, text in enumerate(page)] for page in drawn]
    assert closes(read_ofd("试.ofd", ofd(placed), Recognizer()))


@FEWER
@given(st.lists(grids, min_size=1, max_size=3))
def test_spreadsheets(drawn):
    from openpyxl import Workbook

    workbook = Workbook()
    for at, rows in enumerate(drawn):
        sheet = workbook.active if at == 0 else workbook.create_sheet(f"标准{at}")
        for row in rows:
            sheet.append([text if not text.startswith("=") else "公式" for text in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert closes(read_xlsx("表.xlsx", buffer.getvalue()))


@EXAMPLES
@given(st.lists(words, min_size=1, max_size=10), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_plain_text(lines, encoding):
    text = "第一条 为促进本市企业发展，制定本办法。\n" + "\n".join(lines)
    document = read_text_file("文.txt", text.encode(encoding))
    assert closes(document)
    assert in_order(lines, document)
