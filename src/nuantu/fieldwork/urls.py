"""Addresses of fieldwork, below /field/."""

from django.urls import path

from nuantu.fieldwork.views import devices, sync

app_name = "fieldwork"
urlpatterns = [
    path("devices/", devices.devices, name="devices"),
    path("bundle", sync.bundle, name="bundle"),
    path("commands", sync.commands, name="commands"),
]
