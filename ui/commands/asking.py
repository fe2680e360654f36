"""`ask`: one answer, with its sums and its sources."""

from __future__ import annotations

from datetime import date

import click

from ui.commands.shared import (
    application_of,
    as_of_option,
    day_or_today,
    json_option,
    print_answer,
    print_json,
)
from ui.questions import QuestionError, checked_conversation_id, checked_question
from ui.terminal.chinese_click import BadInput, ChineseCommand

ASK_HELP = """\
回答一个问题，附条款依据和算式。

\b
例：policy-assistant ask "长宁区硬核技术攻关自筹800万元能拿多少？"
"""


CONVERSATION_HELP = "对话编号：同一编号接着前文问，自取一个即可（最多 128 个字），默认保存 30 天。"


@click.command(cls=ChineseCommand, help=ASK_HELP)
@click.argument("question", metavar="问题")
@as_of_option
@click.option(
    "--conversation",
    "conversation_id",
    metavar="编号",
    help=CONVERSATION_HELP,
)
@json_option
@click.pass_context
def ask(
    context: click.Context, question: str, as_of: date | None, conversation_id: str | None, as_json: bool
) -> None:
    """Answer one question."""
    from assistant.answer_json import answer_json
    from assistant.conversation import Outcome, Question

    try:
        text = checked_question(question)
        if conversation_id is not None:
            conversation_id = checked_conversation_id(conversation_id)
    except QuestionError as error:
        raise BadInput(str(error)) from None
    assistant = application_of(context).assistant
    answer = assistant.ask(Question(text, day_or_today(as_of), conversation_id))
    if as_json:
        print_json(answer_json(answer))
    else:
        print_answer(answer)
    if answer.outcome is Outcome.ERROR:
        context.exit(1)
