"""Settings of the bots: `POLICY_WECHAT_…` and `POLICY_WECOM_…`; an account without them is not there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator

from assistant.settings import Settings
from ui.bots.errors import SealError
from ui.bots.records import Limits
from ui.bots.sealing import decoded_key
from ui.configuration import SettingsError

_WITHOUT_MODEL, _WITH_MODEL = 4, 200
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BotSettings(Settings):
    """What can be set for the bots, with everything else that can be set."""

    wechat_token: SecretStr = SecretStr("")
    wechat_app_id: str = ""
    wechat_aes_key: SecretStr = SecretStr("")  # EncodingAESKey; without it only plain messages are read
    wechat_app_secret: SecretStr = SecretStr("")
    wechat_verified: bool = False  # a verified account: answers go by customer-service messages
    wechat_safe_only: bool = False  # refuse messages that are not encrypted
    wechat_api: str = "https://api.weixin.qq.com"
    wecom_corp_id: str = ""
    wecom_app_agent_id: int | None = None
    wecom_app_secret: SecretStr = SecretStr("")
    wecom_app_token: SecretStr = SecretStr("")
    wecom_app_aes_key: SecretStr = SecretStr("")
    wecom_bot_token: SecretStr = SecretStr("")
    wecom_bot_aes_key: SecretStr = SecretStr("")
    wecom_api: str = "https://qyapi.weixin.qq.com"

    bot_threads: int | None = Field(default=None, ge=1, le=500)  # answers worked out at once
    bot_hold_s: float = Field(default=4.5, gt=0, le=60)  # 微信 cuts the line after 5 seconds
    bot_posts: int = Field(
        default=3, ge=1, le=10
    )  # how often a message is posted, as far as one can count on
    bot_crowd: int = Field(default=30, ge=1)  # open questions from which on nobody waits for another post
    bot_answer_process: bool = True  # answers are worked out in a process of their own
    bot_clock_window_s: float = Field(default=300, gt=0)  # how far a timestamp may be from now
    bot_lease_s: float = Field(default=8, gt=0)  # after it the job of a killed worker is taken over
    bot_stream_s: float = Field(default=345, gt=0)  # how long a 智能机器人's answer may be polled for
    bot_keep_hours: float = Field(default=72, gt=0)  # then questions and answers are forgotten
    bot_most_waiting: int = Field(default=10_000, ge=1)  # questions not yet answered, over all
    bot_most_waiting_each: int = Field(default=5, ge=1)  # and of one person
    bot_most_a_minute: int = Field(default=20, ge=1)  # messages of one person

    @field_validator("wechat_api", "wecom_api")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        address = urlsplit(value)
        is_safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in _LOOPBACK)
        if not (is_safe and address.hostname):
            raise ValueError("应为 https:// 开头的地址")
        return value.rstrip("/")

    @property
    def threads(self) -> int:
        """Return how many answers are worked out at once: many where a model makes each one wait."""
        return self.bot_threads or (_WITH_MODEL if self.model else _WITHOUT_MODEL)

    @property
    def limits(self) -> Limits:
        """Return how much may wait at once, and what one person may send."""
        return Limits(
            self.bot_most_waiting,
            self.bot_most_waiting_each,
            self.bot_most_a_minute,
            in_turn_s=self.bot_hold_s,
        )

    @property
    def has_official(self) -> bool:
        """Tell whether a 公众号 is configured."""
        secrets = (self.wechat_token, self.wechat_aes_key, self.wechat_app_secret)
        return bool(self.wechat_app_id.strip() or _any_of(*secrets))

    @property
    def has_wecom_app(self) -> bool:
        """Tell whether a 企业微信 app is configured."""
        secrets = (self.wecom_app_token, self.wecom_app_aes_key, self.wecom_app_secret)
        return bool(self.wecom_corp_id.strip() or self.wecom_app_agent_id is not None or _any_of(*secrets))

    @property
    def has_wecom_bot(self) -> bool:
        """Tell whether a 智能机器人 is configured."""
        return _any_of(self.wecom_bot_token, self.wecom_bot_aes_key)

    @property
    def has_any(self) -> bool:
        """Tell whether there is any bot at all."""
        return self.has_official or self.has_wecom_app or self.has_wecom_bot


def read_bot_settings() -> BotSettings:
    """Return the settings of the environment and `.env`.

    Raises:
        SettingsError: a value cannot be used, or an account is configured by half.
    """
    try:
        settings = BotSettings()
    except ValidationError as error:
        names = "、".join(f"POLICY_{str(each['loc'][0]).upper()}" for each in error.errors())
        raise SettingsError(f"设置有误：{names}。请改正或删去后重试。") from None
    check_bot_settings(settings)
    return settings


def check_bot_settings(settings: BotSettings) -> None:
    """Refuse an account that is configured by half; above all, one whose token is empty.

    Raises:
        SettingsError: what is missing, by variable.
    """
    checks: tuple[tuple[bool, Callable[[BotSettings], list[str]]], ...] = (
        (settings.has_official, _wrong_with_official),
        (settings.has_wecom_app, _wrong_with_app),
        (settings.has_wecom_bot, _wrong_with_bot),
    )
    wrong = [fault for is_there, faults in checks if is_there for fault in faults(settings)]
    if wrong:
        raise SettingsError(f"机器人的设置有误：{'；'.join(wrong)}。请改正后重试。")


def _wrong_with_official(settings: BotSettings) -> list[str]:
    faults = _token(settings.wechat_token, "POLICY_WECHAT_TOKEN")
    if _any_of(settings.wechat_aes_key):
        faults += _key(settings.wechat_aes_key, "POLICY_WECHAT_AES_KEY")
        faults += _given(settings.wechat_app_id, "POLICY_WECHAT_APP_ID")
    elif settings.wechat_safe_only:
        faults.append("安全模式须填写 POLICY_WECHAT_AES_KEY")
    if settings.wechat_verified:
        faults += _given(settings.wechat_app_id, "POLICY_WECHAT_APP_ID")
        faults += _given(settings.wechat_app_secret.get_secret_value(), "POLICY_WECHAT_APP_SECRET")
    return list(dict.fromkeys(faults))


def _wrong_with_app(settings: BotSettings) -> list[str]:
    return [
        *_token(settings.wecom_app_token, "POLICY_WECOM_APP_TOKEN"),
        *_key(settings.wecom_app_aes_key, "POLICY_WECOM_APP_AES_KEY"),
        *_given(settings.wecom_corp_id, "POLICY_WECOM_CORP_ID"),
        *_given(settings.wecom_app_secret.get_secret_value(), "POLICY_WECOM_APP_SECRET"),
        *_given("" if settings.wecom_app_agent_id is None else "1", "POLICY_WECOM_APP_AGENT_ID"),
    ]


def _wrong_with_bot(settings: BotSettings) -> list[str]:
    return [
        *_token(settings.wecom_bot_token, "POLICY_WECOM_BOT_TOKEN"),
        *_key(settings.wecom_bot_aes_key, "POLICY_WECOM_BOT_AES_KEY"),
    ]


def _token(token: SecretStr, name: str) -> list[str]:
    is_empty = not token.get_secret_value().strip()
    return [f"{name} 为空，任何人都能冒充平台发消息"] if is_empty else []


def _key(key: SecretStr, name: str) -> list[str]:
    try:
        decoded_key(key.get_secret_value())
    except SealError:
        return [f"{name} 应为后台显示的 43 位字母和数字"]
    return []


def _given(value: str, name: str) -> list[str]:
    return [] if value.strip() else [f"缺少 {name}"]


def _any_of(*secrets: SecretStr) -> bool:
    return any(secret.get_secret_value().strip() for secret in secrets)
