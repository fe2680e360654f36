"""`chat`: a conversation in the terminal."""

from __future__ import annotations

import sys
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import click

from ui.commands.shared import application_of, as_of_option, day_or_today, print_answer, print_lines
from ui.questions import QuestionError, checked_question
from ui.terminal.chinese_click import ChineseCommand
from ui.terminal.style import terminal_width
from ui.terminal.width import wrapped
from ui.words import marks_of

if TYPE_CHECKING:
    from assistant.conversation import Answer
    from ui.application import Application

FAREWELLS = {"/退出", "/q", "/quit", "/exit", "退出", "再见"}
INSTRUCTIONS = "直接输入问题。/依据 看上一条回答引用的条款全文，/新对话 重新开始，/退出 结束。"


CHAT_HELP = "在终端里连续提问，记得前文。"


@click.command(cls=ChineseCommand, help=CHAT_HELP)
@as_of_option
@click.pass_context
def chat(context: click.Context, as_of: date | None) -> None:
    """Hold a conversation."""
    talk = _Chat(application_of(context), day_or_today(as_of))
    print_lines(wrapped(INSTRUCTIONS, terminal_width()))
    while (line := _read_line()) is not None and line not in FAREWELLS:
        if line:
            talk.hear(line)


@dataclass
class _Chat:
    application: Application
    as_of: date
    conversation: str = field(default_factory=lambda: uuid.uuid4().hex)
    last: Answer | None = None

    def hear(self, line: str) -> None:
        if line in {"/新对话", "/new"}:
            self.conversation, self.last = uuid.uuid4().hex, None
            click.echo("已开始新的对话。")
        elif line in {"/依据", "/sources"}:
            print_lines(self._clauses())
        elif line.startswith("/"):
            print_lines(wrapped(f"没有“{line}”这个指令。{INSTRUCTIONS}", terminal_width()))
        else:
            self._ask(line)

    def _ask(self, line: str) -> None:
        from assistant.conversation import Question

        try:
            question = Question(checked_question(line), self.as_of, self.conversation)
        except QuestionError as error:
            click.echo(str(error))
            return
        self.last = self.application.assistant.ask(question)
        print_answer(self.last)
        click.echo()

    def _clauses(self) -> list[str]:
        if self.last is None or not self.last.citations:
            return ["上一条回答没有引用条款。"]
        lines: list[str] = []
        numbers: dict[str, list[int]] = {}
        for source in self.last.citations:
            numbers.setdefault(source.span.clause_id, []).append(source.n)
        for clause_id, cited in numbers.items():
            clause = self.application.corpus.clause(clause_id)
            lines += wrapped(f"{marks_of(cited)}{clause.label}（{clause.id}）", terminal_width())
            lines += [*wrapped(clause.text, terminal_width(), "  ", "  "), ""]
        return lines


def _read_line() -> str | None:
    if sys.stdin.isatty():
        import readline  # noqa: F401 - arrow keys and history at the prompt
    try:
        return input("问：" if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None
