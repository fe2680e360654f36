"""The Chinese words every face uses for the names inside the program."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.conversation import ConditionState, EstimateStatus, Outcome
from corpus.model.document import DocumentStatus, PolicyDocument, SourceNature
from corpus.model.relation import RelationKind

AI_NOTICE = "内容由AI生成，仅供参考"
UNREVIEWED_TOTAL = "自动识别、未经人工核对的合计（不计入上面的合计）"
UNREVIEWED_DRAFT_TOTAL = "草案中自动识别、未经人工核对的合计（未施行，不计入上面的合计）"

OUTCOME_LABELS = {
    Outcome.ANSWERED: "已回答",
    Outcome.NEEDS_INPUT: "还需要您补充",
    Outcome.NOT_COVERED: "政策库未涉及",
    Outcome.BLOCKED: "不能回答",
    Outcome.ERROR: "出错了",
}

INTENT_LABELS = {
    "amount": "金额",
    "standard": "标准",
    "conditions": "条件",
    "procedure": "怎么办",
    "responsible_body": "责任单位",
    "validity": "有效期",
    "about": "文件本身",
    "list": "有哪些",
    "comparison": "比较",
    "definition": "含义",
    "figure": "数字",
    "lookup": "原文",
    "cumulation": "能否叠加",
    "yes_no": "是不是",
    "premise": "核实说法",
    "help": "怎么用",
}

ESTIMATE_LABELS = {
    EstimateStatus.PAYABLE: "预计可享",
    EstimateStatus.DRAFT: "草案，未施行",
    EstimateStatus.NOT_ELIGIBLE: "未达条件",
    EstimateStatus.NEEDS_INPUT: "待补充",
    EstimateStatus.NOT_IN_FORCE: "不在有效期",
    EstimateStatus.NOT_QUANTIFIED: "原文未写金额",
}

CONDITION_MARKS = {
    ConditionState.MET: "✓",
    ConditionState.UNMET: "✗",
    ConditionState.UNKNOWN: "？",
}

CONDITION_LABELS = {
    ConditionState.MET: "已满足",
    ConditionState.UNMET: "未满足",
    ConditionState.UNKNOWN: "待确认",
}

NATURE_LABELS = {
    SourceNature.POLICY: "政策原文",
    SourceNature.REPORT: "新闻报道",
    SourceNature.DRAFT: "征求意见草案",
    SourceNature.GUIDE: "申报指南",
}

RELATION_LABELS = {
    RelationKind.REPEALS: "废止",
    RelationKind.REPLACES: "代替",
    RelationKind.AMENDS: "修订",
    RelationKind.EXTENDS: "延长",
    RelationKind.IMPLEMENTS: "依据",
    RelationKind.INTERPRETS: "解读",
}

KIND_LABELS = {
    "award": "奖励",
    "subsidy": "补贴",
    "grant": "资助",
    "matching": "配套",
    "interest_subsidy": "贴息",
    "premium_subsidy": "保费补贴",
}

REMOVED_LABELS = {  # kinds of corpus.reading.blocks.Removed
    "navigation": "导航和网页工具",
    "page_title": "网页标题栏",
    "page_header": "页眉",
    "page_footer": "页脚",
    "page_number": "页码",
    "sidebar": "侧栏",
    "hidden_text": "隐藏文字",
    "not_rendered": "网页不显示的内容",
    "form_control": "表单控件",
    "ruby": "注音",
    "empty_field": "没有填写的栏目",
    "empty_column": "整列为空的表头",
    "unit_mark": "表头中括住单位的符号",
    "repeated_header": "续页重复的表头",
    "deleted_revision": "修订中删去的文字",
    "moved_away": "修订中移走的文字",
    "field_code": "域代码",
    "comment": "批注",
    "unreferenced_footnote": "没有引用的脚注",
    "unreferenced_endnote": "没有引用的尾注",
    "text_layer": "扫描件自带的文字层",
    "stamp": "印章文字",
    "watermark": "水印",
    "hidden_sheet": "隐藏的工作表",
    "hidden_cells": "隐藏的行列",
}
CHANGE_LABELS = {
    "lost_break": "丢失的换行",
    "page_break": "页眉页码",
    "invisible": "不可见字符",
    "blank": "特殊空格",
    "pinyin": "拼音标注",
    "traditional": "繁体字",
    "stray": "杂字",
    "furniture": "网页附带内容",
    "spaced_out": "字间空格",
    "numbering_space": "编号后的空格",
    "punctuation_space": "标点旁的空格",
    "digit_space": "数字间的空格",
    "word_space": "词间空格",
    "line_ends": "换行符",
    "edges": "行首行尾空白",
    "blank_lines": "空行",
    "hard_wrap": "硬换行",
    "run_in_item": "连写的条目",
}


def status_label(status: DocumentStatus | None) -> str:
    """Return the word for a document's status; a text that states no validity says so.

    >>> status_label(None), status_label(DocumentStatus.DRAFT)
    ('有效期未载明', '草案')
    """
    return status.label if status else "有效期未载明"


def validity_words(document: PolicyDocument) -> str:
    """Return from when to when a document holds, in words.

    A draft only proposes its dates, and the words say so; so they do of dates counted from the signing.
    """
    period = document.validity
    if not period.is_stated:
        return "原文未载明有效期"
    start = period.start.isoformat() if period.start else ""
    if period.end:
        words = f"{start} 至 {period.end.isoformat()}".strip()
    else:
        words = (
            f"{start} 起，长期有效".lstrip(" 起，") if period.is_unlimited else f"{start} 起，未载明截止日期"
        )
    words = f"约 {words}（自落款日推算）" if document.reckoned else words
    return f"拟 {words}" if document.nature is SourceNature.DRAFT else words


def amount_words(amount: Decimal) -> str:
    """Write an amount as people do: 240万元."""
    from corpus.model.values import Money
    from corpus.reading.numerals import format_money

    return format_money(Money(amount))


def marks_of(numbers: Sequence[int]) -> str:
    """Write source numbers as the reader sees them.

    >>> marks_of([1, 3])
    '〔1〕〔3〕'
    """
    return "".join(f"〔{number}〕" for number in numbers)


def titled(title: str) -> str:
    """Write a document's title in its marks, once.

    >>> titled("若干意见"), titled("《若干意见》")
    ('《若干意见》', '《若干意见》')
    """
    return title if title.startswith("《") and title.endswith("》") else f"《{title}》"
