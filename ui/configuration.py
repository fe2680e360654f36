"""Reading the settings for a face: what is wrong with them is said in Chinese, by variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError

    from assistant.settings import Settings


class SettingsError(Exception):
    """Raised when a `POLICY_…` variable cannot be used; the message is Chinese."""


def read_settings() -> Settings:
    """Return the settings of the environment and `.env`.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    from pydantic import ValidationError

    from assistant.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_what_is_wrong(error)) from None


def _what_is_wrong(error: ValidationError) -> str:
    names = [f"POLICY_{str(each['loc'][0]).upper()}（现为“{each['input']}”）" for each in error.errors()]
    return f"设置有误：{'、'.join(names)}。请改正或删去这些环境变量（或 .env 中的行）后重试。"
