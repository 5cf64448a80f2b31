"""Choosing the language: kept in this browser, and with the account where there is one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_in_browser

from cunlian.accounts.actions import choose_language
from cunlian.accounts.models import User
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid


@require_POST
def set_language(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    user = User.objects.filter(pk=request.user.pk).first() if request.user.is_authenticated else None
    if user:
        try:
            choose_language(user, by=Actor("user", user_id=user.pk), language=request.POST.get("language", ""))
        except Invalid:
            pass  # an address made by hand; Django's view below leaves the language as it was
    return set_in_browser(request)
