"""Random outlines, written in each style with and without line breaks, are read back as they were."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model.document import ClauseKind
from corpus.reading import read_text
from corpus.reading.numerals import write_chinese

WRITTEN = {
    "chapter": lambda n: f"第{write_chinese(n)}章 ",
    "article": lambda n: f"第{write_chinese(n)}条 ",
    "chinese": lambda n: f"{write_chinese(n)}、",
    "bracket": lambda n: f"（{write_chinese(n)}）",
    "arabic": lambda n: f"{n}.",
    "arabic-comma": lambda n: f"{n}、",
    "arabic-wide": lambda n: f"{n}．",
    "paren": lambda n: f"（{n}）",
    "paren-narrow": lambda n: f"({n})",
    "half": lambda n: f"{n}）",
    "circle": lambda n: chr(ord("①") + n - 1),
}
# Styles from the outermost in; a name with ~ is numbered through the whole text.
STYLES = [
    ("chinese", "bracket", "arabic", "paren"),
    ("chinese", "arabic", "paren", "circle"),
    ("chinese", "arabic-comma", "paren-narrow"),
    ("chinese", "~bracket"),
    ("chinese", "~arabic", "paren"),
    ("chinese", "~article", "bracket"),
    ("chapter", "~article", "bracket", "arabic"),
    ("article", "bracket", "arabic"),
    ("article", "paren", "circle"),
    ("arabic-wide", "paren", "half"),
    ("bracket", "arabic", "circle"),
]
# What stands in items: references, amounts, years and dates are no marks.
SENTENCES = [
    "对符合条件的企业给予2.5万元奖励，最高不超过100万元。",
    "根据第三条、第二条第（一）项确定的标准执行。",
    "按照前款规定，2024年1月1日至2026年12月31日期间有效。",
    "对一、二类企业分别给予30万元、20万元，第二年减半。",
    "符合（一）项和（二）项的，就高不就低（下同）。",
    "增长10%以上的，按1:1.5配套；低于5.0%的不予支持。",
    "支持企业申报1个国家级、2个省级项目，3年内完成。",
]
HEADINGS = ["支持研发创新", "鼓励开拓市场", "完善服务保障", "优化营商环境", "申报与审核"]


@dataclass(frozen=True)
class Node:
    """One item of a made-up outline: its mark and words, and how many items stand above it."""

    words: str
    depth: int


@st.composite
def outlines(draw):
    """Return an outline as a list of nodes in reading order; each list has two items or more."""
    styles = draw(st.sampled_from(STYLES))
    through: dict[int, int] = {}
    nodes: list[Node] = []

    def level(depth: int) -> None:
        style = styles[depth]
        for n in range(1, draw(st.integers(2, 4)) + 1):
            through[depth] = through.get(depth, 0) + 1
            number = through[depth] if style.startswith("~") else n
            inner = depth + 1 < len(styles) and (style == "chapter" or draw(st.booleans()))
            inner = inner or (depth + 1 < len(styles) and styles[depth + 1].startswith("~"))
            heading = draw(st.sampled_from(HEADINGS)) if inner else ""
            words = heading or draw(st.sampled_from(SENTENCES))
            nodes.append(Node(WRITTEN[style.lstrip("~")](number) + words, depth))
            if inner:
                level(depth + 1)

    level(0)
    return nodes


BREAKS = {
    "one a line": "\n",
    "full-width spaces": "\u3000\u3000",
    "a space and full-width spaces": " \u3000\u3000",
    "plain spaces": " ",
}


@pytest.mark.parametrize("between", BREAKS.values(), ids=BREAKS)
@settings(max_examples=60, deadline=None)
@given(nodes=outlines())
def test_an_outline_is_read_back_as_it_was_written(nodes, between):
    title = "北湖市促进软件业发展若干措施"
    lead = "为促进软件业发展，制定以下措施。"
    text = between.join([title, lead, *(node.words for node in nodes)])
    clauses = [one for one in read_text(text, "d").clauses if one.kind is not ClauseKind.PREAMBLE]
    read = [(_plain(one.text), len(one.headings)) for one in clauses]
    assert read == [(_plain(node.words), node.depth) for node in nodes]
    assert len({one.label for one in clauses}) == len(clauses)


def _plain(words: str) -> str:
    return words.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(
    sentences=st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=9),
    style=st.sampled_from(list(WRITTEN)),
)
def test_a_list_run_into_its_sentence_is_split_and_no_other(sentences, style):
    if style in ("chapter", "circle"):
        return
    items = [WRITTEN[style](n) + words for n, words in enumerate(sentences, start=1)]
    text = "北湖市促进软件业发展若干措施\n具体标准如下：" + "".join(items)
    clauses = [one for one in read_text(text, "d").clauses if one.kind is not ClauseKind.PREAMBLE]
    assert [_plain(one.text) for one in clauses] == [_plain(item) for item in items]
