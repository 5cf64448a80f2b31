"""The one place that reads the process environment. Every setting a county may set is named here."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

PROJECT_DIR = Path(__file__).resolve().parents[4]
VAR_DIR = Path(os.environ.get("CUNLIAN_VAR", PROJECT_DIR / "var"))
BUILD_DIR = Path(os.environ.get("CUNLIAN_BUILD", PROJECT_DIR / "build"))
NODE_MODULES = Path(os.environ.get("CUNLIAN_NODE_MODULES", PROJECT_DIR / "node_modules"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
# The log's keys are apart from SECRET_KEY so that rotating sessions does not break the proof of the log. Several, the
# new one first: LOG_KEY=new,old. The same for FIELD_KEY.
LOG_KEY = os.environ.get("LOG_KEY", "")
FIELD_KEY = os.environ.get("FIELD_KEY", "")
DEBUG = os.environ.get("DEBUG", "") == "1"
DEMO = os.environ.get("CUNLIAN_DEMO", "") == "1"
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
DATABASE_URL = os.environ.get("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'cunlian.sqlite3'}"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
EMAIL_URL = os.environ.get("EMAIL_URL", "console://")
# Who keeps the daily seals of the log outside this house (see docs/decisions/0004-log-and-seals.md).
AUDITOR_EMAIL = os.environ.get("AUDITOR_EMAIL", "")
MESSAGE_WEBHOOK = os.environ.get("MESSAGE_WEBHOOK", "")
# Shared with the gateway behind MESSAGE_WEBHOOK: it checks our signature with it.
MESSAGE_SECRET = os.environ.get("MESSAGE_SECRET", "")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000")
# Where the county's map service (天地图) answers: looking up places by name, and the tiles of its map.
MAP_SERVICE_URL = os.environ.get("MAP_SERVICE_URL", "https://api.tianditu.gov.cn")
MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "https://t0.tianditu.gov.cn")
# Shown at the foot of every page: the county's website filing number (ICP 备案号) and the telephone residents may call.
FILING_NUMBER = os.environ.get("FILING_NUMBER", "")
SERVICE_PHONE = os.environ.get("SERVICE_PHONE", "")
# What one program may ask of the API; a county's daily exchange needs far less.
API_CALLS_PER_MINUTE = int(os.environ.get("API_CALLS_PER_MINUTE", "300"))
TRUST_PROXY = os.environ.get("TRUST_PROXY", "") == "1"


def database(url: str = DATABASE_URL) -> dict[str, Any]:
    """Django's DATABASES entry for ``url``.

    SQLite begins every transaction IMMEDIATE with WAL and full sync: with the default BEGIN, concurrent writers lose
    most of their transactions to "database is locked" (architecture.md, What the databases force). They queue for their
    turn (config/sqlite). PostgreSQL keeps the plans of what is asked often (config/postgresql); behind a pooler that lends
    a connection for one transaction the address ends in ``?server_side_binding=false``.
    """
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if "sqlite" in str(config["ENGINE"]):
        config["ENGINE"] = "cunlian.config.sqlite"
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;",
        }
    elif "postgresql" in str(config["ENGINE"]):
        config["ENGINE"] = "cunlian.config.postgresql"
        config["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 5, **config.get("OPTIONS", {})}
    return config
