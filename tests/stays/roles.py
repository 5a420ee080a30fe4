"""Who may enter the pages of a station: a man who stays at the station of 凯里市."""

from django.urls import reverse

from nuantu.stays.models import Bed
from tests.cast import Cast
from tests.policy.roles import Row, Url, action, leads_on
from tests.stays import house, patients
from tests.stays.safety_roles import SAFETY

READS = "dispatcher leader reception carer medic tracing_officer social_worker station_head section_head office auditor"
WORKS = "leader reception carer medic station_head"
GATE, COOKS = f"{WORKS} security", f"{WORKS} kitchen"


def _stay(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_stay_in_bed(cast).public_id])


def _zone(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_zone(cast, "男区", "male", "adult").public_id])


def _bed(name: str) -> Url:
    def at(cast: Cast) -> str:
        house.a_zone(cast, "男区", "male", "adult")
        return reverse(name, args=[Bed.objects.get(label="1").public_id])

    return at


def _room(cast: Cast) -> str:
    zone = house.a_zone(cast, "男区", "male", "adult")
    return reverse("stays:room", args=[zone.rooms.get().public_id])


def _carer(cast: Cast) -> str:
    return reverse("stays:women_end", args=[house.a_womens_carer(cast).public_id])


def _ending(cast: Cast) -> str:
    return reverse("stays:answer_ending", args=[house.an_ending(cast).public_id])


def _more(cast: Cast, count: int) -> None:
    house.a_zone(cast, f"{count}号", "male", "adult", beds=count)
    for _ in range(count):
        house.a_stay_in_bed(cast)


REVEALS = "dispatcher leader reception medic station_head section_head"
# They may reveal people, and see no stay.
NOT_HERE = "patroller other_patroller hospital police township"
RECEIVES = "leader reception station_head"


def _reception(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_reception(cast).public_id])


def _thing(cast: Cast) -> str:
    return reverse("stays:end_thing", args=[house.a_thing(cast).public_id])


def _thing_photo(cast: Cast) -> str:
    return reverse("stays:thing_photo", args=[house.a_thing(cast).public_id])


def _question(cast: Cast) -> str:
    return reverse("stays:answer", args=[house.a_question(cast).public_id])


def _known(cast: Cast) -> str:
    return reverse("stays:receive", args=[house.a_case_of(cast).person.public_id])


def _arrival(cast: Cast) -> str:
    return reverse("stays:take_over", args=[house.an_arrival(cast).public_id])


def _more_at_door(cast: Cast, count: int) -> None:
    for _ in range(count):
        house.a_reception(cast)


def _extension(cast: Cast) -> str:
    return reverse("stays:file", args=[house.an_extension(cast).public_id])


def _record(name: str) -> Url:
    return lambda cast: reverse(name, args=[_case(cast)])


def _case(cast: Cast) -> object:
    return patients.case_of(house.a_stay_in_bed(cast)).public_id


def _care(name: str) -> Url:
    return lambda cast: reverse(name, args=[patients.a_patient(cast).public_id])


def _bill(name: str) -> Url:
    return lambda cast: reverse(name, args=[patients.a_bill(cast).public_id])


def _infected(name: str) -> Url:
    return lambda cast: reverse(name, args=[patients.an_infection(cast).public_id])


def _contact(name: str) -> Url:
    return lambda cast: reverse(name, args=[patients.a_contact(cast).public_id])


def _dead(name: str) -> Url:
    return lambda cast: reverse(name, args=[patients.a_death(cast).public_id])


def _step(cast: Cast) -> str:
    steps = patients.a_death(cast).steps.get(kind="police")
    return reverse("stays:death_step", args=[steps.public_id])


def _asked(cast: Cast) -> str:
    return reverse("stays:answer_ask", args=[patients.an_ask(cast).public_id])


def _notice(cast: Cast) -> str:
    care = patients.a_care(cast, signs=("critically_ill_person",))
    return reverse("stays:tell", args=[care.notices.get().public_id])


def _more_patients(cast: Cast, count: int) -> None:
    house.a_zone(cast, f"{count}号", "male", "adult", beds=2 * count)
    for _ in range(count):
        patients.a_patient(cast)
        house.a_stay_in_bed(cast)


HEALS = "medic station_head"


def _round(cast: Cast) -> str:
    house.a_stay_in_bed(cast)
    return reverse("stays:care_round", args=["supper"])


def _menu(cast: Cast) -> str:
    return reverse("stays:menu", args=["2026-12-09"])


def _spot(cast: Cast) -> str:
    return reverse("stays:care_spot", args=["stay", house.a_stay_in_bed(cast).public_id])


def _search(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_search(cast).public_id])


def _complaint(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_complaint(cast).public_id])


def _medication(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_medication(cast).public_id])


def _roll_photo(cast: Cast) -> str:
    return reverse("stays:roll_photo", args=[house.a_roll_with_photo(cast).public_id])


def _more_searches(cast: Cast, count: int) -> None:
    for _ in range(count):
        house.a_search(cast)


def _more_complaints(cast: Cast, count: int) -> None:
    for _ in range(count):
        house.a_complaint(cast)


def _more_doses(cast: Cast, count: int) -> None:
    house.a_zone(cast, f"{count}号", "male", "adult", beds=count)
    for _ in range(count):
        house.a_medication(cast)


def _dose(cast: Cast) -> str:
    return reverse("stays:dose_back", args=[house.a_dose(cast).public_id])


MEDICAL = "medic station_head"
DECIDES = "leader station_head"
ROLES = {
    **SAFETY,
    "stays:keep_clock": action(WORKS, absent_for="outsider", at=_stay("stays:keep_clock")),
    "stays:identified": action(WORKS, absent_for="outsider", at=_stay("stays:identified")),
    "stays:extend": Row(DECIDES, absent_for="outsider", at=_stay("stays:extend")),
    "stays:file": action(DECIDES, absent_for="outsider", at=_extension),
    "stays:leave": Row(RECEIVES, absent_for="outsider", at=_stay("stays:leave")),
    "stays:hand_over": Row(RECEIVES, absent_for="outsider", at=_stay("stays:hand_over")),
    "stays:door": Row(f"{RECEIVES} outsider", more=_more_at_door),
    "stays:photos": Row(f"{RECEIVES} outsider"),
    "stays:portrait": Row(RECEIVES, absent_for="outsider", at=_reception("stays:portrait")),
    "stays:newcomer": Row(f"{RECEIVES} outsider"),
    "stays:receive": action(RECEIVES, absent_for="outsider", at=_known),
    "stays:take_over": action(RECEIVES, absent_for="outsider", at=_arrival),
    "stays:reception": Row(RECEIVES, absent_for="outsider", at=_reception("stays:reception")),
    "stays:keep": action(RECEIVES, absent_for="outsider", at=_reception("stays:keep")),
    "stays:decide": action(RECEIVES, absent_for="outsider", at=_reception("stays:decide")),
    "stays:take_thing": Row(RECEIVES, absent_for="outsider", at=_reception("stays:take_thing")),
    "stays:ask": Row(RECEIVES, absent_for="outsider", at=_reception("stays:ask")),
    "stays:end_thing": Row(RECEIVES, absent_for="outsider", at=_thing),
    "stays:answer": Row(RECEIVES, absent_for="outsider", at=_question),
    # Nobody took a photo of it.
    "stays:thing_photo": Row("", absent_for=f"{READS} outsider", at=_thing_photo),
    "stays:reveal": Row(REVEALS, absent_for=f"{NOT_HERE} outsider", at=_stay("stays:reveal")),
    "stays:reveal_reception": Row(
        RECEIVES,
        absent_for=f"dispatcher medic section_head {NOT_HERE} outsider",
        at=_reception("stays:reveal_reception"),
    ),
    "stays:board": Row(f"{READS} outsider", more=_more),
    "stays:detail": Row(READS, absent_for="outsider", at=_stay("stays:detail")),
    "stays:bed": Row(WORKS, absent_for="outsider", at=_stay("stays:bed")),
    "stays:needs": Row(WORKS, absent_for="outsider", at=_stay("stays:needs")),
    "stays:gate": Row(f"{GATE} outsider", more=_more),
    "stays:out": Row(GATE, absent_for="outsider", at=_stay("stays:out")),
    "stays:back": action(GATE, absent_for="outsider", at=_stay("stays:back")),
    "stays:free": action(WORKS, absent_for="outsider", at=_stay("stays:free")),
    "stays:approve": action(
        "leader station_head", absent_for="outsider", at=_stay("stays:approve")
    ),
    "stays:daily": Row(f"{WORKS} outsider", more=_more),
    "stays:care_round": Row(f"{WORKS} outsider", at=_round, more=_more),
    "stays:care_resident": Row(WORKS, absent_for="outsider", at=_stay("stays:care_resident")),
    "stays:menus": Row(f"{COOKS} outsider"),
    "stays:menu": Row(f"{COOKS} outsider", at=_menu),
    "stays:bedding": Row(f"{WORKS} outsider", more=_more),
    "stays:care_cards": Row(f"{WORKS} outsider", more=_more),
    "stays:care_spot": leads_on(WORKS, absent_for="outsider", at=_spot),
    "stays:roll_call": Row(f"{GATE} outsider", more=_more_searches),
    "stays:roll_photo": Row(GATE, absent_for="outsider", at=_roll_photo),
    "stays:search": Row(GATE, absent_for="outsider", at=_search("stays:search")),
    "stays:search_step": action(GATE, absent_for="outsider", at=_search("stays:search_step")),
    "stays:search_new": action(WORKS, absent_for="outsider", at=_stay("stays:search_new")),
    "stays:complain": Row(f"{WORKS} outsider", more=_more),
    "stays:complaints": Row("station_head section_head outsider", more=_more_complaints),
    "stays:complaint": Row(
        "station_head", absent_for="section_head outsider", at=_complaint("stays:complaint")
    ),
    "stays:complaint_open": action(
        "station_head", absent_for="section_head outsider", at=_complaint("stays:complaint_open")
    ),
    "stays:medicine": Row(f"{MEDICAL} outsider", more=_more_doses),
    "stays:dose": action(MEDICAL, absent_for="outsider", at=_medication("stays:dose")),
    "stays:dose_back": action(MEDICAL, absent_for="outsider", at=_dose),
    "stays:medicine_end": action(
        MEDICAL, absent_for="outsider", at=_medication("stays:medicine_end")
    ),
    "stays:medical": Row(MEDICAL, absent_for="outsider", at=_stay("stays:medical")),
    "stays:medical_note": action(MEDICAL, absent_for="outsider", at=_stay("stays:medical_note")),
    "stays:medical_open": action(MEDICAL, absent_for="outsider", at=_stay("stays:medical_open")),
    "stays:house": Row("station_head outsider"),
    "stays:zone_new": Row("station_head outsider"),
    "stays:zone": Row("station_head", absent_for="outsider", at=_zone("stays:zone")),
    "stays:room_new": Row("station_head", absent_for="outsider", at=_zone("stays:room_new")),
    "stays:health": Row(f"{HEALS} outsider", more=_more_patients),
    "stays:record": Row(HEALS, absent_for="outsider", at=_record("stays:record")),
    "stays:open_record": Row(HEALS, absent_for="outsider", at=_record("stays:open_record")),
    "stays:screen": Row(HEALS, absent_for="outsider", at=_record("stays:screen")),
    "stays:begin_care": Row(HEALS, absent_for="outsider", at=_record("stays:begin_care")),
    "stays:care": Row(HEALS, absent_for="outsider", at=_care("stays:care")),
    "stays:ask_hospital": Row(HEALS, absent_for="outsider", at=_care("stays:ask_hospital")),
    "stays:arrive": Row(HEALS, absent_for="outsider", at=_care("stays:arrive")),
    "stays:begin_move": Row(HEALS, absent_for="outsider", at=_care("stays:begin_move")),
    "stays:move": Row(HEALS, absent_for="outsider", at=_care("stays:move")),
    "stays:drop_move": Row(HEALS, absent_for="outsider", at=_care("stays:drop_move")),
    "stays:follower": Row(HEALS, absent_for="outsider", at=_care("stays:follower")),
    "stays:news": Row(HEALS, absent_for="outsider", at=_care("stays:news")),
    "stays:found": Row(HEALS, absent_for="outsider", at=_care("stays:found")),
    "stays:end_care": Row(HEALS, absent_for="outsider", at=_care("stays:end_care")),
    "stays:gone": Row(HEALS, absent_for="outsider", at=_care("stays:gone")),
    "stays:answer_ask": Row(HEALS, absent_for="outsider", at=_asked),
    "stays:tell": Row(HEALS, absent_for="outsider", at=_notice),
    "stays:new_bill": Row(HEALS, absent_for="outsider", at=_care("stays:new_bill")),
    "stays:bill": Row(HEALS, absent_for="outsider", at=_bill("stays:bill")),
    "stays:share_bill": Row(HEALS, absent_for="outsider", at=_bill("stays:share_bill")),
    "stays:dispute_bill": Row(HEALS, absent_for="outsider", at=_bill("stays:dispute_bill")),
    "stays:accept_fault": Row(
        "station_head", absent_for="leader outsider", at=_bill("stays:accept_fault")
    ),
    "stays:correct_bill": Row(HEALS, absent_for="outsider", at=_bill("stays:correct_bill")),
    "stays:return_bill": Row(HEALS, absent_for="outsider", at=_bill("stays:return_bill")),
    "stays:report_infection": Row(
        HEALS, absent_for="outsider", at=_record("stays:report_infection")
    ),
    "stays:register_death": Row(HEALS, absent_for="outsider", at=_record("stays:register_death")),
    "stays:infection": Row(HEALS, absent_for="outsider", at=_infected("stays:infection")),
    "stays:contacts_export": Row(
        HEALS, absent_for="outsider", at=_infected("stays:contacts_export")
    ),
    "stays:add_contact": Row(HEALS, absent_for="outsider", at=_infected("stays:add_contact")),
    "stays:tell_cdc": Row(HEALS, absent_for="outsider", at=_infected("stays:tell_cdc")),
    "stays:end_infection": Row(HEALS, absent_for="outsider", at=_infected("stays:end_infection")),
    "stays:isolate": Row(HEALS, absent_for="outsider", at=_contact("stays:isolate")),
    "stays:tell_contact": Row(HEALS, absent_for="outsider", at=_contact("stays:tell_contact")),
    "stays:release": Row(HEALS, absent_for="outsider", at=_contact("stays:release")),
    "stays:death": Row(HEALS, absent_for="outsider", at=_dead("stays:death")),
    "stays:close_death": Row(HEALS, absent_for="outsider", at=_dead("stays:close_death")),
    "stays:death_step": Row(HEALS, absent_for="outsider", at=_step),
    "stays:report_staff": Row(f"{HEALS} outsider"),
    "stays:zone_turn": action("station_head", absent_for="outsider", at=_zone("stays:zone_turn")),
    "stays:zone_epidemic": Row(
        "station_head", absent_for="outsider", at=_zone("stays:zone_epidemic")
    ),
    "stays:zone_back": action("station_head", absent_for="outsider", at=_zone("stays:zone_back")),
    "stays:room": Row("station_head", absent_for="outsider", at=_room),
    "stays:bed_state": Row("station_head", absent_for="outsider", at=_bed("stays:bed_state")),
    "stays:bed_open": action("station_head", absent_for="outsider", at=_bed("stays:bed_open")),
    "stays:women": Row("station_head outsider"),
    "stays:women_end": action("station_head", absent_for="outsider", at=_carer),
    "stays:register": Row(f"{READS} outsider", more=_more),
    "stays:export": Row("leader station_head section_head office auditor outsider"),
    "stays:restart": Row(WORKS, absent_for="outsider", at=_stay("stays:restart")),
    "stays:ending": Row(RECEIVES, absent_for="outsider", at=_stay("stays:ending")),
    "stays:answer_ending": Row("leader station_head", absent_for="outsider", at=_ending),
}
