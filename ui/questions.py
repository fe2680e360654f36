"""What a question may be: neither empty nor a book."""

from __future__ import annotations

MOST_CHARACTERS = 2000


class QuestionError(ValueError):
    """Raised for a question that cannot be asked; the message is Chinese."""


def checked_question(question: str) -> str:
    """Return the question without blanks around it, or say what is wrong with it.

    >>> checked_question("  贴息有多少？ ")
    '贴息有多少？'
    """
    text = question.replace("\x00", "").strip()
    if not text:
        raise QuestionError("问题是空的，请写上想问的内容。")
    if len(text) > MOST_CHARACTERS:
        raise QuestionError(f"问题有 {len(text)} 个字，最多 {MOST_CHARACTERS} 个字，请拆成几个问题。")
    return text
