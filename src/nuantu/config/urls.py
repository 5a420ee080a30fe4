"""Every address: pages of the packages, the API, the streams' path is taken before Django."""

from django.urls import include, path
from django.views.i18n import set_language

from nuantu.config import views
from nuantu.config.api import api, open311

urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("rules/", views.rules, name="rules"),
    path("rules/export/", views.rules_export, name="rules_export"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("api/v1/", api.urls),
    path("open311/v2/", open311.urls),
    path("", include("nuantu.ui.urls")),
    path("", include("nuantu.accounts.urls")),
    path("", include("nuantu.papers.urls")),
    path("", include("nuantu.places.urls")),
    path("", include("nuantu.operations.urls")),
    path("", include("nuantu.warnings.urls")),
    path("", include("nuantu.persons.urls")),
    path("", include("nuantu.letters.urls")),
    path("", include("nuantu.patrols.urls")),
    path("", include("nuantu.dispatch.urls")),
    path("", include("nuantu.encounters.urls")),
    path("", include("nuantu.stays.urls")),
    path("", include("nuantu.casework.urls")),
    path("", include("nuantu.tracing.urls")),
    path("", include("nuantu.homeward.urls")),
    path("field/", include("nuantu.fieldwork.urls")),
]

handler400 = "nuantu.config.views.bad_request"
handler403 = "nuantu.config.views.forbidden"
handler404 = "nuantu.config.views.not_found"
handler500 = "nuantu.config.views.server_error"
