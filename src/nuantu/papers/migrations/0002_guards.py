"""A paper is seen with its case; templates by all staff. Earlier versions of a paper's row are kept by trigger."""

from django.db import migrations

from nuantu.core.history import KeepHistory
from nuantu.core.rls import Protect, ProtectThrough


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_papers"), ("core", "0003_row_history")]

    operations = [
        Protect("papers_papertemplate", staff_select="true"),
        Protect("papers_paper"),
        ProtectThrough("papers_paperversion", parent="papers_paper", column="paper_id"),
        ProtectThrough("papers_papersignature", parent="papers_paperversion", column="issued_id"),
        KeepHistory("papers_paper"),
    ]
