"""What a question may be: neither empty nor a book; and what may be the id of a conversation."""

from __future__ import annotations

MOST_CHARACTERS = 2000
MOST_OF_AN_ID = 128


class QuestionError(ValueError):
    """Raised for a question that cannot be asked; the message is Chinese."""


def checked_question(question: str) -> str:
    """Return the question without blanks around it, or say what is wrong with it.

    >>> checked_question("  贴息有多少？ ")
    '贴息有多少？'
    """
    text = question.replace("\x00", "").encode("utf-8", "ignore").decode().strip()  # no half characters
    if not text:
        raise QuestionError("问题是空的，请写上想问的内容。")
    if len(text) > MOST_CHARACTERS:
        raise QuestionError(f"问题有 {len(text)} 个字，最多 {MOST_CHARACTERS} 个字，请拆成几个问题。")
    return text


def checked_conversation_id(conversation_id: str) -> str:
    """Return the id of a conversation, any readable text, or say what is wrong with it.

    >>> checked_conversation_id("客户甲-2026")
    '客户甲-2026'
    """
    if not conversation_id.strip():
        raise QuestionError("对话编号是空的，请写一个不易猜到的编号，或不写，由程序给一个。")
    if len(conversation_id) > MOST_OF_AN_ID:
        raise QuestionError(f"对话编号有 {len(conversation_id)} 个字，最多 {MOST_OF_AN_ID} 个字。")
    if not conversation_id.isprintable():
        raise QuestionError("对话编号里有换行或看不见的字符，请只用文字、数字和符号。")
    return conversation_id
