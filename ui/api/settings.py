"""Settings of the HTTP interface: `POLICY_API_…` and a few more; none has to be set."""

from __future__ import annotations

from functools import cached_property
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator

from assistant.settings import Settings
from ui.api.gate.addresses import Proxies
from ui.configuration import SettingsError

LEAST_KEY = 16
IN_MEMORY, IN_DATABASE = "memory", "database"


class ApiSettings(Settings):
    """What can be set for the interface, with everything else that can be set."""

    api_keys: SecretStr = SecretStr("")  # separated by commas; none: anyone who reaches the port may ask
    api_rate_key: str = ""  # of one key, like "600/minute;20000/day"; empty: no limit
    api_rate_user: str = ""  # of one user of a key (X-User-ID, `user`), or of one address without a key
    page_rate: str = "600/minute"  # of one address on the page: each question, search and sum is a call
    api_rate_store: str = IN_MEMORY  # or database, or redis://host:6379/0: one count for all workers
    api_at_once: int = Field(default=16, ge=1, le=500)  # answers worked out at once; many with a remote model
    api_waiting: int = Field(default=512, ge=0, le=100_000)  # questions waiting beyond those
    api_wait_s: float = Field(default=30, gt=0, le=600)  # how long one waits before it is sent away
    api_keep_alive_s: float = Field(default=10, gt=0, le=60)  # silence in a stream before a sign of life
    api_cors: str = ""  # origins a browser may call from, separated by commas; none by default
    freeze_s: float = Field(
        default=15, ge=2, le=600
    )  # a process whose interpreter stands still so long is ended
    supervise: bool = True  # one worker, too, runs under a parent that starts another where it is ended
    workers: int = Field(default=1, ge=1, le=64)  # processes behind the port; more than one: no page
    trusted_proxies: str = ""  # addresses or networks whose X-Forwarded-For is believed; * for all
    header_s: float = Field(default=10, gt=0, le=600)  # how long the head of a request may take to arrive
    body_s: float = Field(default=30, gt=0, le=600)  # and then its body
    connections: int = Field(default=512, ge=1, le=100_000)  # open at once from one address, a process
    metrics: Literal["open", "key", "off"] = "open"  # who may read /metrics
    log: Literal["text", "json"] = "text"
    log_questions: bool = False  # may the words of questions and the ids of users stand in the log
    drain_s: float = Field(default=0, ge=0, le=300)  # told to stop: not ready, but still open, for so long
    stop_s: float = Field(default=8, gt=0, le=600)  # then answers under way have so long to finish

    @field_validator("api_keys")
    @classmethod
    def _are_long(cls, value: SecretStr) -> SecretStr:
        if any(len(key) < LEAST_KEY for key in _split(value.get_secret_value())):
            raise ValueError(f"每个密钥至少 {LEAST_KEY} 个字符")
        return value

    @field_validator("api_rate_key", "api_rate_user", "page_rate")
    @classmethod
    def _is_rate(cls, value: str) -> str:
        if value.strip():
            from limits import parse_many

            parse_many(value)
        return value.strip()

    @field_validator("api_rate_store")
    @classmethod
    def _is_store(cls, value: str) -> str:
        if value in {IN_MEMORY, IN_DATABASE} or urlsplit(value).scheme in {"redis", "rediss"}:
            return value
        raise ValueError("应为 memory、database 或 redis:// 开头的地址")

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, value: str) -> str:
        Proxies(value)
        return value.strip()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return the keys."""
        return _split(self.api_keys.get_secret_value())

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Return the origins a browser may call from."""
        return _split(self.api_cors)


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def default_api_settings() -> ApiSettings:
    """Return the settings where nothing is set; neither the environment nor a file is read."""
    return ApiSettings.model_construct()


def read_api_settings() -> ApiSettings:
    """Return the settings of the environment and `.env`.

    Raises:
        SettingsError: a value cannot be used; secrets are not repeated.
    """
    try:
        return ApiSettings()
    except ValidationError as error:
        faults = [f"POLICY_{str(each['loc'][0]).upper()}{_why(each.get('ctx'))}" for each in error.errors()]
        raise SettingsError(f"设置有误：{'、'.join(faults)}。请改正或删去后重试。") from None


def _why(context: dict[str, object] | None) -> str:
    """Return our own words on a fault in brackets; those of libraries are English and left out."""
    words = str((context or {}).get("error", ""))
    return f"（{words}）" if any("一" <= character <= "鿿" for character in words) else ""
