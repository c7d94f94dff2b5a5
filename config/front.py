"""The front door: the code from the screen, signing in, and whether the house is standing."""

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from facilitation.joining import CodeForm
from facilitation.passes import is_console_cookie
from workshops.models import SignInLink, Workshop


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Signed in: the workshops. Everyone else: one field for the code."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect("workshops")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("join", code=form.cleaned_data["code"])
    return render(request, "workshops/front.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_safe_next(request))
    return render(request, "workshops/sign_in.html", {"form": form}, status=422 if form.errors else 200)


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fine = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and fine else "home"


@require_http_methods(["GET", "POST"])
def spend_link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link. Opening it only shows a button: looking must not use it up."""
    if request.method == "GET":
        ready = SignInLink.valid(token)
        return render(request, "workshops/sign_in_link.html", {"ready": ready}, status=200 if ready else 404)
    user = SignInLink.spend(token)
    if user is None:
        return render(request, "workshops/sign_in_link.html", {"ready": False}, status=404)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if "next" in request.GET:
        return redirect(_safe_next(request))
    running = Workshop.objects.filter(network__memberships__user=user).distinct()
    if running.count() == 1 and user.memberships.filter(role="facilitator").exists():
        return redirect("console", code=running.get().code)
    return redirect("workshops")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    answer = redirect("home")
    for name in filter(is_console_cookie, request.COOKIES):
        answer.delete_cookie(name, samesite="Strict")
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """A person chooses a password, so that the next sign-in needs no link."""
    form = SetPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is set."))
        return redirect("workshops")
    return render(request, "workshops/account.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503; a proxy and bin/dev ask this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM workshops_workshop LIMIT 1")  # read, not only connected to
    return HttpResponse("ok", content_type="text/plain")
