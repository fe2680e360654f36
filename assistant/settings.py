"""Settings of the program: `POLICY_…` variables or `.env`, read once at the entry."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set; nothing has to be."""

    model_config = SettingsConfigDict(env_prefix="POLICY_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("policy-assistant", appauthor=False))
    embedding_model: str | None = None
    embedding_query_instruction: str | None = None  # None: what the model usually needs
    embedding_max_length: int | None = Field(default=None, ge=16)  # tokens read of a text; None: the usual
    embedding_device: str | None = None  # cuda, mps, cpu…; None: the best there is; the reranker's too
    reranker_model: str | None = None  # a cross-encoder, hub name or path; None: none is used
    reranker_top: int = Field(default=20, ge=2, le=200)  # how many of the clauses found it reads
    chroma_url: str | None = None  # of a Chroma server, http://host:8000; None: vectors in the data directory
    milvus_url: str | None = None  # of a Milvus server, http://host:19530, or a file ending in .db
    database_url: SecretStr | None = None  # None: the SQLite file policy.db in the data directory
    conversation_days: int = Field(default=30, ge=1, le=3650)  # days after its last turn a conversation goes
    model: str | None = None  # name of a language model that words answers; None: none is used
    model_reads: bool = False  # whether that model may also help to read a question the words leave open
    model_base_url: str | None = None  # of an OpenAI-compatible endpoint, such as https://api.deepseek.com
    model_api_key: SecretStr | None = None
    model_seconds: float = Field(default=20, gt=0, le=300)  # for all a model does on one answer
    model_max_tokens: int = Field(default=1500, ge=64, le=32_000)
    runs_dir: Path = Path("runs")  # where evaluation runs lie that the page shows
    admin_password: SecretStr | None = None  # who knows it may add documents on the page; None: nobody
    timezone: str = "Asia/Shanghai"
    host: str = "127.0.0.1"
    answer_s: float = Field(default=120, gt=0, le=3600)  # what takes longer is answered that it does
    port: int = Field(default=7860, ge=0, le=65535)

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"没有“{value}”这个时区，请写例如 Asia/Shanghai") from error
        return value


def today(settings: Settings) -> date:
    """Return the calendar day where the policies hold; the only clock an answer depends on."""
    return datetime.now(ZoneInfo(settings.timezone)).date()
