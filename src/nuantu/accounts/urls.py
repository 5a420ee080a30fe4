"""Addresses of accounts."""

from django.urls import path

from nuantu.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("login/code/", views.code, name="code"),
    path("login/set-up/", views.set_up_code, name="set_up_code"),
    path("login/set-up/picture.svg", views.code_picture, name="code_picture"),
    path("logout/", views.log_out, name="logout"),
    path("account/", views.account, name="account"),
    path("matrix/", views.matrix, name="matrix"),
    path("users/", views.users, name="users"),
    path("users/<uuid:public_id>/state/", views.user_state, name="user_state"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
    path("organisations/<uuid:public_id>/", views.organisation, name="organisation"),
    path(
        "organisations/<uuid:public_id>/state/",
        views.organisation_state,
        name="organisation_state",
    ),
    path("divisions/", views.divisions, name="divisions"),
    path("divisions/<uuid:public_id>/", views.division_import, name="division_import"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<uuid:public_id>/renew/", views.token_renew, name="token_renew"),
    path("tokens/<uuid:public_id>/end/", views.token_end, name="token_end"),
    path("channels/", views.channels, name="channels"),
    path("channels/<uuid:public_id>/end/", views.channel_end, name="channel_end"),
    path("looks/<str:kind>/<uuid:public_id>/", views.looks, name="looks"),
    path("why/<str:kind>/<uuid:public_id>/", views.why, name="why"),
]
