"""What all of talent has in common: a village may do without it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.places.modules import add_module

MODULE = "talent"

add_module(MODULE, _("Talent"))
