"""What an operator can set, by environment variables that begin with JIANGJIAN_.

Telegram's have the names that everybody gives them: BOT_TOKEN, WEBHOOK_URL, WEBHOOK_SECRET, TELEGRAM_API…
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.house.failure import Failure

PREFIX = "JIANGJIAN_"
#: Seconds in which a proxy that asks every three notices twice.
_DRAIN = 10.0


class Settings(BaseSettings):
    """How this installation runs; what is unset has a sensible default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, populate_by_name=True)

    data: Path = Field(default=Path("var"), description="where the database and people's files are kept")
    database: str = Field(default="", description="database URL; empty: SQLite in the data directory")
    files: str = Field(
        default="",
        description="where the bytes of files lie: s3://bucket/prefix?endpoint=https://…&region=…, with credentials in "
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; empty: the data directory",
    )
    master_key: SecretStr = Field(
        default=SecretStr(""),
        description="the key that wraps the keys of all that people say: 32 bytes in hexadecimal digits or base64; of "
        "several, with commas, the first wraps and all open; empty: as master_key_file says",
    )
    master_key_file: Path | None = Field(
        default=None,
        description="a file with the master key, several one a line; unset: master.key in the data directory, made at first",
    )
    keys: str = Field(
        default="",
        description="database URL of the keyring, apart from the database; empty: keys.sqlite in the data directory",
    )
    recovery_key: SecretStr = Field(
        default=SecretStr(""),
        description="the secret behind the recovery codes; empty: recovery.key in the data directory, made at first",
    )
    host: str = Field(
        default="127.0.0.1", description="address to listen on; 0.0.0.0 for all of this machine"
    )
    port: int = Field(default=8080, ge=0, le=65535, description="port to listen on; 0: any free one")
    public_url: str = Field(
        default="", description="the address people type, e.g. https://jiangjian.example.org"
    )
    operator: str = Field(
        default="", description="who answers for what is kept here, as people read it: 南宁市总工会"
    )
    operator_contact: str = Field(
        default="", description="how people reach them about it: a telephone number, an address for mail"
    )
    proxies: int = Field(default=0, ge=0, description="reverse proxies of ours in front of the web chat")
    drain: float | None = Field(
        default=None,
        ge=0,
        le=600,
        description="seconds for which it still serves when it is told to stop, while /readyz says so; unset: 10 behind "
        "reverse proxies, else 0",
    )
    programmes: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description=f"directories with further programmes, separated by “{os.pathsep}”"
    )
    largest_photo: int = Field(default=20, ge=1, le=1000, description="largest picture that is taken, in MB")
    largest_pdf: int = Field(default=30, ge=1, le=1000, description="largest PDF that is taken, in MB")
    largest_video: int = Field(default=500, ge=1, le=4000, description="largest video that is taken, in MB")
    largest_person: int = Field(default=2000, ge=10, description="what one person may keep here, in MB")
    disk_floor: int | None = Field(
        default=None,
        ge=0,
        description="what stays free on the disk, in MB; unset: 500, or a tenth of a small disk",
    )
    newcomers: int = Field(
        default=300, ge=1, description="new people that one network may bring to the web chat in an hour"
    )
    telegram_names: bool = Field(
        default=False,
        description="staff see names, answers and packets in Telegram, too; off: numbers and a link to the web desk",
    )
    demo: Literal["local", "on", "off"] = Field(
        default="local",
        description="a demo where nobody has begun: local (only where this machine alone can open it), on, off",
    )
    retention_days: int = Field(
        default=730,
        ge=1,
        description="for so many days offices keep a case after the last word on it, then all of it goes",
    )
    metrics: str = Field(
        default="",
        description="address and port where Prometheus reads the figures, e.g. 127.0.0.1:9464; empty: nowhere",
    )
    log: Literal["auto", "json", "text"] = Field(
        default="auto",
        description="how the log is written: json, an object a line; text, for people; auto: text on a terminal",
    )
    print_ahead: bool = Field(
        default=True,
        description="print what a page offers before it is opened; off where a proxy sends documents to other machines",
    )
    workers: int = Field(default=2, ge=1, le=64, description="processes that print documents")

    bot_token: SecretStr = Field(
        default=SecretStr(""), validation_alias="BOT_TOKEN", description="opens the door to Telegram"
    )
    webhook_url: str = Field(
        default="",
        validation_alias="WEBHOOK_URL",
        description="the address where Telegram delivers, https://…; empty: it is asked",
    )
    webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="WEBHOOK_SECRET",
        description="what Telegram shows when it delivers: 1 to 256 of A-Z a-z 0-9 _ -; needed with WEBHOOK_URL",
    )
    telegram_api: str = Field(
        default="https://api.telegram.org",
        validation_alias="TELEGRAM_API",
        description="base address of the Bot API, for a server of your own",
    )
    telegram_local: bool = Field(
        default=False,
        validation_alias="TELEGRAM_LOCAL",
        description="the Bot API server is your own, on this machine, started with --local: files up to 2000 MB",
    )
    telegram_per_chat: float = Field(
        default=1,
        ge=0,
        validation_alias="TELEGRAM_PER_CHAT",
        description="messages a second in one chat; 0: any",
    )
    telegram_overall: float = Field(
        default=30,
        ge=0,
        validation_alias="TELEGRAM_OVERALL",
        description="messages a second over all; 0: any",
    )

    @field_validator("programmes", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(Path(part).expanduser() for part in value.split(os.pathsep) if part)
        return value

    @field_validator("metrics")
    @classmethod
    def _is_a_place(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host and port.isascii() and port.isdigit() and int(port) < 1 << 16):
            raise ValueError("must be an address and a port, as 127.0.0.1:9464")
        return value

    @field_validator("public_url", "webhook_url", "telegram_api")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @cached_property
    def url(self) -> str:
        """The address that people type; where none was set, the one on this machine."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def draining(self) -> float:
        """Seconds for which it still serves when it is told to stop: proxies need a while to notice."""
        return (_DRAIN if self.proxies else 0.0) if self.drain is None else self.drain

    @property
    def database_url(self) -> str:
        """The database: the one that was set, else SQLite in the data directory."""
        return self.database or f"sqlite:///{(self.data / 'jiangjian.sqlite').resolve()}"

    @property
    def keys_url(self) -> str:
        """The keyring: the one that was set, else SQLite in the data directory."""
        return self.keys or f"sqlite:///{(self.data / 'keys.sqlite').resolve()}"


def settings() -> Settings:
    """The settings of this process. Raises `Failure` naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = "_".join(str(step) for step in first["loc"][:1])
        name = place if place.isupper() else PREFIX + place.upper()  # those with names of their own say them
        raise Failure(f"{name}={first['input']}: {first['msg'].removeprefix('Value error, ')}") from error
