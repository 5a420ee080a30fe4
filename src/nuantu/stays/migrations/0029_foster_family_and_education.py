"""A minor may leave to a foster family, and education is a line of the care log of its own."""

from django.db import migrations, models

COLLECTED = ["relatives", "employer", "fetched", "foster_family"]


class Migration(migrations.Migration):
    dependencies = [("stays", "0028_health_hidden_from_the_narrow")]

    operations = [
        migrations.RemoveConstraint("leaving", "stays_leaving_collector_is_checked"),
        migrations.AlterField(
            "careentry",
            "kind",
            models.CharField(
                choices=[
                    ("meal", "用餐"),
                    ("wash", "洗浴"),
                    ("haircut", "理发"),
                    ("clothing", "更换衣物"),
                    ("help", "协助起居"),
                    ("activity", "文体活动"),
                    ("education", "教育矫治"),
                    ("observation", "观察"),
                    ("visitor", "探视"),
                    ("incident", "突发情况"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            "leaving",
            "way",
            models.CharField(
                choices=[
                    ("self", "自行离站"),
                    ("relatives", "亲属接领"),
                    ("employer", "单位接领"),
                    ("fetched", "流出地接回"),
                    ("escorted", "护送返回"),
                    ("station", "转他站"),
                    ("police", "移交公安"),
                    ("settled", "安置"),
                    ("foster", "转托养机构"),
                    ("foster_family", "家庭寄养"),
                    ("ended", "终止救助"),
                    ("left_without_notice", "擅自离站"),
                    ("died", "死亡"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            "leaving",
            models.CheckConstraint(
                condition=~models.Q(way__in=COLLECTED)
                | (models.Q(is_collector_checked=True) & ~models.Q(collector="")),
                name="stays_leaving_collector_is_checked",
            ),
        ),
    ]
