"""A template without a prefix holds for the office that uploaded it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0003_written_by_their_own"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="papertemplate",
            name="papers_papertemplate_holds_somewhere",
        ),
        migrations.AddConstraint(
            model_name="papertemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_builtin", True),
                    models.Q(("prefix", ""), _negated=True),
                    models.Q(("owner_org", ""), _negated=True),
                    _connector="OR",
                ),
                name="papers_papertemplate_holds_somewhere",
            ),
        ),
    ]
