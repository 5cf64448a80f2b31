"""Log in with a code to the phone, without a password; see who looked at one's own file."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.accounts.codes import send_code
from cunlian.accounts.models import User
from cunlian.kernel.access import ANONYMOUS
from cunlian.organisations.looks import look_rows
from cunlian.people.actions import enter_with_code
from cunlian.resident.account.forms import CodeForm, PhoneForm
from cunlian.resident.pages import show
from cunlian.resident.session import person_of, to_log_in, wanted_page
from cunlian.resident.throttle import address_of
from cunlian.ui.forms import status_of, submit

ASKED = "enter_phone"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sent_code(request: HttpRequest, phone: str) -> bool:
    send_code(phone, address=address_of(request), by=ANONYMOUS)
    return True


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not anybody here knows the phone."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda phone: sent_code(request, phone)):
        request.session[ASKED] = form.cleaned_data["phone"]
        return redirect("resident:enter_code")
    return show(request, "resident/account/enter.html", {"form": form}, status=status_of(form))


def _entered(phone: str, code: str) -> User:
    return enter_with_code(phone, code, by=ANONYMOUS)


@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    phone = request.session.get(ASKED)
    if not phone:
        return redirect("resident:enter")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        user = submit(form, lambda code: _entered(phone, code))
        if user:
            del request.session[ASKED]
            login(request, user, backend=BACKEND)
            return redirect(wanted_page(request))
    return show(request, "resident/account/code.html", {"form": form}, status=status_of(form))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Out, and nothing of it stays in this browser but the village."""
    logout(request)
    return redirect("resident:home")


@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Everybody who saw this person's full name or phone: which post, why, when."""
    if not request.user.is_authenticated:
        return to_log_in(request)
    person = person_of(request)
    rows = look_rows(person) if person else []
    return show(request, "resident/account/looks.html", {"person": person, "rows": rows})
