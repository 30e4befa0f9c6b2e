"""The names of all settings, both programs': each reads its own and ignores the other's.

A name that stands in neither list is a mistake somebody would otherwise find after the damage.
"""

FIELD_NAMES = ("DDR_FIELD_AUTOSYNC", "DDR_FIELD_HOME", "DDR_PASSPHRASE", "DDR_PASSPHRASE_FILE")
SERVER_NAMES = (
    "DDR_DATA",
    "DDR_DATABASE_URL",
    "DDR_DATABASE_URL_FILE",
    "DDR_SCRATCH_URL",
    "DDR_SCRATCH_URL_FILE",
    "DDR_SECRET_KEY",
    "DDR_SECRET_KEY_FILE",
    "DDR_SEAL_KEY",
    "DDR_SEAL_KEY_FILE",
    "DDR_METRICS_TOKEN",
    "DDR_METRICS_TOKEN_FILE",
    "DDR_TIMEZONE",
    "DDR_LANGUAGES",
    "DDR_HTTPS",
    "DDR_PROXIES",
    "DDR_HOSTS",
    "DDR_SESSION_IDLE",
    "DDR_SESSION_LIFE",
    "DDR_PASSWORD_MEMORY",
)
