"""Treatments and bills from before moves: the hospital of the treatment is the first one, and made the bills."""

from django.db import migrations

from nuantu.core import scope


def take_over(apps, editor):
    """A treatment begins in its hospital; its bills so far are of that hospital."""
    care_model, row_model = (
        apps.get_model("stays", "HospitalCare"),
        apps.get_model("stays", "CareHospital"),
    )
    with scope.system("the hospitals of treatments are put in their order"):
        held = care_model.objects.filter(hospital__isnull=False, arrived_at__isnull=False)
        for care in held.iterator():
            left_at = max(care.ended_at, care.arrived_at) if care.ended_at else None
            row_model.objects.create(
                care=care,
                hospital=care.hospital,
                wanted_at=care.begun_at,
                wanted_by=care.begun_by,
                arrived_at=care.arrived_at,
                accompanied_by=care.accompanied_by or "—",
                left_at=left_at,
            )
        with editor.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE stays_bill b SET hospital_id = c.hospital_id"
                " FROM stays_hospitalcare c WHERE c.id = b.care_id AND c.hospital_id IS NOT NULL"
            )


def forget(apps, editor):
    """The rows go with their table."""


class Migration(migrations.Migration):
    dependencies = [("stays", "0038_moved_between_hospitals")]

    operations = [migrations.RunPython(take_over, forget)]
