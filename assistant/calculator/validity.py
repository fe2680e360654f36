"""Whether a document's awards can be paid on a day: in force, draft, not yet, no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.conversation import EstimateStatus
from corpus.model.document import DocumentStatus, PolicyDocument

_SOON_DAYS = 90


@dataclass(frozen=True, slots=True)
class Standing:
    """The status an amount would have, why there can be none, and what to say about dates."""

    status: EstimateStatus
    explanation: str | None = None
    hints: tuple[str, ...] = ()


def standing(document: PolicyDocument, as_of: date) -> Standing:
    """Judge a document on a day. End dates are inclusive; a draft is a draft on any day."""
    match document.status_on(as_of):
        case DocumentStatus.DRAFT:
            return Standing(EstimateStatus.DRAFT, hints=_draft_hints(document, as_of))
        case DocumentStatus.NOT_YET_IN_FORCE:
            return Standing(EstimateStatus.NOT_IN_FORCE, _not_yet(document, as_of))
        case DocumentStatus.EXPIRED:
            return Standing(EstimateStatus.NOT_IN_FORCE, _expired(document, as_of))
        case DocumentStatus.REPORT:
            return Standing(
                EstimateStatus.NOT_IN_FORCE, f"《{document.title}》的来源是新闻报道，不是政策原文"
            )
        case DocumentStatus.IN_FORCE:
            return Standing(EstimateStatus.PAYABLE, hints=_ending_hints(document, as_of))
        case DocumentStatus.REPEALED:
            return Standing(EstimateStatus.NOT_IN_FORCE, _repealed(document))
        case None:
            return Standing(EstimateStatus.PAYABLE, hints=(_unknown(document),))


def chinese_date(day: date) -> str:
    """Write a date in Chinese.

    >>> chinese_date(date(2024, 1, 1))
    '2024年1月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _not_yet(document: PolicyDocument, as_of: date) -> str:
    start = document.validity.start
    since = f"自{chinese_date(start)}起施行" if start else f"落款于{_signed(document)}，自公布之日起施行"
    return f"《{document.title}》{since}，{chinese_date(as_of)}尚未施行"


def _repealed(document: PolicyDocument) -> str:
    on = document.repealed.on if document.repealed else None
    since = f"已于{chinese_date(on)}废止" if on else "已废止"
    return f"《{document.title}》{since}，不能再据此申领"


def _unknown(document: PolicyDocument) -> str:
    start = document.validity.start
    if start is None:
        return f"《{document.title}》的文本未载明有效期，请向发布机关确认是否现行"
    told = f"自{chinese_date(start)}起施行，文本未载明截止日期"
    return f"《{document.title}》{told}，请向发布机关确认是否现行"


def _signed(document: PolicyDocument) -> str:
    return chinese_date(document.signed_on) if document.signed_on else "日期未载明"


def _expired(document: PolicyDocument, as_of: date) -> str:
    end = document.validity.end
    until = f"有效期至{chinese_date(end)}" if end else "有效期"
    return f"《{document.title}》{until}，{chinese_date(as_of)}已届满，不能再据此申领"


def _ending_hints(document: PolicyDocument, as_of: date) -> tuple[str, ...]:
    end = document.validity.end
    if end is None or (end - as_of).days > _SOON_DAYS:
        return ()
    left = (end - as_of).days
    return (f"《{document.title}》有效期至{chinese_date(end)}，距测算日还有{left}天，请留意申报时间",)


def _draft_hints(document: PolicyDocument, as_of: date) -> tuple[str, ...]:
    hints = [f"《{document.title}》是征求意见的草案，金额为拟定，不构成现行政策，不计入现行合计"]
    if document.validity.is_over(as_of):
        assert document.validity.end is not None
        hints.append(f"草案拟定的有效期至{chinese_date(document.validity.end)}，测算日已超出")
    elif document.validity.is_before(as_of):
        assert document.validity.start is not None
        hints.append(f"草案拟自{chinese_date(document.validity.start)}起施行，测算日尚早于该日")
    return tuple(hints)
