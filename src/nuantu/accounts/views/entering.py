"""Log-in, second factor and one's own account."""

from io import BytesIO

import pyotp
import segno
from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from nuantu.accounts import access, selectors, services
from nuantu.accounts.forms import CodeForm, LogInForm, NewPhoneForm, PasswordForm
from nuantu.accounts.models import User
from nuantu.accounts.rules.sessions import needs_second_factor
from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import PublicRequest, StaffRequest, public_page, refused, render, staff_page
from nuantu.core.throttle import allow
from nuantu.ui import kept
from nuantu.ui.outcomes import refuse

LOGINS_PER_ADDRESS = 60
LOGIN_WINDOW_SECONDS = 600


def _target(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@public_page
def log_in(request: PublicRequest) -> HttpResponse:
    """Name and password; then the second factor where one is needed."""
    form = LogInForm(request.POST or None)
    kept_text = request.POST.get("kept", "")
    context = {
        "form": form,
        "next": _target(request),
        "kept": kept_text,
        "is_kept": bool(kept_text) or "kept" in request.GET,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/login.html", context)
    try:
        if not allow(
            f"login:{request.META['REMOTE_ADDR']}", LOGINS_PER_ADDRESS, LOGIN_WINDOW_SECONDS
        ):
            raise services.LogInRefused(_("这个地址试得太频繁，请 10 分钟后再试。"))
        user = services.check_password(
            login=form.cleaned_data["login"], password=form.cleaned_data["password"], at=clock.now()
        )
    except Refusal as error:
        form.add_error(None, str(error))
        return refused(request, "accounts/login.html", context)
    return _enter(request, user)


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    wanted = reverse("accounts:account") if user.must_change_password else _target(request)
    step = needs_second_factor(has_secret=bool(user.totp_secret), mode=settings.NUANTU_MODE)
    start_session(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session["seen_at"] = clock.now().isoformat()
    if step == "none":
        _passed(request, user)
        text = request.POST.get("kept", "")
        return kept.resume(request, text, user.public_id) or HttpResponseRedirect(wanted)
    request.session["after_code"] = wanted
    _keep(request, user)
    request.session.set_expiry(60 * settings.NUANTU_KEPT_MINUTES)
    return HttpResponseRedirect(
        reverse("accounts:code" if step == "code" else "accounts:set_up_code")
    )


def _keep(request: HttpRequest, user: User) -> None:
    """Hold the kept form, still encrypted, until the second factor is given; only its owner's."""
    text = request.POST.get("kept", "")
    if text and kept.open_kept(text, kept.mark_of(user.public_id)):
        request.session["kept"] = text


def _passed(request: HttpRequest, user: User) -> None:
    request.session[access.SECOND_FACTOR_PASSED] = True
    request.session.set_expiry(None)
    User.objects.filter(pk=user.pk).update(failures=0, locked_until=None, last_login=clock.now())


def _go_on(request: HttpRequest, user: User, otherwise: str) -> HttpResponse:
    """Where the log-in was going: the kept form first, then the page that was asked for."""
    target = request.session.pop("after_code", otherwise)
    text = request.session.pop("kept", "")
    return kept.resume(request, text, user.public_id) or HttpResponseRedirect(target)


def _half_way(request: HttpRequest) -> User:
    """The user who has given the password and not yet the code."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def log_in_to_send(request: HttpRequest) -> HttpResponse:
    """The log-in page for somebody whose session ended while he filled a form: the form goes along."""
    kept_text = kept.carry(request)
    context = {
        "form": LogInForm(),
        "next": request.META.get("HTTP_REFERER", "/"),
        "kept": kept_text,
        "is_kept": bool(kept_text),
    }
    return render(request, "accounts/login.html", context, status=401)


@public_page
def code(request: PublicRequest) -> HttpResponse:
    """The second factor."""
    user = _half_way(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.check_code(user=user, code=form.cleaned_data["code"], at=clock.now())
        except Refusal as error:
            form.add_error("code", str(error))
            return refused(request, "accounts/code.html", {"form": form})
        _passed(request, user)
        return _go_on(request, user, "/")
    return render(request, "accounts/code.html", {"form": form})


@public_page
def set_up_code(request: PublicRequest) -> HttpResponse:
    """Set up the authenticator: QR code and a first code as proof; in an open session the password too."""
    user = _half_way(request)
    is_in = bool(request.session.get(access.SECOND_FACTOR_PASSED))
    if user.totp_secret and not is_in:
        raise Http404
    secret = request.session.setdefault("fresh_secret", pyotp.random_base32())
    form = (NewPhoneForm if is_in else CodeForm)(request.POST or None)
    context = {"form": form, "secret": secret}
    if request.method == "POST" and form.is_valid():
        try:
            _set_up(user, secret, form.cleaned_data)
        except Refusal as error:
            refuse(form, error)
            return refused(request, "accounts/set_up_code.html", context)
        del request.session["fresh_secret"]
        _passed(request, user)
        return _go_on(request, user, reverse("accounts:account"))
    return render(request, "accounts/set_up_code.html", context)


def _set_up(user: User, secret: str, given: dict[str, str]) -> None:
    at = clock.now()
    if "password" in given:
        services.confirm_password(user=user, password=given["password"], at=at)
    services.confirm_second_factor(user=user, secret=secret, code=given["code"], at=at)


@public_page
def code_picture(request: PublicRequest) -> HttpResponse:
    """The QR code of the secret being set up."""
    user = _half_way(request)
    secret = request.session.get("fresh_secret")
    if not secret:
        raise Http404
    address = pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name="Nuantu")
    picture = BytesIO()
    segno.make(address).save(picture, kind="svg", scale=5)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@public_page
def log_out(request: PublicRequest) -> HttpResponse:
    """End the session; only by POST, so that a picture in a page cannot do it."""
    if request.method == "POST":
        end_session(request)
    return HttpResponseRedirect(reverse("accounts:login"))


@staff_page("accounts.self.use")
def account(request: StaffRequest) -> HttpResponse:
    """One's own account: roles, password, second factor."""
    user = access.own_user(request.actor)
    form = PasswordForm(request.POST or None)
    context = {
        "user_row": user,
        "form": form,
        "roles": [selectors.matrix().roles[r] for r in user.roles],
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(
                actor=request.actor,
                at=clock.now(),
                user=user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["password"],
            )
        except Refusal as error:
            refuse(form, error)
            return refused(request, "accounts/account.html", context)
        start_session(request, user, backend="django.contrib.auth.backends.ModelBackend")
        _passed(request, user)
        return HttpResponseRedirect(f"{reverse('accounts:account')}?changed=1")
    return render(request, "accounts/account.html", context)
