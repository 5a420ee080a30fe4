"""Classes for who was harmed by somebody close and for who comes from abroad."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("persons", "0006_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="personclass",
            name="code",
            field=models.CharField(
                choices=[
                    ("rough_sleeper", "一般露宿人员"),
                    ("minor", "未成年人"),
                    ("critically_ill_person", "危重病人"),
                    ("sudden_illness", "突发急病"),
                    ("suspected_mental_disorder", "疑似精神障碍"),
                    ("infectious_patient", "传染病人"),
                    ("danger", "有危险"),
                    ("suicide_risk", "有轻生念头"),
                    ("domestic_violence", "遭受家庭暴力"),
                    ("trafficked", "被拐卖人员"),
                    ("elderly", "老年人"),
                    ("disabled", "残疾人"),
                    ("severely_disabled_person", "重残人员"),
                    ("hard_to_move", "行动不便"),
                    ("intellectual_disability", "智力障碍"),
                    ("drunk", "醉酒"),
                    ("woman_alone", "单身女性"),
                    ("family_with_children", "带孩子的家庭"),
                    ("person_in_sudden_trouble", "临时遇困人员"),
                    ("repeat_street_person", "反复流浪"),
                    ("easily_lost_person", "易走失人员"),
                    ("stranded_unidentified_person", "身份不明滞留"),
                    ("non_local", "外地人员"),
                    ("left_behind_child", "留守儿童"),
                    ("parents_in_prison", "服刑人员子女"),
                    ("disaster_victim", "受灾人员"),
                    ("hong_kong_macao_taiwan", "港澳台居民"),
                    ("foreign", "外国人"),
                    ("occupational_beggar", "职业乞讨"),
                ],
                max_length=32,
            ),
        ),
    ]
