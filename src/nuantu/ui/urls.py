"""Pages of the frame itself."""

from django.urls import path

from nuantu.ui import views

app_name = "ui"

urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/phone/", views.patterns_phone, name="patterns_phone"),
    path("patterns/print/", views.patterns_print, name="patterns_print"),
]
