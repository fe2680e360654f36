"""The platforms' XML: what came in, read with every guard up, and what goes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ui.bots.errors import MalformedError

MOST_BYTES = 64 * 1024
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_xml(body: bytes | str) -> dict[str, str]:
    """Return the fields directly under the root, texts stripped; of a repeated one, the first.

    >>> read_xml("<xml><MsgType><![CDATA[text]]></MsgType><Content> 贴息 </Content></xml>")
    {'MsgType': 'text', 'Content': '贴息'}

    Raises:
        MalformedError: too big, no XML, or XML that declares entities.
    """
    data = body.encode() if isinstance(body, str) else body
    if len(data) > MOST_BYTES:
        raise MalformedError(f"内容超过 {MOST_BYTES // 1024} KB，不予处理。")
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise MalformedError("内容不是可用的 XML。") from None
    fields: dict[str, str] = {}
    for child in root:
        fields.setdefault(child.tag, (child.text or "").strip())
    return fields


def write_xml(fields: Mapping[str, str | int]) -> str:
    """Return the fields as the platforms' XML; texts stand in CDATA, numbers do not.

    >>> write_xml({"CreateTime": 5, "Content": "a]]>b"})
    '<xml><CreateTime>5</CreateTime><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>'
    """
    inner = "".join(
        f"<{name}>{value if isinstance(value, int) else _cdata(value)}</{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{inner}</xml>"


def _cdata(text: str) -> str:
    """Wrap a text; a `]]>` in it is divided between two sections, what XML cannot hold is dropped."""
    safe = _ILLEGAL.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"
