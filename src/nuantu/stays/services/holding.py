"""Locking what several people may change at once, and reading it anew."""

from nuantu.stays.models import Reception, Stay


def hold_stay(stay: Stay) -> bool:
    """Lock a stay until the transaction ends and read it anew; whether its person is still here.

    Without it, whoever began before somebody else saw the person out would write over that.
    """
    rows = Stay.objects.select_for_update(of=("self",)).select_related("person__photo")
    stay.refresh_from_db(from_queryset=rows)
    return stay.is_here


def hold_reception(reception: Reception) -> bool:
    """Lock a reception until the transaction ends and read it anew; whether it is still open.

    What a page saves by itself may arrive together with the decision.
    """
    rows = Reception.objects.select_for_update(of=("self",)).select_related("person__photo")
    reception.refresh_from_db(from_queryset=rows)
    return reception.state == Reception.State.OPEN
