"""Roll-call and the alarm, by the services of `stays`: a late word raises no alarm about somebody who
has been seen since."""

from django.utils.translation import gettext as _

from nuantu.core import files
from nuantu.fieldwork.services.replay.caring import chosen, left_out, must_be_here
from nuantu.fieldwork.services.replay.deeds import Contrary, Deed, Done, NotWhole
from nuantu.stays import access
from nuantu.stays.models import RollMark, Search, Stay
from nuantu.stays.selectors.care.presence import told_since
from nuantu.stays.services import care


def roll(deed: Deed) -> Done:
    """A roll-call of the house, with its photo. Who had left by then is left out; who came in after
    the tablet fetched its list is counted in the words, since nobody called him."""
    found = chosen(deed, "found")
    if set(found.values()) - set(RollMark.Found.values):
        raise NotWhole(_("内容不完整。"))
    photo = deed.files[0] if deed.files else None
    if photo is not None:
        files.check(photo)
    gone = [stay for stay in found if not stay.is_here_at(deed.at)]
    here = {stay: mark for stay, mark in found.items() if stay not in gone}
    if not here:
        must_be_here(gone[0], deed)
    care.call_roll(actor=deed.actor, at=deed.at, found=here, photo=photo)
    named = left_out(gone, _("已离站，没有记入：%(numbers)s"))
    return Done(" ".join(filter(None, (named, _uncalled(deed, here)))))


def _uncalled(deed: Deed, here: dict[Stay, str]) -> str:
    """How many were in the house at that moment and did not stand on the tablet's list."""
    rows = Stay.objects.filter(owner_org=deed.actor.org_code, entered_at__lte=deed.at)
    others = rows.exclude(pk__in=[stay.pk for stay in here])
    count = sum(stay.is_here_at(deed.at) for stay in others.filter(left_at=None))
    words = _("有%(count)s人不在平板的名单上，没有点到，请补点")
    return words % {"count": count} if count else ""


def missing(deed: Deed) -> Done:
    """The alarm. Raises Contrary where the resident was seen, or went out, after it was raised."""
    stay = must_be_here(access.care_of(deed.actor, deed.subject), deed)
    if Search.objects.filter(stay=stay, end="").exists():
        return Done(_("已在寻找"))
    if stay.pk in told_since([stay], deed.at):
        words = _("报警以后%(number)s另有登记：先看他现在在不在，再决定要不要寻找。")
        raise Contrary(words % {"number": stay.number})
    care.raise_search(actor=deed.actor, at=deed.at, stay=stay)
    return Done()
