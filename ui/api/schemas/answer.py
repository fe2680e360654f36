"""An answer, an estimate and a match as the contract writes them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ui.api.schemas.shape import Shape, named

Yuan = str
YUAN = "十进制字符串，单位元"
Status = Literal["in_force", "not_yet_in_force", "expired", "draft", "report", "repealed"]


class CitationOut(Shape):
    """A source (依据)."""

    model_config = named("依据")

    n: int = Field(description="正文里〔n〕的号码", examples=[1])
    clause: str = Field(description="条款编号", examples=["changning-ai-draft/7.1"])
    document: str = Field(description="文件编号", examples=["changning-ai-draft"])
    title: str = Field(description="文件名")
    label: str = Field(description="条款在文件里的叫法", examples=["第七条(一)"])
    quote: str = Field(description="原文的字句，等于该条款 text[start:end]")
    start: int = Field(description="引文在条款里从第几个字符起", ge=0)
    end: int = Field(description="到第几个字符止（不含）")
    status: Status | None = Field(description="测算日那天的效力；原文未载明有效期的为空")


class StepOut(Shape):
    """A worked line (算式)."""

    model_config = named("算式")

    text: str = Field(examples=["800万元 × 30% = 240万元"])
    cites: list[int] = Field(description="数字出自哪几条依据", examples=[[1]])


class ConditionOut(Shape):
    """A condition (条件) and how it stands."""

    model_config = named("条件")

    text: str = Field(description="条款里的话", examples=["经综合评估"])
    state: Literal["met", "unmet", "unknown"] = Field(description="已满足、未满足、待确认")
    cites: list[int]
    gap: str | None = Field(description="差多少", examples=["还差 5 当量吨"])


class MissingOut(Shape):
    """A fact still needed (还需要的信息)."""

    model_config = named("还需要的信息")

    fact: str = Field(
        description="信息的名称，可用于 /estimate 和 /match", examples=["self_funded_investment"]
    )
    question: str = Field(description="怎样问用户", examples=["请问项目自筹投入是多少？"])
    unit: str = Field(description="单位", examples=["yuan"])


class EstimateOut(Shape):
    """What one measure would pay (预计可享金额), never an entitlement."""

    model_config = named("一项措施的测算")

    measure: str = Field(description="措施编号", examples=["changning-ai-draft/7.1/hard-technology"])
    name: str = Field(description="措施名称")
    status: Literal["payable", "draft", "not_eligible", "needs_input", "not_in_force", "not_quantified"] = (
        Field(description="预计可享、草案、未达条件、待补充、不在有效期、原文未写金额")
    )
    amount_yuan: Yuan | None = Field(description=YUAN, examples=["2400000.00"])
    is_upper_bound: bool = Field(description="是否上限（最高、不超过），以主管部门核定为准")
    range_yuan: list[Yuan | None] | None = Field(description="信息不全时可能的范围：低、高；高为空即不封顶")
    steps: list[StepOut]
    conditions: list[ConditionOut]
    missing: list[str] = Field(description="还需要哪些信息")
    explanation: str | None = Field(description="没有金额时，为什么")
    hints: list[str] = Field(description="值得知道的，如还差多少到上限")
    state: Literal["confirmed", "proven", "needs_review"] = Field(
        description="已由人核对、自动识别未经人工核对、有疑问待核对"
    )


class DroppedOut(Shape):
    """A measure left out of a total (未计入合计的措施)."""

    model_config = named("未计入合计的措施")

    measure: str
    reason: str = Field(description="为什么")
    cites: list[int]


class TotalShape(Shape):
    """The combined sums."""

    total_yuan: Yuan | None = Field(description=f"现行措施合并后的合计，{YUAN}；没有则为空")
    draft_total_yuan: Yuan | None = Field(description=f"草案措施的合计，另列，{YUAN}")
    unreviewed_total_yuan: Yuan | None = Field(
        description=f"自动识别、未经人工核对的现行措施的合计，另列，{YUAN}"
    )
    unreviewed_draft_total_yuan: Yuan | None = Field(
        description=f"自动识别、未经人工核对的草案措施的合计，另列，{YUAN}"
    )
    chosen: list[str] = Field(description="计入合计的措施")
    dropped: list[DroppedOut] = Field(description="未计入的措施和依据，如就高不重复")


class AnswerOut(TotalShape):
    """One answer with everything that supports it."""

    model_config = named("回答")

    question: str
    as_of: str = Field(description="测算日", examples=["2026-11-22"])
    conversation_id: str | None = Field(description="接着问时带上")
    outcome: Literal["answered", "needs_input", "not_covered", "blocked", "error"] = Field(
        description="已回答、需补充信息、未收录、不予处理、出错"
    )
    text: str = Field(
        description="回答正文，〔n〕是依据的号码", examples=["按草案测算，最高可获240万元〔1〕。"]
    )
    citations: list[CitationOut]
    estimates: list[EstimateOut]
    missing: list[MissingOut]
    warnings: list[str] = Field(description="要留意的")
    suggestions: list[str] = Field(description="可以接着问的")
    timings_ms: dict[str, int] = Field(description="各步用时，毫秒")
    worded_by: Literal["model", "partly_model", "program"] | None = Field(
        None, description="配有语言模型时，正文由谁写；内容总由程序定"
    )
    read_with_model: bool | None = Field(None, description="语言模型帮助理解了这次提问时为 true")


class SingleEstimateOut(EstimateOut):
    """An estimate standing alone."""

    model_config = named("单独一项测算")

    as_of: str = Field(description="测算日", examples=["2026-11-22"])
    questions: list[MissingOut] = Field(description="还要问用户的")
    citations: list[CitationOut]


class MatchOut(TotalShape):
    """Every measure that may apply."""

    model_config = named("可能适用的全部措施")

    as_of: str = Field(description="测算日", examples=["2026-11-22"])
    estimates: list[EstimateOut] = Field(description="金额高的在前")
    counted: list[str] = Field(description="所给信息指向的措施，合计由它们得出")
    missing: list[MissingOut]
    warnings: list[str]
    citations: list[CitationOut]
