"""All settings, from the environment only; what is required and missing stops the start.

PORTAL_MODE        production (default), demo or test
PORTAL_DATA_DIR    database and media; default var/ in the project
PORTAL_KEYS_DIR    the keys, elsewhere; default ~/.config/pairing-portal/keys
PORTAL_HOSTS       host names served, comma-separated; required when PORTAL_HTTPS
PORTAL_HTTPS       true (default in production): only over TLS; false: only on this machine
PORTAL_PROXY       true: TLS ends at a proxy that sets X-Forwarded-Proto
DATABASE_URL       default: SQLite in the data directory
"""

import os

import environ
from django.core.exceptions import ImproperlyConfigured

from pairing_portal.lib.keys import load_keys, make_keys
from pairing_portal.places import BASE_DIR, Mode, places_from
from pairing_portal.sqlite import sqlite_options

env = environ.Env()
PLACES = places_from(os.environ)
PORTAL_MODE = MODE = PLACES.mode
PORTAL_KEYS_DIR = PLACES.keys
DATA_DIR = PLACES.data

# -- Keys -------------------------------------------------------------------------------------------------
if MODE == Mode.TEST and not PLACES.keys.exists():
    make_keys(PLACES.keys)
SECRET_KEY = load_keys(PLACES.keys).secret

# -- Network ----------------------------------------------------------------------------------------------
DEBUG = False
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
HTTPS = env.bool("PORTAL_HTTPS", default=MODE == Mode.PRODUCTION)
ALLOWED_HOSTS = env.list("PORTAL_HOSTS", default=[] if HTTPS else LOOPBACK_HOSTS)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("PORTAL_HOSTS is missing: name the host the portal is reached by.")
if not HTTPS and not set(ALLOWED_HOSTS) <= set(LOOPBACK_HOSTS):
    raise ImproperlyConfigured("PORTAL_HTTPS=false is for this machine only: remove PORTAL_HOSTS or use TLS.")
if MODE == Mode.DEMO and HTTPS:
    raise ImproperlyConfigured("The demo answers on this machine only: remove PORTAL_HTTPS.")

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("PORTAL_PROXY", default=False) else None
)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# W021 wants HSTS preload: with it anybody could enter the office's whole domain in the browsers' list.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# -- Sessions and sign-in -----------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "pairing_portal.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The store ends a session after a pause, and in any case when the whole time is over; pages warn before.
SESSION_ENGINE = "pairing_portal.accounts.sessions"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_WARNING_SECONDS = 5 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Messages name pupils: they stay on the server, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["pairing_portal.accounts.backends.DistrictBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == Mode.TEST
    else ["pairing_portal.lib.passwords.PortalArgon2Hasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "pairing_portal.lib.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "pairing_portal.lib.passwords.ZxcvbnValidator"},
]

# -- What the portal is made of -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "pairing_portal.static_files.PortalStaticFilesConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_include_bootstrap",
    "pairing_portal.lib",
    "pairing_portal.audit",
    "pairing_portal.accounts",
    "pairing_portal.undo",
    "students",
    "pairings",
    "visits",
    "reports",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first, so that a refused host is answered under it too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pairing_portal.privacy.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pairing_portal.middleware.KeptFormMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pairing_portal.middleware.StaffMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "pairing_portal.urls"
WSGI_APPLICATION = "pairing_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["pairing_portal.accounts.templatetags.form_marks"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pairing_portal.context.portal",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# -- Data -----------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
# Opening the database takes longer than most queries: each server process keeps its connection for a minute.
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = dict(sqlite_options())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Tests collect no files: each is looked up where it lies.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == Mode.TEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == Mode.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# An upload stays in memory up to the handler's cap; nothing of it touches the disk before it is checked.
FILE_UPLOAD_HANDLERS = [
    "pairing_portal.lib.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# -- Language, place, log ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "reticent": {
            "()": "pairing_portal.privacy.ReticentFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "reticent"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would write e-mail or repeat the line.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
