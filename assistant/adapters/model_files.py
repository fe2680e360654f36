"""Models that a setting names, found on this machine or fetched from the hub, failing in clear Chinese."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from assistant.adapters.errors import EmbedderUnavailableError

M = TypeVar("M")
Open = Callable[[str, bool], M]


def load_model(name: str, what: str, setting: str, opened: Open[M]) -> M:
    """Return a model by local path or hub name: a copy downloaded before, else from the network.

    `opened` gets the path or name and whether it must stay offline. `what` and `setting` say in a failure
    which model of ours it is and where it was set.

    Raises:
        EmbedderUnavailableError: the model cannot be loaded.
    """
    try:
        from safetensors import SafetensorError
    except ImportError as error:
        raise EmbedderUnavailableError(_not_installed(name, what, setting, error)) from error
    failures = (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, SafetensorError)
    path = Path(name).expanduser()
    try:
        return opened(str(path), True) if path.exists() else _from_hub(name, opened)
    except ImportError as error:
        raise EmbedderUnavailableError(_not_installed(name, what, setting, error)) from error
    except failures as error:
        raise EmbedderUnavailableError(
            f"无法加载{what}“{name}”：{_first_line(error)}。请检查名称或本地路径；联网才能下载的模型请先下载。"
            f"也可清空 {setting}，使用无需下载的内置模型。"
        ) from error


def _from_hub(name: str, opened: Open[M]) -> M:
    try:
        return opened(name, True)
    except (OSError, ValueError):
        _require_network()
        return opened(name, False)


def _require_network() -> None:
    """Fail at once where the hub cannot be reached; its own client would retry for more than a minute.

    Raises:
        OSError: the hub's name cannot be resolved and no proxy is set.
    """
    from huggingface_hub.constants import ENDPOINT

    if getproxies():
        return
    host = urlsplit(ENDPOINT).hostname or ""
    try:
        socket.getaddrinfo(host, 443)
    except OSError as error:
        raise OSError(f"本机没有下载过它，现在也连不上 {host}") from error


def _not_installed(name: str, what: str, setting: str, error: ImportError) -> str:
    return (
        f"无法使用{what}“{name}”：没有安装 sentence-transformers（{error}）。"
        f"请运行 make test 或 make serve 完成安装，或清空 {setting} 使用内置模型。"
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
