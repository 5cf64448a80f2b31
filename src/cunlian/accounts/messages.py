"""What happened to accounts, for the timeline, and the one text sent: the log-in code."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("accounts.user_created", _("Account opened"), _("opened the account"), icon="user-plus")
add_verb("accounts.user_deactivated", _("Account closed"), _("closed the account"), icon="user-off")
add_verb("accounts.password_set", _("New password given"), _("gave the account a new password"), icon="key")
add_verb("accounts.factor_reset", _("Second factor reset"), _("let the second factor be set up again"), icon="key")
add_verb("accounts.role_granted", _("Role granted"), _("granted a role by hand"), icon="key")
add_verb("accounts.grant_ended", _("Role ended"), _("ended a role"), icon="key")
add_verb("accounts.key_made", _("Program key made"), _("made a key for a program"), icon="key")
add_verb("accounts.key_revoked", _("Program key revoked"), _("revoked a key of a program"), icon="key")
add_verb("accounts.code_sent", _("Log-in code sent"), _("asked for a log-in code"), icon="message")
add_verb("accounts.entered_with_code", _("Logged in with a code"), _("logged in with a code"), icon="login")
add_verb("accounts.language_chosen", _("Language chosen"), _("chose a language"), icon="language")
add_verb("deliveries.retried", _("Delivery tried again"), _("had a delivery tried again"), icon="refresh")

LOGIN_CODE = _("%(code)s is your code, good for %(minutes)s minutes. Tell it to nobody, not to staff either.")
