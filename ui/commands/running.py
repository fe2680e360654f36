"""`index` and `serve`: getting the search index ready, and opening the page with the API."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ui.commands.shared import application_of
from ui.terminal.chinese_click import BadInput, ChineseCommand

if TYPE_CHECKING:
    from ui.api.settings import ApiSettings

HIGHEST_PORT = 65535
MOST_WORKERS = 64


class Port(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """A port number on the command line."""

    name = "端口"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or fail in Chinese."""
        if not str(value).isdecimal() or not 1 <= int(value) <= HIGHEST_PORT:
            self.fail(f"“{value}”不是端口号，请给 1 到 {HIGHEST_PORT} 之间的整数。", param, ctx)
        return int(value)


class WorkerCount(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.5
    """How many workers, on the command line."""

    name = "个数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or fail in Chinese."""
        if not str(value).isdecimal() or not 1 <= int(value) <= MOST_WORKERS:
            self.fail(f"“{value}”不行，请给 1 到 {MOST_WORKERS} 之间的整数。", param, ctx)
        return int(value)


INDEX_HELP = "建立或更新检索索引；平时会自动更新，一般不必手动运行。"


@click.command(cls=ChineseCommand, help=INDEX_HELP)
@click.option("--rebuild", is_flag=True, help="不沿用已有索引，全部重建。")
def index(rebuild: bool) -> None:
    """Build or update the search index."""
    from assistant.bootstrap import build_index
    from ui.configuration import read_settings

    clauses = build_index(read_settings(), rebuild=rebuild, progress=True)
    click.echo(f"✓ 索引已就绪，共 {clauses} 条条款。")


SERVE_HELP = "打开网页问答和 HTTP 接口；按 Ctrl+C 结束。"


@click.command(cls=ChineseCommand, help=SERVE_HELP)
@click.option("--host", metavar="地址", help="监听地址，默认 127.0.0.1，只有本机能访问。")
@click.option("--port", metavar="端口", type=Port(), help="端口，默认 7860。")
@click.option(
    "--workers",
    metavar="个数",
    type=WorkerCount(),
    help="工作进程数，默认 1；多于 1 时只开接口和机器人，不开网页。",
)
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None, workers: int | None) -> None:
    """Open the page and the HTTP interface."""
    from ui.api.settings import read_api_settings
    from ui.bots.settings import read_bot_settings

    settings = read_api_settings()
    read_bot_settings()  # an account configured by half is said before anything slow begins
    address, number = host or settings.host, settings.port if port is None else port
    _make_sure_it_is_free(address, number)
    click.echo("正在准备政策库和索引……")
    count = workers or settings.workers

    def tell(opened: int) -> None:
        click.echo(
            f"✓ 已打开：http://{_shown(address)}:{opened}/ （接口说明 /api/openapi.json；按 Ctrl+C 结束）"
        )
        if not settings.keys and not _is_own(address):
            click.echo(
                "  提示：能连到这个地址的人都能调用接口；POLICY_API_KEYS 设密钥，见 docs/deployment.md。"
            )
        if count > 1:
            click.echo(f"  共 {count} 个工作进程，只有接口和机器人；网页请另开一个单进程的 serve。")

    if count == 1 and (context.obj is not None or not settings.supervise or os.name != "posix"):
        _serve_here(context, address, number, tell)
    else:
        if count > 1:
            application_of(context)  # built once, before the workers open it
        _serve_below(context, address, number, settings.model_copy(update={"workers": count}), tell)
    click.echo("已停止。")


def _serve_here(context: click.Context, host: str, port: int, tell: Callable[[int], object]) -> None:
    """Serve in this process."""
    from ui.api.settings import read_api_settings
    from ui.serving import run_server
    from ui.starting import set_up_logs
    from ui.workers import listening_on

    application = application_of(context)
    settings = read_api_settings()
    set_up_logs(settings)
    with listening_on(host, port) as listening:
        run_server(application, settings, tell, listening)


def _serve_below(
    context: click.Context, host: str, port: int, settings: ApiSettings, tell: Callable[[int], object]
) -> None:
    """Serve in processes of their own, watched over by this one."""
    from ui.workers import WorkersFailedError, run_one, run_workers

    sys.stdout.flush()  # before what a worker writes
    try:
        (run_workers if settings.workers > 1 else run_one)(host, port, settings, tell)
    except WorkersFailedError as error:
        if error.code is None:
            raise click.ClickException(str(error)) from None
        context.exit(error.code)


def _make_sure_it_is_free(host: str, port: int) -> None:
    """Fail early, in Chinese, before anything slow is loaded."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise BadInput(f"“{host}”不是本机的地址，请改用 127.0.0.1 或本机 IP。") from None
    except OSError as error:
        raise BadInput(_why_not(error, host, port)) from None


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用，请用 --port 换一个，例如 --port {_neighbour(port)}。"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的端口。"
    return f"无法在 {host}:{port} 上监听，请检查 --host 是不是本机地址。"


def _is_own(host: str) -> bool:
    """Tell whether only this machine can reach an address.

    >>> _is_own("127.0.0.1"), _is_own("0.0.0.0")
    (True, False)
    """
    return host in {"127.0.0.1", "localhost", "::1"}


def _neighbour(port: int) -> int:
    return port + 1 if port < HIGHEST_PORT else port - 1


def _shown(host: str) -> str:
    """Write the address as a browser takes it.

    >>> _shown("0.0.0.0"), _shown("::1")
    ('127.0.0.1', '[::1]')
    """
    if host in {"0.0.0.0", "::"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
