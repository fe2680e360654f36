"""An answer as one text: 〔n〕 in it, and below which clause each of them is; bots show nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.conversation import Answer, Citation
from ui.telling import open_questions, warnings_beside_text
from ui.words import AI_NOTICE, status_label, titled


def after_text(answer: Answer) -> str:
    """Return what follows the text of an answer: what is still asked, warnings, the sources, the label."""
    paragraphs = [
        [fact.question for fact in open_questions(answer)],
        list(warnings_beside_text(answer)),
        list(_sources(answer)),
        [f"（{AI_NOTICE}）"],
    ]
    return "".join("\n\n" + "\n".join(lines) for lines in paragraphs if lines)


def _sources(answer: Answer) -> Iterator[str]:
    if answer.citations:
        yield "依据："
    for one in answer.citations:
        yield f"〔{one.n}〕{_name(one)}：“{_quote(one)}”"


def _name(citation: Citation) -> str:
    state, title = status_label(citation.status), titled(citation.title)
    return f"{title}{citation.label}" + ("" if state in title else f"（{state}）")


def _quote(citation: Citation) -> str:
    return " ".join(citation.span.quote.split())


def tokens_in(text: str) -> int:
    """Return about how many tokens a text has: a Chinese character is one, of others four make one.

    >>> tokens_in("最高300万元"), tokens_in("")
    (5, 0)
    """
    wide = sum(character > "⺀" for character in text)
    return wide + -(-(len(text) - wide) // 4)
