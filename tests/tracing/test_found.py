"""Who was found, by what, after how long; beginning with who is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.tracing.models import IdentitySearch
from tests.cast import Cast
from tests.tracing import nobody
from tests.web import does_not_see, page_for, refused_for, sees

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_figures_open_to_their_rows_and_nobody_elsewhere_sees_one(cast: Cast) -> None:
    url, who = reverse("tracing:found"), cast.tracing_officer
    refused_for(cast.nobody, cast.police, cast.carer, url=url)
    refused_for(cast.leader, cast.auditor, url=reverse("tracing:found_export"))
    sees(page_for(who, url), "还没有查明身份的人")
    search = nobody.a_search(cast)
    with scope.system("somebody found out who he is"):
        IdentitySearch.objects.filter(pk=search.pk).update(
            state="identified", found_by="dna", ended_by="林寻亲", began_at=clock.now() - timedelta(days=9),
            ended_at=clock.now(),
        )  # fmt: skip
    sees(page_for(who, url), "?found_by=dna", "中位 9 天", "DNA比对")
    sees(page_for(who, f"{url}?found_by=dna"), "DNA比对")
    sees(page_for(who, f"{url}?found_by=talk"), "没有符合的记录")
    does_not_see(page_for(cast.outsider, url), "?found_by=dna")
