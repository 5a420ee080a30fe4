"""A small station for the tests: zones, rooms, beds and people who sleep there."""

import io
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from nuantu.core import clock, scope
from nuantu.core.subjects import Subject
from nuantu.operations.models import Handover
from nuantu.operations.services import offer_handover
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age
from nuantu.stays import services
from nuantu.stays.models import (
    Bed,
    BedStay,
    Belonging,
    Complaint,
    Dose,
    Ending,
    Extension,
    Inquiry,
    Medication,
    Reception,
    RollCall,
    Search,
    Stay,
    WomensCarer,
    Zone,
)
from nuantu.stays.rules.medicine import doses_of
from nuantu.stays.services import care
from tests import builders
from tests.cast import COUNTY, STATION, TOWN, Cast, Player

NIGHT = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)
# What is typed when a minor leaves for a foster family.
TO_A_FAMILY = {
    "way": "foster_family",
    "collector": "文秀英",
    "collector_phone": "13800000000",
    "is_collector_checked": "on",
    "check_notices": "无匹配",
    "check_collector": "居民身份证",
    "check_fostering": "凯里市民政局，寄养协议〔2026〕3号",
}


def a_zone(cast: Cast, name: str, sex: str, ages: str, *, beds: int = 4, **more: Any) -> Zone:
    """A zone with one room of so many beds."""
    barrier_free = more.pop("is_barrier_free", False)
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        zone = services.add_zone(actor=actor, at=clock.now(), name=name, sex=sex, ages=ages, **more)
        services.add_room(
            actor=actor,
            at=clock.now(),
            zone=zone,
            name=f"{name}101",
            beds=beds,
            is_barrier_free=barrier_free,
        )
    return zone


def a_house(cast: Cast) -> dict[str, Zone]:
    """Men, women, minors, families, isolation; four beds each."""
    return {
        "men": a_zone(cast, "男区", "male", "adult"),
        "women": a_zone(cast, "女区", "female", "adult"),
        "boys": a_zone(cast, "未成年男区", "male", "minor"),
        "families": a_zone(cast, "家庭区", "any", "any", is_family=True),
        "isolation": a_zone(cast, "隔离区", "any", "any", health="isolation"),
    }


def a_case_of(cast: Cast, *, sex: str = "male", years: int | None = 50, name: str = "") -> Case:
    """Somebody at the station's door with an open case of the station."""
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        person = persons.register_person(
            actor=actor,
            at=clock.now(),
            division_code=COUNTY,
            name=name,
            sex=sex,
            age=None if years is None else Age(years, years, is_estimated=False),
            looks="灰大衣",
            place="南桥",
        )
        return persons.open_case(
            actor=actor, at=clock.now(), person=person, division_code=COUNTY, place="站前"
        )


def a_stay(
    cast: Cast,
    *,
    sex: str = "male",
    years: int | None = 50,
    with_stay: Stay | None = None,
    who: Player | None = None,
    **needs: Any,
) -> Stay:
    """Somebody who stays at the station, without a bed yet."""
    case = a_case_of(cast, sex=sex, years=years)
    actor = (who or cast.reception).actor
    with scope.enter(scope.of_actor(actor)):
        return services.enter(
            actor=actor,
            at=clock.now(),
            case=case,
            needs=services.Needs(sex=sex, **needs),
            with_stay=with_stay,
        )


def beds_of(zone: Zone) -> list[Bed]:
    """The beds of a zone in their order."""
    return list(
        Bed.objects.filter(room__zone=zone).select_related("room__zone").order_by("room", "pk")
    )


def a_stay_in_bed(cast: Cast) -> Stay:
    """A man who has the first bed of the men's zone."""
    if not Zone.objects.filter(name="男区").exists():
        a_zone(cast, "男区", "male", "adult")
    stay = a_stay(cast)
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        taken = set(BedStay.objects.values_list("bed_id", flat=True))
        rooms = Bed.objects.filter(room__zone__sex="male").select_related("room__zone")
        bed = next(bed for bed in rooms.order_by("pk") if bed.pk not in taken)
        services.give_bed(actor=actor, at=clock.now(), stay=stay, bed=bed)
    return stay


def a_reception(cast: Cast, **known: Any) -> Reception:
    """A man at the door whom nobody has met before."""
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        return services.receive(
            actor=actor,
            at=clock.now(),
            arrival_mode="self",
            newcomer=services.Newcomer(**{"sex": "male", "looks": "灰大衣", **known}),
        )


def a_thing(cast: Cast) -> Belonging:
    """His bag, kept."""
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        return services.take_belonging(
            actor=actor, at=clock.now(), reception=a_reception(cast), kind="thing", item="背包"
        )


def a_question(cast: Cast) -> Inquiry:
    """Police were asked for his fingerprints."""
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        return services.ask(
            actor=actor,
            at=clock.now(),
            reception=a_reception(cast),
            kind="fingerprint",
            asked_of="凯里市公安局",
        )


def an_arrival(cast: Cast) -> Handover:
    """Somebody whom the team of the next county hands over to the station."""
    case = builders.a_case(cast, cast.other_patroller)
    actor = cast.other_patroller.actor
    with scope.enter(scope.of_actor(actor)):
        return offer_handover(
            actor=actor,
            at=clock.now(),
            subject=Subject("case", case.public_id),
            case_id=case.case_id,
            to_org=STATION,
            purpose="护送入站",
            division_code=TOWN,
        )


def an_extension(cast: Cast) -> Extension:
    """A stay that the leader prolonged by ten days."""
    stay, actor = a_stay_in_bed(cast), cast.leader.actor
    with scope.enter(scope.of_actor(actor)):
        return services.extend(
            actor=actor,
            at=clock.now(),
            stay=stay,
            reason="等家人来接",
            until_date=clock.today() + timedelta(days=10),
        )


def a_search(cast: Cast) -> Search:
    """A boy of twelve who is looked for."""
    actor = cast.carer.actor
    child = a_stay(cast, years=12)
    with scope.enter(scope.of_actor(actor)):
        return care.raise_search(actor=actor, at=clock.now(), stay=child)


def a_complaint(cast: Cast) -> Complaint:
    """Somebody complained about the food, without a name."""
    actor = cast.carer.actor
    said = care.Said(topic="food", channel="box", text="饭是凉的")
    with scope.enter(scope.of_actor(actor)):
        return care.take_complaint(actor=actor, at=clock.now(), said=said)


def a_medication(
    cast: Cast, stay: Stay | None = None, *, evening: int = 19, **more: Any
) -> Medication:
    """Somebody, else a man in his bed, takes something at eight in the morning and in the evening."""
    actor, stay = cast.medic.actor, stay or a_stay_in_bed(cast)
    with scope.enter(scope.of_actor(actor)):
        return care.prescribe(
            actor=actor,
            at=clock.now(),
            stay=stay,
            what="某药 1片",
            times=[time(8), time(evening)],
            **more,
        )


def a_dose(cast: Cast) -> Dose:
    """The evening dose of the first day, put down as given."""
    row, actor = a_medication(cast), cast.medic.actor
    day = row.begins_date
    due_at = doses_of(row.times, day, day, None, clock.LOCAL)[-1]
    with scope.enter(scope.of_actor(actor)):
        return care.give_dose(actor=actor, at=due_at, row=row, due_at=due_at, outcome="given")


def a_photo() -> SimpleUploadedFile:
    """A picture of four by three pixels."""
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "JPEG")
    return SimpleUploadedFile("hall.jpg", drawn.getvalue(), "image/jpeg")


def a_roll_with_photo(cast: Cast) -> RollCall:
    """A roll-call with a photo of the hall."""
    actor, stay = cast.carer.actor, a_stay(cast)
    with scope.enter(scope.of_actor(actor)):
        return care.call_roll(actor=actor, at=clock.now(), found={stay: "present"}, photo=a_photo())


def an_ending(cast: Cast, stay: Stay | None = None) -> Ending:
    """The reception asks that the help of a man be ended."""
    actor = cast.reception.actor
    found = stay or a_stay_in_bed(cast)
    with scope.enter(scope.of_actor(actor)):
        return services.ask_ending(
            actor=actor, at=clock.now(), stay=found, ground="fraud", facts="冒用他人身份"
        )


def a_womens_carer(cast: Cast) -> WomensCarer:
    """The carer cares for women."""
    actor, user = cast.station_head.actor, cast.carer.user
    assert user is not None
    with scope.enter(scope.of_actor(actor)):
        return services.add_womens_carer(actor=actor, at=clock.now(), user=user)
