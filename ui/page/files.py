"""Files handed to the reader: carried in the page and saved by its script, never kept on the server."""

from __future__ import annotations

import base64

from ui.page.html import element, escaped


def file_view(name: str, mime: str, content: str | bytes, serial: str) -> str:
    """Return a hidden element from which `frame.js` saves a file, once for each `serial`."""
    raw = content.encode() if isinstance(content, str) else content
    carried = element("span", base64.b64encode(raw).decode(), "pa-file-content")
    told = element("span", escaped(name), "pa-file-name") + element("span", escaped(mime), "pa-file-mime")
    return element("div", told + carried, "pa-file", id=f"pa-file-{serial}")


def saved_view(name: str) -> str:
    """Return the word that a file has been handed over."""
    return element("p", f"已生成 {escaped(name)}，请在浏览器的下载列表中查看。", "pa-saved", role="status")
