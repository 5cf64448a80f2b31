"""Django settings of every Cunlian process. Values come from environment.py; nothing else reads the environment."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cunlian.config.settings import environment as env

PACKAGE_DIR = Path(__file__).resolve().parents[2]

DEBUG = env.DEBUG
DEMO = env.DEMO
TESTING = False
SECRET_KEY = env.SECRET_KEY
if not SECRET_KEY:
    if not (env.DEMO or env.DEBUG):
        raise ImproperlyConfigured("Set SECRET_KEY to a long random text (see README, Running in production).")
    SECRET_KEY = "demonstration-only-" + "0" * 40
LOG_KEY = env.LOG_KEY or SECRET_KEY
FIELD_KEY = env.FIELD_KEY or SECRET_KEY
ALLOWED_HOSTS = env.ALLOWED_HOSTS
PUBLIC_URL = env.PUBLIC_URL
FILING_NUMBER = env.FILING_NUMBER
SERVICE_PHONE = env.SERVICE_PHONE
API_CALLS_PER_MINUTE = env.API_CALLS_PER_MINUTE
MAP_SERVICE_URL = env.MAP_SERVICE_URL
MAP_TILES_URL = env.MAP_TILES_URL

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "cunlian.ui",
    "cunlian.kernel",
    "cunlian.places",
    "cunlian.accounts",
    "cunlian.people",
    "cunlian.organisations",
    "cunlian.cases",
    "cunlian.instructions",
    "cunlian.talent",
    "cunlian.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cunlian.config.middleware.content_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cunlian.api.problems.problems",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cunlian.config.middleware.actor",
    "cunlian.config.middleware.language",
    "cunlian.config.middleware.staff_gate",
    "cunlian.config.once.once",
    "cunlian.config.middleware.refusals",
]

ROOT_URLCONF = "cunlian.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each door's pages lie beside its views: desk/cases/templates/desk/cases/list.html.
        "DIRS": sorted(PACKAGE_DIR.glob("**/templates")),
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cunlian.config.context.site",
                "cunlian.desk.context.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "cunlian.ui.templatetags.ui",
                "cunlian.ui.templatetags.components",
            ],
        },
    }
]
FORM_RENDERER = "cunlian.ui.forms.Renderer"
FILTERS_EMPTY_CHOICE_LABEL = _("All")

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
# Rate limits count in the cache, so it must be one for all processes of a county.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
# Each package keeps its own catalogue beside its code, so that two people never edit one file.
LOCALE_PATHS = sorted(PACKAGE_DIR.glob("**/locale"))
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = env.BUILD_DIR / "collected"
STATICFILES_DIRS = [env.BUILD_DIR / "static"] if (env.BUILD_DIR / "static").exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not (env.DEBUG or env.DEMO)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = env.DEBUG or env.DEMO
MEDIA_ROOT = env.MEDIA_ROOT
NODE_MODULES = env.NODE_MODULES
BUILD_DIR = env.BUILD_DIR
VAR_DIR = env.VAR_DIR

# Whoever meets a page that broke reads that it has been written down: it is, on the server's output.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"fault": {"()": "cunlian.kernel.faults.PageFault"}},
    "handlers": {"faults": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": "fault"}},
    "loggers": {"django.request": {"handlers": ["faults"]}},
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.PUBLIC_URL.startswith("https://")
if env.TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Staff are logged out after a working day whatever they do; a resident's phone remembers them for a month.
SESSION_COOKIE_AGE = 30 * 24 * 3600
ACCOUNT_SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "cunlian.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Five wrong tries lock a name for five minutes (adapters.LOCKED_FOR); an office shares one address: wide.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,5/300s/key", "login": "120/m/ip"}
ACCOUNT_FORMS = {
    "login": "cunlian.accounts.forms.LoginForm",
    "reauthenticate": "cunlian.accounts.forms.ReauthenticateForm",
    "change_password": "cunlian.accounts.forms.ChangePasswordForm",
    "reset_password": "cunlian.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "cunlian.accounts.forms.ResetPasswordKeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.TRUST_PROXY else 0
MFA_ADAPTER = "cunlian.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "cunlian.accounts.forms.AuthenticateForm",
    "reauthenticate": "cunlian.accounts.forms.FactorForm",
    "activate_totp": "cunlian.accounts.forms.ActivateForm",
}
EMAIL_URL = env.EMAIL_URL
AUDITOR_EMAIL = env.AUDITOR_EMAIL
MESSAGE_WEBHOOK = env.MESSAGE_WEBHOOK
MESSAGE_SECRET = env.MESSAGE_SECRET
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
