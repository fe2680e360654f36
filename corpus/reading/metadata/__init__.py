"""Metadata (元数据): what a text says of itself, each field with its words; nothing it does not say.

One file a subject: titles, numbers, bodies, natures, regions, days (signed, published), periods (from when to
when it holds), interpreters, relations to other documents, procedure. `layout` finds the notice around a
policy and what is attached; `labels` reads labelled fields.
"""

from __future__ import annotations

from corpus.model.document import SourceNature
from corpus.model.relation import RelationKind
from corpus.reading.metadata.bodies import issuing_bodies
from corpus.reading.metadata.days import published_on, signed_on
from corpus.reading.metadata.interpreters import interpreted_by
from corpus.reading.metadata.labels import fields_of
from corpus.reading.metadata.layout import layout_of
from corpus.reading.metadata.model import Metadata
from corpus.reading.metadata.natures import guiding_words, nature_of, telling_words
from corpus.reading.metadata.numbers import document_number
from corpus.reading.metadata.periods import Period, period_of
from corpus.reading.metadata.procedure import procedure_of
from corpus.reading.metadata.regions import region_of
from corpus.reading.metadata.relations import relations_of
from corpus.reading.metadata.titles import title_of


def read_metadata(text: str) -> Metadata:
    r"""Return what a clean text says of itself.

    >>> told = read_metadata("北湖区支持软件业办法\n北府规〔2022〕3号\n第一条 支持。\n"
    ...     "第二条 本办法自印发之日起施行，有效期三年。\n北湖区人民政府\n2022年2月10日")
    >>> told.title.name, told.document_number.quote, told.region
    ('北湖区支持软件业办法', '北府规〔2022〕3号', '北湖区')
    >>> told.expires_on.value, told.reckoned
    (datetime.date(2025, 2, 9), ('effective_on', 'expires_on'))
    """
    layout = layout_of(text)
    fields = fields_of(layout.lines)
    nature, nature_words = nature_of(layout)
    title = title_of(layout, fields, nature)
    if title is None and nature is SourceNature.POLICY and (telling := telling_words(layout)) is not None:
        nature, nature_words = SourceNature.REPORT, telling
        title = title_of(layout, fields, nature)
    if nature is SourceNature.POLICY and (guiding := guiding_words(layout, fields, title)) is not None:
        nature, nature_words = SourceNature.GUIDE, guiding
    number = document_number(layout, fields)
    bodies = issuing_bodies(layout, fields, nature)
    interpreter = interpreted_by(layout)
    is_law = nature is not SourceNature.REPORT
    signed = signed_on(layout, fields) if is_law else None
    published = published_on(layout, fields)
    relations = relations_of(layout, title) if is_law else ()
    explains = nature is SourceNature.GUIDE and any(one.kind is RelationKind.INTERPRETS for one in relations)
    name = title.name if title else ""
    period = period_of(layout, name, fields, signed, published) if is_law and not explains else Period()
    warnings = () if title else ("没有读出名称，请从原文里找出来填写。",)
    return Metadata(
        title=title,
        nature=nature,
        nature_words=nature_words or title,
        document_number=number,
        issuing_bodies=bodies,
        region=region_of(layout, title, (*bodies, *((interpreter,) if interpreter else ())), number),
        signed_on=signed,
        published_on=published,
        effective_on=period.start,
        expires_on=period.end,
        unlimited=period.unlimited,
        interpreted_by=interpreter,
        relations=relations,
        procedure=procedure_of(layout),
        reckoned=_reckoned(period),
        warnings=(*warnings, *period.warnings),
    )


def _reckoned(period: Period) -> tuple[str, ...]:
    if not period.is_reckoned:
        return ()
    is_counted = period.end is not None and bool(period.end.base)
    return ("effective_on", *(("expires_on",) if is_counted else ()))
