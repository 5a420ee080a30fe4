"""Versions and signatures are written only by whoever may write the paper, not by every reader."""

from django.db import migrations

from nuantu.core.rls import WriteThrough

PAPER = ("papers_paper", "paper_id")


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_guards")]

    operations = [
        WriteThrough("papers_paperversion", PAPER),
        WriteThrough("papers_papersignature", ("papers_paperversion", "issued_id"), PAPER),
    ]
