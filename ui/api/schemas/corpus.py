"""Documents, clauses and measures as the contract writes them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ui.api.schemas.answer import Status
from ui.api.schemas.shape import Shape, named


class RelationOut(Shape):
    """What a document does to another (与别的文件的关系)."""

    model_config = named("文件关系")

    kind: Literal["repeals", "replaces", "amends", "extends", "implements", "interprets"] = Field(
        description="废止、代替、修订、延续、实施、解读"
    )
    title: str | None = Field(description="那份文件的名称")
    number: str | None = Field(description="那份文件的文号")
    clause: str = Field(description="依据的条款")
    words: str = Field(description="依据的字句")


class RepealOut(Shape):
    """By which document of the corpus another is repealed, and from when (废止)."""

    model_config = named("废止")

    document: str = Field(description="废止它的文件的编号")
    on: str | None = Field(description="自哪一天起；原文未载明的为空")


class DocumentOut(Shape):
    """A document (政策文件); null where its text does not say."""

    model_config = named("政策文件")

    slug: str = Field(description="文件编号", examples=["sh-online-economy"])
    title: str
    document_number: str | None = Field(description="文号", examples=["沪府办规〔2023〕27号"])
    issuing_bodies: list[str] = Field(description="发文机关")
    status: Status | None = Field(description="效力；原文未载明的为空")
    effective_on: str | None = Field(description="施行日", examples=["2024-01-01"])
    expires_on: str | None = Field(description="有效期止", examples=["2028-12-31"])
    source: Literal["policy", "report", "draft"] = Field(description="政策原文、新闻报道、征求意见草案")
    nature: Literal["policy", "report", "draft", "guide"] = Field(description="同 source，另有申报指南")
    region: str | None = Field(description="适用地区", examples=["上海市长宁区"])
    signed_on: str | None = Field(description="成文日期")
    published_on: str | None = Field(description="发布日期")
    unlimited: bool = Field(description="原文是否写明长期有效")
    reckoned: list[str] = Field(description="哪些日期是从落款日期推算的")
    interpreted_by: str | None = Field(description="解释机关")
    relations: list[RelationOut] = Field(description="与别的文件的关系")
    repealed_by: RepealOut | None = Field(description="被库内哪份文件废止")
    procedure: dict[str, list[str]] = Field(description="申报程序：各项的原文字句")
    notes: list[str]


class ClauseOut(Shape):
    """A clause (条款) with the document it stands in."""

    model_config = named("条款")

    id: str = Field(description="条款编号", examples=["sh-online-economy/16"])
    label: str = Field(examples=["(十六)"])
    headings: list[str] = Field(description="所在的章节")
    text: str = Field(description="全文")
    responsible_bodies: list[str] = Field(description="责任单位")
    document: DocumentOut


class FactOut(Shape):
    """A fact a measure asks for (所需信息)."""

    model_config = named("所需信息")

    name: str = Field(examples=["self_funded_investment"])
    label: str = Field(examples=["项目自筹投入资金总额"])
    unit: str = Field(examples=["yuan"])


class MeasureOut(Shape):
    """A measure (措施)."""

    model_config = named("措施")

    id: str = Field(examples=["changning-ai-draft/7.1/hard-technology"])
    name: str
    clause: str = Field(description="条款编号")
    kind: str | None = Field(description="奖励、补贴、贴息……", examples=["subsidy"])
    formula: str | None = Field(description="公式", examples=["min(30% × self_funded_investment, 3000000)"])
    facts: list[FactOut]
    quantified: bool = Field(description="原文是否写了金额")
    reason: str | None = Field(None, description="没有写金额的，为什么不测算")
    state: Literal["confirmed", "proven", "needs_review"] = Field(
        description="已由人核对、自动识别未经人工核对、有疑问待核对"
    )


class KeptFactOut(Shape):
    """A fact read in a conversation (读出的事实)."""

    model_config = named("读出的事实")

    name: str
    label: str
    words: str = Field(description="用户的原话")
    recalled: bool = Field(description="是否沿用前面说的")
    measure: str | None = Field(description="只属于哪项措施；企业自身的情况为空")


class MeasureNameOut(Shape):
    """A measure's id and name."""

    model_config = named("措施编号与名称")

    id: str
    name: str


class ReadingOut(Shape):
    """What was understood of a question (读出的内容)."""

    model_config = named("读出的内容")

    asked_date: str | None
    intents: list[str]
    facts: list[KeptFactOut]
    measures: list[MeasureNameOut]
    clauses: list[str]
    asked: str | None = Field(description="反问了哪一项")


class TurnOut(Shape):
    """One exchange of a conversation (一问一答)."""

    model_config = named("一问一答")

    at: str | None
    question: str
    answer: str
    outcome: str
    as_of: str | None
    worded_by: Literal["model", "partly_model", "program"] | None = Field(
        None, description="配有语言模型时，正文由谁写；内容总由程序定"
    )
    read_with_model: bool | None = Field(None, description="语言模型帮助理解了这次提问时为 true")
    reading: ReadingOut


class ConversationOut(Shape):
    """A kept conversation (对话)."""

    model_config = named("对话")

    id: str
    title: str
    turn_count: int = Field(description="共几轮")
    started_at: str
    touched_at: str
    turns: list[TurnOut] = Field(description="最近若干轮，早的在前")


class LiveOut(Shape):
    """The process lives."""

    model_config = named("进程状态")

    status: Literal["ok"]


class ReadyOut(Shape):
    """The service can answer."""

    model_config = named("就绪状态")

    status: Literal["ready"]
    documents: int = Field(description="文件份数")
    corpus: str = Field(description="政策库内容的摘要，内容变则变")
