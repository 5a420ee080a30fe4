"""Accounts, tokens and notification channels, for the administrator."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts import access, selectors, services
from nuantu.accounts.forms import ChannelForm, TokenForm, UserForm
from nuantu.accounts.services import channels as channel_services
from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.ui import confirming, toasts
from nuantu.ui.outcomes import refuse, tried


@staff_page("accounts.user.manage")
def users(request: StaffRequest) -> HttpResponse:
    """Accounts: search, open, close."""
    reach = access.reach(request.actor)
    form = UserForm(request.POST or None, reach=reach)
    words = request.GET.get("q", "").strip()
    context = {"form": form, "users": selectors.users(words, reach), "q": words}
    if request.method != "POST":
        return render(request, "accounts/users.html", context, fragment="accounts/_users.html")
    gone = tried(
        request,
        form,
        lambda: services.make_user(
            actor=request.actor, at=clock.now(), must_change_password=True, **form.cleaned_data
        ),
        to=lambda user: f"{reverse('accounts:users')}?q={user.login}",
    )
    return gone or refused(request, "accounts/users.html", context)


@staff_page("accounts.user.manage")
def user_state(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open or close an account."""
    user = access.user_for(request.actor, public_id)
    if request.method == "POST":
        services.set_active(
            actor=request.actor,
            at=clock.now(),
            user=user,
            is_active=request.POST.get("state") == "open",
        )
    return HttpResponseRedirect(reverse("accounts:users"))


@staff_page("accounts.token.manage")
def tokens(request: StaffRequest) -> HttpResponse:
    """API tokens: issue, see when used, revoke."""
    at = clock.now()

    def fresh_form(data: QueryDict | None = None) -> TokenForm:
        users = access.token_users(request.actor)
        return TokenForm(data, users=users, longest=settings.NUANTU_TOKEN_DAYS)

    form = fresh_form(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "longest": settings.NUANTU_TOKEN_DAYS}
    if form.is_valid():
        try:
            context["fresh"] = services.issue_token(actor=request.actor, at=at, **form.cleaned_data)
        except Refusal as error:
            refuse(form, error)
        else:
            context["form"] = fresh_form()
    context["tokens"] = selectors.tokens(at, access.reach(request.actor))
    if form.is_bound and form.errors:
        return refused(request, "accounts/tokens.html", context)
    return render(request, "accounts/tokens.html", context)


@staff_page("accounts.token.manage")
def token_renew(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let a token work for another term."""
    token = access.token_for(request.actor, public_id)
    if request.method == "POST":
        try:
            token = services.renew_token(actor=request.actor, at=clock.now(), token=token)
        except Refusal as error:
            toasts.say(request, str(error), is_error=True)
        else:
            day = clock.local(token.expires_at - timedelta(seconds=1)).date()
            toasts.say(request, _("%(name)s 续期到 %(day)s。") % {"name": token.name, "day": day})
    return HttpResponseRedirect(reverse("accounts:tokens"))


@staff_page("accounts.token.manage")
def token_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Revoke a token for ever, once its name was typed."""
    token = access.token_for(request.actor, public_id)
    if request.method == "POST" and confirming.is_typed(request, token.name):
        services.revoke_token(actor=request.actor, at=clock.now(), token=token)
        toasts.say(request, _("已收回 %(name)s，用它的程序现在进不来了。") % {"name": token.name})
    return HttpResponseRedirect(reverse("accounts:tokens"))


@staff_page("accounts.channel.manage")
def channels(request: StaffRequest) -> HttpResponse:
    """Notification channels and what did not arrive."""
    reach = access.reach(request.actor)
    form = ChannelForm(request.POST or None, reach=reach)
    context: dict[str, object] = {
        "form": form,
        "channels": selectors.channels(reach),
        "deliveries": selectors.deliveries(reach),
    }
    if request.method != "POST":
        return render(request, "accounts/channels.html", context)
    if form.is_valid():
        try:
            channel, secret = channel_services.add_channel(
                actor=request.actor, at=clock.now(), **form.cleaned_data
            )
        except Refusal as error:
            refuse(form, error)
        else:
            context |= {"fresh": channel, "secret": secret, "form": ChannelForm(reach=reach)}
            return render(request, "accounts/channels.html", context)
    return refused(request, "accounts/channels.html", context)


@staff_page("accounts.channel.manage")
def channel_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Stop a channel."""
    channel = access.channel_for(request.actor, public_id)
    if request.method == "POST":
        channel_services.end_channel(actor=request.actor, at=clock.now(), channel=channel)
    return HttpResponseRedirect(reverse("accounts:channels"))
