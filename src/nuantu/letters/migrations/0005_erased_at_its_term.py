"""A line says that the content of a letter was erased at its term."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_asked_back_by_file")]

    operations = [
        migrations.AlterField(
            model_name="letterline",
            name="event",
            field=models.CharField(
                choices=[
                    ("sent", "发函"),
                    ("read", "对方已读"),
                    ("reminded", "催办"),
                    ("asked_back", "反问"),
                    ("replied", "回复反问"),
                    ("answered", "答复"),
                    ("withdrawn", "撤回"),
                    ("carried", "上报协调"),
                    ("waits", "告知接站地点"),
                    ("arrived", "确认到达"),
                    ("filed", "存成文件"),
                    ("erased", "内容到期删除"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="letterline", name="letters_letterline_says_what"),
        migrations.AddConstraint(
            model_name="letterline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("event__in", ["sent", "read", "reminded", "arrived", "erased"]),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="letters_letterline_says_what",
            ),
        ),
    ]
