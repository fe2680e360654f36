"""The one place where click speaks Chinese: its help pages, its usage errors, its exit codes.

Exit codes: 0 done, 1 the work found a failure, 2 bad input. Nothing a person types ends in a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from ui.errors import known_errors
from ui.terminal.width import padded, width_of, wrapped

HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
INTERRUPTED = 130


class BadInput(click.UsageError):
    """Raised for input that cannot be worked with; the message is Chinese and complete."""


class ChineseFormatter(click.HelpFormatter):
    """Writes help in Chinese, wrapped by columns, not characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        self.write(f"{prefix or '用法：'}{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """Write a heading, click's own ones in Chinese."""
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write running text in paragraphs; one that begins with a backspace keeps its line breaks."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write("\n")
            kept = paragraph.startswith("\b\n")
            words = paragraph[2:] if kept else paragraph.replace("\n", "")
            self.write("\n".join(wrapped(words, self.width, indent, indent)) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and what they mean in two columns."""
        listed = list(rows)
        column = min(col_max, max((width_of(name) for name, _ in listed), default=0)) + col_spacing
        indent = " " * self.current_indent
        rest = " " * (self.current_indent + column)
        for name, meaning in listed:
            lead = indent + padded(name, column)
            if width_of(name) > column - col_spacing:
                self.write(indent + name + "\n")
                lead = rest
            self.write("\n".join(wrapped(meaning, self.width, lead, rest)).rstrip() + "\n")


class ChineseContext(click.Context):
    """A click context that formats help in Chinese."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A click command whose help and errors are Chinese."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese description."""
        return _in_chinese(super().get_help_option(ctx))


class ChineseGroup(click.Group):
    """A group of commands, in the order they were added, whose help and errors are Chinese."""

    context_class = ChineseContext
    command_class = ChineseCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "命令 [参数]…")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese description."""
        return _in_chinese(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order the commands were added."""
        return list(self.commands)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the command line and exit with its code."""
        _never_fail_to_encode()
        with errors_reported():
            code = super().main(*args, **{**extra, "standalone_mode": False})
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def errors_reported() -> Iterator[None]:
    """Tell in Chinese what ended the work, and exit with its code."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        sys.exit(2)
    except click.UsageError as error:
        _report(message_of(error), error.ctx if not isinstance(error, BadInput) else None)
        sys.exit(2)
    except click.ClickException as error:
        _report(message_of(error), None)
        sys.exit(2)
    except known_errors() as error:
        _report(str(error), None)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is left to say, and nothing must be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def message_of(error: click.ClickException) -> str:
    """Return click's error in Chinese."""
    match error:
        case click.MissingParameter():
            return f"缺少参数 {_parameter(error)}。"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}。{_near(error.option_name, error.possibilities or [])}"
        case click.exceptions.NoSuchCommand():
            return f"没有命令“{error.command_name}”。{_near(error.command_name, _commands(error.ctx))}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 的用法不对：要么缺少取值，要么多给了取值。"
        case click.BadParameter():
            name = _parameter(error)
            return f"{name}：{error.message}" if name else error.message
        case click.FileError():
            return f"无法打开文件 {error.ui_filename}。"
    return _usage_message(error.message)


def _usage_message(message: str) -> str:
    if message.startswith("Got unexpected extra argument"):
        return f"多余的参数：{message[message.find('(') + 1 : message.rfind(')')]}。含空格的内容请加引号。"
    return "请给出要执行的命令。" if message == "Missing command." else message


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return ""
    if isinstance(error.param, click.Argument):
        return (
            error.param.make_metavar(error.ctx).strip("[]….")
            if error.ctx
            else error.param.human_readable_name
        )
    return " / ".join(error.param.opts)


def _near(wanted: str, known: Sequence[str]) -> str:
    near = get_close_matches(wanted, known, n=3)
    return f"你是不是想用：{'、'.join(near)}？" if near else "用 --help 查看全部。"


def _commands(context: click.Context | None) -> list[str]:
    group = context.command if context else None
    return group.list_commands(context) if context and isinstance(group, click.Group) else []


def _report(message: str, context: click.Context | None) -> None:
    click.echo(f"错误：{message}", err=True)
    if context is not None:
        click.echo(context.get_usage(), err=True)
        click.echo(f"说明：{context.command_path} --help", err=True)


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份说明。"
    return option


def _never_fail_to_encode() -> None:
    """Let a terminal that lacks a character show a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
