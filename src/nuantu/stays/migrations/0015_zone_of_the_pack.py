"""A zone that serves for observation or isolation while the epidemic pack is on, and goes back."""

from django.db import migrations, models
from django.db.models import F, Q

HEALTH = [("general", "一般"), ("observation", "观察"), ("isolation", "隔离")]


class Migration(migrations.Migration):
    dependencies = [("stays", "0014_supper")]

    operations = [
        migrations.AddField(
            model_name="zone",
            name="usual_health",
            field=models.CharField(blank=True, choices=HEALTH, default="", max_length=11),
        ),
        migrations.AddField(
            model_name="zone",
            name="turned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.CheckConstraint(
                condition=Q(usual_health="", turned_at__isnull=True)
                | (
                    ~Q(usual_health="")
                    & Q(turned_at__isnull=False, health__in=["observation", "isolation"])
                    & ~Q(health=F("usual_health"))
                ),
                name="stays_zone_turned_goes_back",
            ),
        ),
    ]
