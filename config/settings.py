"""One settings file. Everything that differs between a laptop and a hosted service comes from the environment.

DATABASE_URL            PostgreSQL when hosted; without it SQLite in the data folder
THROUGHLINE_DATA        where the database, the key and the packs live (default: data/ in the project)
THROUGHLINE_COPIES      where copies of an SQLite database go: a USB stick, a cloud folder (default: copies in the data)
THROUGHLINE_PATIENCE    seconds to wait for another's lock (SQLite: 20), or for a connection (PostgreSQL: 4)
THROUGHLINE_HOSTS       public names when hosted, separated by commas
THROUGHLINE_SECRET_KEY  the signing key; without it one is made at first start and kept in the data folder
THROUGHLINE_HTTPS       1 when a proxy in front speaks https: secure cookies, HSTS
THROUGHLINE_COLLECTED   1 when bin/dev or the image has run collectstatic; without it static/ is served as it is
DEBUG                   1 only for working on Throughline itself
"""

import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.addresses import own_hosts

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
DATA_DIR = Path(env("THROUGHLINE_DATA", default=str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATA_DIR.chmod(0o700)  # everybody's words are in here: no business of another account on this computer
COPIES_NAMED = bool(env("THROUGHLINE_COPIES", default=""))
COPIES_DIR = Path(env("THROUGHLINE_COPIES") if COPIES_NAMED else DATA_DIR / "copies").resolve()
PORT = env.int("PORT", default=8000)
VERSION = "2026.11"
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("THROUGHLINE_HTTPS", default=False)


def secret_key() -> str:
    """The signing key: from the environment, or from a file made once that only its owner can read."""
    given = env("THROUGHLINE_SECRET_KEY", default="")
    if given:
        return given
    path = DATA_DIR / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        made = secrets.token_urlsafe(64)
        file.write(made)
    return made


SECRET_KEY = secret_key()
ALLOWED_HOSTS = [*own_hosts(), *env.list("THROUGHLINE_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.list("THROUGHLINE_HOSTS", default=[])]

INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "workshops",
    "activities",
    "facilitation",
    "outputs",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.unavailable",
    "config.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "activities"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)])],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'throughline.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["CONN_MAX_AGE"] = None
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": env.float("THROUGHLINE_PATIENCE", default=20),
        # A small cache for each of a dozen connections: the system has the file in memory already, once.
        "init_command": "PRAGMA cache_size=-128;"
        " PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA secure_delete=ON; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY;",
    }
    # A file, because tests use several threads; in memory where that is possible, because fsync is not their subject.
    _quick = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else DATA_DIR  # noqa: S108
    _database["TEST"] = {"NAME": str(_quick / f"throughline-test-{os.getpid()}.sqlite3")}
else:
    # With one thread a request (commands, tests) persistent connections pile up; the server's own threads keep theirs.
    _database["CONN_MAX_AGE"] = 0
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "pool": {
            "min_size": 2,
            "max_size": max(14, env.int("THROUGHLINE_POOL", default=20)),  # thirteen threads keep theirs
            "timeout": env.float("THROUGHLINE_PATIENCE", default=4),
        },
        "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000",
    }

STATIC_URL = "/static/"
COLLECTED = env.bool("THROUGHLINE_COLLECTED", default=False)
STATIC_ROOT = BASE_DIR / "staticfiles" if COLLECTED else None
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only ours: django-htmx brings other versions of htmx along.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.statics.HashedStatics"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
PACKS_DIR = DATA_DIR / "packs"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "config.forms.Renderer"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the console shows a small live picture of the screen
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which would have DENY
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_tokens": {"()": "config.logs.WithoutTokens"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_tokens"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
