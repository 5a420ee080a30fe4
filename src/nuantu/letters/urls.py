"""Addresses of letters."""

from django.urls import path

from nuantu.letters.views import letters

app_name = "letters"
urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/export/", letters.export, name="export"),
    path("letters/new/", letters.new, name="new"),
    path("letters/<uuid:public_id>/", letters.letter, name="letter"),
    path("letters/<uuid:public_id>/open/", letters.open_content, name="open"),
    path("letters/<uuid:public_id>/carry/", letters.carry, name="carry"),
    path("letters/<uuid:public_id>/<slug:deed>/", letters.deed, name="deed"),
]
