"""`documents`, `clauses`, `measures`: what is in the corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from ui.commands.shared import as_of_option, corpus_of, day_or_today, json_option, print_json, print_lines
from ui.terminal.chinese_click import ChineseCommand
from ui.terminal.style import Style, terminal_style, terminal_width
from ui.terminal.width import wrapped

if TYPE_CHECKING:
    from corpus.model.document import Clause, PolicyDocument
    from corpus.store import Corpus


DOCUMENTS_HELP = "列出政策库里的文件：名称、文号、发文机关、状态和有效期。"


@click.command(cls=ChineseCommand, help=DOCUMENTS_HELP)
@as_of_option
@json_option
@click.pass_context
def documents(context: click.Context, as_of: date | None, as_json: bool) -> None:
    """List the documents."""
    from ui.corpus_json import document_json

    day = day_or_today(as_of)
    listed = corpus_of(context).documents
    if as_json:
        print_json([document_json(document, day) for document in listed])
        return
    for document in listed:
        print_lines(_document_lines(document, day, terminal_width(), terminal_style()))


CLAUSES_HELP = "按顺序列出一份文件的全部条款。文件编号见 documents 命令。"


@click.command(cls=ChineseCommand, help=CLAUSES_HELP)
@click.argument("slug", metavar="文件编号")
@json_option
@click.pass_context
def clauses(context: click.Context, slug: str, as_json: bool) -> None:
    """List the clauses of a document."""
    from ui.corpus_json import clause_json

    listed = corpus_of(context).document(slug).clauses
    if as_json:
        print_json([clause_json(clause) for clause in listed])
        return
    for clause in listed:
        print_lines(clause_lines(clause, terminal_width(), terminal_style()))


MEASURES_HELP = "列出全部措施：能计算金额的公式与所需信息，以及原文未写金额的。"


@click.command(cls=ChineseCommand, help=MEASURES_HELP)
@json_option
@click.pass_context
def measures(context: click.Context, as_json: bool) -> None:
    """List the measures."""
    from ui.corpus_json import measures_json

    corpus = corpus_of(context)
    if as_json:
        print_json(measures_json(corpus))
    else:
        print_lines(_measure_lines(corpus, terminal_width(), terminal_style()))


def clause_lines(clause: Clause, width: int, style: Style) -> Iterator[str]:
    """Give a clause's label, id, words and responsible bodies."""
    yield style.head(f"{clause.label}  ") + style.faint(clause.id)
    yield from wrapped(clause.text.strip(), width, "  ", "  ")
    if clause.responsible_bodies:
        bodies = f"责任单位：{'、'.join(clause.responsible_bodies)}"
        yield from (style.faint(line) for line in wrapped(bodies, width, "  ", "  "))
    yield ""


def _document_lines(document: PolicyDocument, day: date, width: int, style: Style) -> Iterator[str]:
    from ui.words import NATURE_LABELS, status_label, titled, validity_words

    yield f"{style.head(document.slug)}  [{status_label(document.status_on(day))}]"
    yield from wrapped(f"{titled(document.title)}{document.document_number or ''}", width, "  ", "  ")
    if document.issuing_bodies:
        yield from wrapped(f"发文机关：{'、'.join(document.issuing_bodies)}", width, "  ", "    ")
    nature = f"来源：{NATURE_LABELS[document.nature]}，有效期：{validity_words(document)}"
    yield from wrapped(f"{nature}，共 {len(document.clauses)} 条", width, "  ", "    ")
    for note in document.notes:
        yield from (style.faint(line) for line in wrapped(note, width, "  · "))
    yield ""


def _measure_lines(corpus: Corpus, width: int, style: Style) -> Iterator[str]:
    from corpus.measures.file import formula_text
    from ui.words import KIND_LABELS

    for measure in corpus.measures:
        yield f"{style.head(measure.name)}  [{KIND_LABELS[measure.kind]}]"
        yield from wrapped(style.faint(measure.id), width, "  ", "  ")
        yield from wrapped(formula_text(measure), width, "  公式：")
        yield from _fact_lines(measure.fact_names, corpus, width)
        yield ""
    if corpus.unquantified:
        doubted = "或读法有疑问" if any(one.is_doubted for one in corpus.unquantified) else ""
        yield style.head(f"原文未写金额{doubted}，不作计算")
    for grant in corpus.unquantified:
        yield from wrapped(f"{grant.name}（{grant.clause_id}）：{grant.reason}", width, "  · ")


def _fact_lines(names: Sequence[str], corpus: Corpus, width: int) -> Iterator[str]:
    """Give the facts as they are typed, with what they mean and their unit."""
    for name in names:
        fact = corpus.facts[name]
        unit = f"（{fact.unit.label}）" if fact.unit.label else "（是/否）" if not fact.choices else ""
        choices = f"：{'、'.join(fact.choices)}" if fact.choices else unit
        yield from wrapped(f"{name}  {fact.label}{choices}", width, "    ", "      ")
