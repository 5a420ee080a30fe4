"""Addresses of letters."""

from django.urls import path

from nuantu.letters.views import files, letters

app_name = "letters"
urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/export/", letters.export, name="export"),
    path("letters/new/", letters.new, name="new"),
    path("letters/read-in/", files.read_in, name="read_in"),
    path("letters/<uuid:public_id>/", letters.letter, name="letter"),
    path("letters/<uuid:public_id>/open/", letters.open_content, name="open"),
    path("letters/<uuid:public_id>/carry/", letters.carry, name="carry"),
    path("letters/<uuid:public_id>/file/", files.save_file, name="file"),
    path("letters/<uuid:public_id>/answer-file/", files.save_answer, name="answer_file"),
    path("letters/<uuid:public_id>/count-answer/", files.count_answer, name="count_answer"),
    path("letters/<uuid:public_id>/<slug:deed>/", letters.deed, name="deed"),
]
