"""How papers are called in lines, and where their page is."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.papers.models import Paper
from nuantu.papers.selectors.kinds import kind_word


def label_of(public_id: UUID) -> str:
    """Kind and number; never who it is about."""
    found = Paper.objects.filter(public_id=public_id).first()
    return f"{kind_word(found.kind)} {found.number}" if found else _("文书")


def url_of(public_id: UUID) -> str:
    """The page of a paper."""
    return reverse("papers:paper", args=[public_id])
