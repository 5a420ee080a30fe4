"""Addresses of encounters."""

from django.urls import path

from nuantu.encounters import views

app_name = "encounters"
urlpatterns = [
    path("encounters/", views.register, name="list"),
    path("encounters/export/", views.export, name="export"),
    path("encounters/new/", views.new, name="new"),
    path("encounters/advice/", views.advice, name="advice"),
    path("encounters/revisits/", views.visits, name="visits"),
    path("encounters/revisits/<uuid:public_id>/", views.visit, name="visit"),
    path("encounters/notices/", views.notices, name="notices"),
    path("encounters/card/", views.contact_card, name="card"),
    path("encounters/photos/<uuid:public_id>/", views.photo, name="photo"),
    path("encounters/photos/<uuid:public_id>/use/", views.use_photo, name="use_photo"),
    path("encounters/photos/<uuid:public_id>/hide/", views.hide_photo, name="photo_hide"),
    path("encounters/photos/<uuid:public_id>/show/", views.show_photo, name="photo_show"),
    path("encounters/photos/<uuid:public_id>/reveal/", views.reveal_photo, name="photo_reveal"),
    path("encounters/<uuid:public_id>/", views.detail, name="detail"),
    path("encounters/<uuid:public_id>/correct/", views.correct, name="correct"),
    path("encounters/<uuid:public_id>/put-back/", views.put_back, name="put_back"),
    path("encounters/<uuid:public_id>/mode/", views.decide, name="decide"),
    path("encounters/<uuid:public_id>/review/", views.review, name="review"),
    path("encounters/<uuid:public_id>/sheet/", views.reveal_sheet, name="reveal_sheet"),
]
