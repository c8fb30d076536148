"""Settings from the environment (`BIANMIN_…`), read once, every mistake reported at once."""

from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from data.civic.errors import Mistake, Mistakes

PREFIX = "BIANMIN_"
Port = Annotated[int, Field(ge=0, le=65535)]


class Env(StrEnum):
    """What this installation is for."""

    DEMO = "demo"
    PRODUCTION = "production"


class Totp(StrEnum):
    """Whether staff with weighty roles need a second factor at the console."""

    REQUIRED = "required"
    OPTIONAL = "optional"


Network = IPv4Network | IPv6Network


def _listed(value: object) -> object:
    """Read a list from one line, its parts divided by commas."""
    if not isinstance(value, str):
        return value
    return [one.strip() for one in value.split(",") if one.strip()]


class Settings(BaseSettings):
    """Everything that is set from outside."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    env: Env = Env.DEMO
    home: Path = Path("var")
    """Where keys, the embedded database, models and caches stand."""
    host: str = "127.0.0.1"
    port: Port = 8080
    metrics_port: Port | None = None
    """An internal port for /metrics; none: metrics are not served."""
    mongodb_uri: SecretStr | None = None
    mongodb_uri_file: Path | None = None
    mongod: Path | None = None
    database: str = "bianmin"
    accounts: Path | None = None
    """The TOML file of the platforms' accounts."""
    house_key_file: Path | None = None
    call_patience_s: Annotated[int, Field(ge=60, le=3600)] = 300
    """So long somebody on duty has to answer a call, before the next is called."""
    webhook_window_s: Annotated[int, Field(ge=30, le=3600)] = 600
    backup_dir: Path | None = None
    """Where backups are written; none: under `home`. Better on another machine."""
    purge_after_days: Annotated[int, Field(ge=0, le=3650)] = 90
    """So many days after the chief closed an event, its personal data is destroyed."""
    demo_control_url: str = ""
    """Where the simulated platforms are steered; set by `bianmin demo` alone."""
    demo_control_token: SecretStr = SecretStr("")
    console_totp: Totp | None = None
    """None: required in production, optional in the demo."""
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_listed)] = ()
    """Addresses or networks, divided by commas, whose X-Forwarded-For is believed."""
    log_level: str = "info"
    drain_s: Annotated[float, Field(ge=0, le=60)] = 10.0

    @model_validator(mode="before")
    @classmethod
    def _one_of_each(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("mongodb_uri") and values.get("mongodb_uri_file"):
            raise ValueError("mongodb_uri and mongodb_uri_file are both set: keep one")
        return values

    @property
    def production(self) -> bool:
        """Say whether citizens are served for real."""
        return self.env is Env.PRODUCTION

    @property
    def totp_required(self) -> bool:
        """Say whether weighty roles need a second factor."""
        wanted = self.console_totp or (Totp.REQUIRED if self.production else Totp.OPTIONAL)
        return wanted is Totp.REQUIRED

    @property
    def house_key(self) -> Path:
        """Tell where the house key stands."""
        return self.house_key_file or self.home / "keys" / "house.key"

    @property
    def backups(self) -> Path:
        """Tell where backups and their keyring stand."""
        return self.backup_dir or self.home / "backups"

    def uri(self) -> str | None:
        """Tell the database to use; None: the embedded one.

        Raises:
            Mistakes: the file that should hold it cannot be read, or holds nothing.
        """
        if self.mongodb_uri_file is None:
            return self.mongodb_uri.get_secret_value() if self.mongodb_uri else None
        try:
            if uri := self.mongodb_uri_file.read_text(encoding="utf-8").strip():
                return uri
            what = f"{self.mongodb_uri_file} is empty"
        except OSError as error:
            what = f"cannot read {self.mongodb_uri_file}: {error.strerror}"
        except UnicodeDecodeError:
            what = f"{self.mongodb_uri_file} is no text"
        raise Mistakes((Mistake(where=f"{PREFIX}MONGODB_URI_FILE", what=what),))


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        Mistakes: anything is wrong; every variable with what is wrong about it.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise Mistakes(
            tuple(
                Mistake(where=PREFIX + "_".join(str(k) for k in e["loc"]).upper(), what=e["msg"])
                for e in error.errors(include_url=False, include_input=False)
            )
        ) from error
    _fit_for_production(settings)
    return settings


def _fit_for_production(settings: Settings) -> None:
    """Refuse a production that would lose data or serve the demo."""
    wrong = []
    if settings.production and settings.uri() is None:
        what = "production needs a MongoDB 8 replica set by URI; the embedded one is for trial"
        wrong.append(Mistake(where=f"{PREFIX}MONGODB_URI", what=what))
    if settings.production and settings.demo_control_url:
        what = "the simulated platforms never run in production: unset it"
        wrong.append(Mistake(where=f"{PREFIX}DEMO_CONTROL_URL", what=what))
    if wrong:
        raise Mistakes(tuple(wrong))
