"""`conversations`: what is kept of conversations, shown and deleted on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from ui.commands.shared import corpus_of, given_or_configured, json_option, print_json, print_lines
from ui.questions import QuestionError, checked_conversation_id
from ui.terminal.chinese_click import BadInput, ChineseCommand, ChineseGroup
from ui.terminal.style import Style, terminal_style, terminal_width
from ui.terminal.width import wrapped

if TYPE_CHECKING:
    from assistant.conversation import ConversationSummary, Turn
    from corpus.store import Corpus

MOST_LISTED = 1000
_WORDED = {
    "model": "由语言模型改写，逐句核对过",
    "partly_model": "一部分由语言模型改写，其余由程序直接写成",
    "program": "由程序直接写成，没有用语言模型",
}
CONVERSATIONS_HELP = """\
列出保存的对话，最近的在前。

\b
例：policy-assistant conversations
    policy-assistant conversations show 编号
    policy-assistant conversations delete 编号
"""


@click.group(
    cls=ChineseGroup,
    invoke_without_command=True,
    short_help="列出、查看、删除保存的对话。",
    help=CONVERSATIONS_HELP,
)
@json_option
@click.pass_context
def conversations(context: click.Context, as_json: bool) -> None:
    """List what is kept."""
    if context.invoked_subcommand is not None:
        return
    listed = given_or_configured(context).conversations.conversations(limit=MOST_LISTED)
    if as_json:
        from ui.conversation_json import summary_json

        print_json([summary_json(one) for one in listed])
    elif not listed:
        click.echo("还没有保存的对话。用 chat，或 ask --conversation 编号，就会保存。")
    else:
        print_lines(_listed(listed, terminal_width(), terminal_style()))


@conversations.command("show", cls=ChineseCommand, help="显示一次对话：每一轮的原话、回答，以及读出的事实。")
@click.argument("conversation_id", metavar="编号")
@json_option
@click.pass_context
def show(context: click.Context, conversation_id: str, as_json: bool) -> None:
    """Show one conversation, words and reading."""
    kept = given_or_configured(context).conversations
    found = kept.conversation(_checked(conversation_id))
    if found is None:
        raise BadInput(_unknown(conversation_id))
    turns = kept.turns(found.id)
    if as_json:
        from ui.conversation_json import conversation_json

        print_json(conversation_json(found, turns, corpus_of(context)))
    else:
        print_lines(_shown(found, turns, corpus_of(context), terminal_width(), terminal_style()))


@conversations.command("delete", cls=ChineseCommand, help="删除一次对话及其全部内容，不可恢复。")
@click.argument("conversation_id", metavar="编号")
@click.pass_context
def delete(context: click.Context, conversation_id: str) -> None:
    """Delete one conversation."""
    if not given_or_configured(context).conversations.forget(_checked(conversation_id)):
        raise BadInput(_unknown(conversation_id))
    click.echo(f"✓ 已删除对话“{conversation_id}”及其全部内容。")


def _checked(conversation_id: str) -> str:
    try:
        return checked_conversation_id(conversation_id)
    except QuestionError as error:
        raise BadInput(str(error)) from None


def _unknown(conversation_id: str) -> str:
    return f"没有编号为“{conversation_id}”的对话（可能已过保存期或已删除）。可用 conversations 命令列出全部。"


def _listed(listed: Iterable[ConversationSummary], width: int, style: Style) -> Iterator[str]:
    for one in listed:
        yield from wrapped(one.title, width)
        when = one.touched_at.astimezone().strftime("%Y-%m-%d %H:%M")
        yield from (style.faint(line) for line in wrapped(f"{one.id}（{one.turns} 轮，{when}）", width, "  "))


def _shown(
    found: ConversationSummary, turns: Iterable[Turn], corpus: Corpus, width: int, style: Style
) -> Iterator[str]:
    yield style.head(found.title)
    yield from wrapped(f"编号 {found.id}，共 {found.turns} 轮", width)
    for turn in turns:
        when = turn.at.astimezone().strftime("%Y-%m-%d %H:%M") if turn.at else ""
        yield ""
        yield from (style.head(line) for line in wrapped(turn.question, width, "问："))
        yield from wrapped(turn.answer_text, width, "答：")
        for words in (*_reading(turn, corpus), f"时间：{when}"):
            yield from (style.faint(line) for line in wrapped(words, width, "  "))


def _reading(turn: Turn, corpus: Corpus) -> Iterator[str]:
    """Say what was understood of a turn."""
    from ui.conversation_json import fact_label, measure_name
    from ui.words import INTENT_LABELS, OUTCOME_LABELS

    yield f"结果：{OUTCOME_LABELS[turn.outcome]}" + (f"；测算日：{turn.as_of}" if turn.as_of else "")
    if turn.intents:
        yield f"问的是：{'、'.join(INTENT_LABELS.get(intent, intent) for intent in turn.intents)}"
    for name, words in turn.facts:
        aside = "（沿用前文）" if name in turn.recalled else ""
        yield f"读出的事实：{fact_label(name, corpus)}＝{words}{aside}"
    for whose, name, words in turn.own:
        yield f"读出的事实：{fact_label(name, corpus)}＝{words}（只用于{measure_name(whose, corpus)}）"
    if turn.measures:
        yield f"涉及的措施：{'、'.join(measure_name(one, corpus) for one in turn.measures)}"
    if turn.worded_by:
        yield f"文字：{_WORDED[turn.worded_by.value]}"
    if turn.read_with_model:
        yield "提问：由语言模型帮助理解"
    if turn.asked:
        yield f"反问的是：{fact_label(turn.asked, corpus)}"
