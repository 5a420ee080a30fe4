"""Reports by parts of what they tell, by an index that row-level security leaves usable."""

from typing import Any, Final

from django.db.models import Q, QuerySet

from nuantu.tracing.models import MissingReport, ReportWord
from nuantu.tracing.rules.places import simple

_LAST: Final = "\U0010ffff"  # sorts behind every letter


def told_of(words: str) -> QuerySet[MissingReport]:
    """Reports in whose search text each of the words stands, in traditional or simplified characters, or by sound."""
    found = MissingReport.objects.all()
    for part in words.lower().split():
        spellings = {part, simple(part)}
        stands = Q()
        for spelling in spellings:
            stands |= Q(search_text__contains=spelling)
        found = found.filter(stands, pk__in=beginning_with(spellings))
    return found


def beginning_with(spellings: set[str]) -> QuerySet[Any, Any]:
    """Keys of the reports of which a word may hold one of these; a long one is to be looked at again."""
    beginnings = Q()
    for spelling in spellings:
        start = spelling[: ReportWord.LENGTH]
        beginnings |= Q(word__gte=start, word__lt=start + _LAST)
    return ReportWord.objects.filter(beginnings).values("report_id")
