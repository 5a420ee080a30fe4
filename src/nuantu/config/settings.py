"""Django's settings: declarative, everything that varies comes from `env`."""

import secrets

from django.utils.translation import gettext_lazy as _

from nuantu.config.env import ENVIRONMENT as ENV
from nuantu.config.env import ROOT

DEBUG = ENV.is_debug
# Without a configured key every start makes its own: sessions end with the process, nothing else does.
SECRET_KEY = ENV.secret_key or secrets.token_urlsafe(48)
ALLOWED_HOSTS = list(ENV.hosts)

NUANTU_MODE = ENV.mode
NUANTU_DATA = ENV.data
NUANTU_KEY_FILE = ENV.data / "keys.json"
NUANTU_IDLE_MINUTES = ENV.idle_minutes
NUANTU_KEPT_MINUTES = ENV.kept_minutes
NUANTU_TOKEN_DAYS = ENV.token_days
NUANTU_LOCK_TRIES = ENV.lock_tries
NUANTU_LOCK_MINUTES = ENV.lock_minutes
NUANTU_PHOTO_BYTES = ENV.photo_bytes
NUANTU_PHOTO_PIXELS = 80_000_000
NUANTU_TILE_URL = ENV.tile_url
NUANTU_TILE_ATTRIBUTION = ENV.tile_attribution
NUANTU_BASE_URL = ENV.base_url
NUANTU_WARNINGS_FOLDER = ENV.warnings_folder
NUANTU_WEBHOOK_NETWORKS = ENV.webhook_networks
NUANTU_MODEL_URL = ENV.model_url
NUANTU_MODEL_NAME = ENV.model_name
NUANTU_MODEL_KEY = ENV.model_key

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "nuantu.core",
    "nuantu.ui",
    "nuantu.accounts",
    "nuantu.papers",
    "nuantu.places",
    "nuantu.operations",
    "nuantu.warnings",
    "nuantu.persons",
    "nuantu.letters",
    "nuantu.patrols",
    "nuantu.dispatch",
    "nuantu.encounters",
    "nuantu.stays",
    "nuantu.casework",
    "nuantu.tracing",
    "nuantu.homeward",
    "nuantu.fieldwork",
    "nuantu.config",
]

MIDDLEWARE = [
    "nuantu.config.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nuantu.config.middleware.MethodRefusedInJson",
    "nuantu.config.middleware.IdleSession",
    "nuantu.config.middleware.ActorScope",
]

ROOT_URLCONF = "nuantu.config.urls"
WSGI_APPLICATION = "nuantu.config.wsgi.application"
ASGI_APPLICATION = "nuantu.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "nuantu.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
# The designed error pages and form pieces of ui replace Django's own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": ENV.database.name,
        "USER": ENV.database.user,
        "PASSWORD": ENV.database.password,
        "HOST": ENV.database.host,
        "PORT": ENV.database.port,
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": ENV.database.parameters,
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_AGE = 86_400
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = ENV.is_https
CSRF_FAILURE_VIEW = "nuantu.config.views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
# Served from the packages by WhiteNoise; nothing is collected or generated.
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = ENV.data / "media"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

__all__ = ["ROOT"]
