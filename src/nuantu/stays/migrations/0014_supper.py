"""One word for the evening meal: what menus and the care log call supper, the kitchen does, too."""

from django.db import migrations, models

# The table protects its rows from its owner, too.
AS_SYSTEM = (
    "SELECT set_config('app.system', 'on', true); %s; SELECT set_config('app.system', '', true)"
)
RENAME = AS_SYSTEM % "UPDATE stays_kitchenmeal SET meal = 'supper' WHERE meal = 'dinner'"
BACK = AS_SYSTEM % "UPDATE stays_kitchenmeal SET meal = 'dinner' WHERE meal = 'supper'"


class Migration(migrations.Migration):
    dependencies = [("stays", "0013_written_by_their_own")]

    operations = [
        migrations.AlterField(
            model_name="kitchenmeal",
            name="meal",
            field=models.CharField(
                choices=[
                    ("breakfast", "早餐"),
                    ("lunch", "午餐"),
                    ("supper", "晚餐"),
                    ("night", "夜餐"),
                ],
                max_length=9,
            ),
        ),
        migrations.RunSQL(RENAME, BACK),
    ]
