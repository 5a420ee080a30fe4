"""What the program writes about a contact, read on an English page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.web import does_not_see, page_for, sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_goods_of_a_contact_are_read_in_the_language_of_the_page(
    cast: Cast, refused: Callable[..., Any], record: Callable[..., Any]
) -> None:
    person = record(refused(), photos=1).encounter.person
    url = reverse("persons:detail", args=[person.public_id])
    sees(page_for(cast.patroller, url), "棉衣×1")
    page = page_for(cast.patroller.browser("en"), url)
    sees(page, "×1, ")
    does_not_see(page, "棉衣×1")
