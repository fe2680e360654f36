"""One item of a suite, as a line of JSON: what is asked, in which corpus, and what a right answer holds.

The shape is published as `evals/schema/case.schema.json` (`python -m evals.case_schema --write`). Reading a
file of them, line by line, is `evals/suite_files.py`; finding the quotes in their clauses `evals/gold.py`.
"""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

AS_OF = date(2026, 11, 22)
ItemType = Literal[
    "amount",
    "condition",
    "procedure",
    "compare",
    "list",
    "yes_no",
    "date",
    "calc",
    "figure",
    "definition",
    "needs_input",
    "unanswerable",
    "false_premise",
    "counterfactual",
    "out_of_scope",
    "injection",
]
Status = Literal["answered", "needs_input", "not_covered", "blocked"]
_STATUS_NAMES = {"partly": "answered", "not_found": "not_covered", "out_of_scope": "not_covered"}


def _status(value: object) -> object:
    return _STATUS_NAMES.get(value, value) if isinstance(value, str) else value


def _exact(value: object) -> object:
    """Read 0.3 as the decimal it is written as, not as the binary number nearest to it."""
    return str(value) if isinstance(value, float) else value


def _alternatives(value: object) -> object:
    return [[one] if isinstance(one, str) else one for one in value] if isinstance(value, list) else value


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("不能为空")
    return text


Text = Annotated[str, AfterValidator(_filled)]
Number = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Amount(_Strict):
    """A number a right answer states: `key` says what it is (cap, rate, amount, floor, total, …).

    `value_yuan` is money; `value` a ratio (0.3) or, with `unit` (as people write it), a count.
    `upper_bound`: must be stated as at most (true), or as a fixed sum (false); null is not judged.
    """

    key: Text
    value_yuan: Number | None = None
    value: Number | None = None
    unit: str | None = None
    upper_bound: bool | None = None
    required: bool = True

    @model_validator(mode="after")
    def _one_value(self) -> Amount:
        if (self.value_yuan is None) == (self.value is None):
            raise ValueError("value_yuan（元）与 value（比例或数量）须写且只写一个")
        return self


class Calculation(_Strict):
    """A sum to be worked out; `formula` is Python arithmetic with min and max, and must give the value."""

    value_yuan: Number
    formula: str | None = None

    @model_validator(mode="after")
    def _formula_agrees(self) -> Calculation:
        if self.formula is not None and evaluate(self.formula) != self.value_yuan:
            raise ValueError(f"formula 算得 {evaluate(self.formula)}，与 value_yuan {self.value_yuan} 不同")
        return self


class Expect(_Strict):
    """What a right answer holds.

    `must_say` lists groups: of each, one wording must stand in the text. `facts` are words every one of
    which must stand there, compared without spaces and punctuation. `missing` are names of facts to ask for.
    """

    status: Annotated[Status, BeforeValidator(_status)] = "answered"
    amounts: tuple[Amount, ...] = ()
    calc: Calculation | None = None
    must_say: Annotated[tuple[tuple[Text, ...], ...], BeforeValidator(_alternatives)] = ()
    must_not_say: tuple[Text, ...] = ()
    facts: tuple[Text, ...] = ()
    validity: Literal["draft", "expired", "not_yet_in_force", "in_force", "report"] | None = None
    missing: tuple[Text, ...] = ()


class Evidence(_Strict):
    """Where the answer stands: a clause (id, or label beside `doc`) and a quote, or offsets.

    `start` and `end` count within the clause where a clause is named, else within the document's clean
    text. Where the quote stands once they need not be written; 0 and 0 count as not written.
    """

    doc: str | None = None
    clause: str | None = None
    quote: str | None = None
    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _names_a_place(self) -> Evidence:
        if self.clause is None and (self.doc is None or not (self.quote or self.end)):
            raise ValueError("须写 clause，或写 doc 和 quote（或 start、end）")
        if self.end and self.end <= self.start:
            raise ValueError("end 须大于 start")
        return self


class Turn(_Strict):
    """What the person says; a turn before the last may carry its own expectation."""

    role: Literal["user"] = "user"
    content: Text
    expect: Expect | None = None
    evidence: tuple[Evidence, ...] = ()


class Edit(_Strict):
    """Words of a document replaced by others, wherever they stand in its clean text."""

    doc: Text
    find: Text
    replace: str


class CorpusChange(_Strict):
    """Another corpus for this item: only some documents, noise documents beside them, words changed."""

    include: tuple[Text, ...] = ()
    noise: tuple[Text, ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def is_none(self) -> bool:
        """Tell whether the corpus stays as it is."""
        return not (self.include or self.noise or self.edits)


class Profile(_Strict):
    """Who asks; told to the assistant in a sentence before the first question."""

    region: str | None = None
    kind: str | None = None
    facts: dict[str, Annotated[str | int | float | bool, Field()]] = {}


class Case(_Strict):
    """One item."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$")]
    suite: Text
    type: ItemType
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    profile: Profile | None = None
    as_of: date = AS_OF
    documents: tuple[Text, ...] = ()
    corpus: CorpusChange = CorpusChange()
    expect: Expect = Expect()
    evidence: tuple[Evidence, ...] = ()
    evidence_mode: Literal["all", "any"] = "all"
    distractors: tuple[Evidence, ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: Annotated[int, Field(ge=1, le=5)] = 1
    author: str = ""
    reviewed_by: str = ""
    license: str = ""
    note: str = ""

    @property
    def question(self) -> str:
        """Return the last thing asked."""
        return self.turns[-1].content

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a second person has read the item."""
        return bool(self.reviewed_by.strip())

    @model_validator(mode="after")
    def _is_consistent(self) -> Case:
        refuses = self.expect.status in ("not_covered", "blocked")
        if refuses and (self.evidence or self.expect.amounts or self.expect.calc):
            raise ValueError("应拒答的题不能有 evidence、amounts 或 calc；相近的条款请写进 distractors")
        return self


def evaluate(formula: str) -> Decimal:
    """Return what a formula gives: numbers, + - * /, parentheses, min and max.

    >>> evaluate("min(8000000*0.3, 3000000)"), evaluate("25000*4")
    (Decimal('2400000.0'), Decimal('100000'))
    """
    try:
        return _value(ast.parse(formula, mode="eval").body, formula)
    except (SyntaxError, ArithmeticError) as error:
        raise ValueError(f"公式“{formula}”无法计算") from error


def _value(node: ast.expr, formula: str) -> Decimal:
    match node:
        case ast.Constant():
            return Decimal(ast.get_source_segment(formula, node) or "nan")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, formula)
        case ast.BinOp(left=left, op=operator, right=right):
            return _combined(_value(left, formula), operator, _value(right, formula))
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=arguments, keywords=[]) if arguments:
            values = [_value(argument, formula) for argument in arguments]
            return min(values) if name == "min" else max(values)
    raise ValueError(f"公式“{formula}”只能用数字、+ - * /、括号、min 和 max")


def _combined(left: Decimal, operator: ast.operator, right: Decimal) -> Decimal:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
    raise ValueError("公式只能用 + - * /")
