"""Meals and their samples: in with their weight, out not before their time (S1-23, S1-24)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.stays.models import FoodSample, FoodSuspicion, KitchenMeal
from nuantu.stays.rules import food
from nuantu.stays.selectors.care.day import opens_later
from nuantu.stays.services.safety.hazards import Found, raise_hazard
from nuantu.stays.services.safety.lines import keep_duties, note_safety

SAMPLE = "food.sample"
# what stands before the colon of a finding, and where
LIGHT, WITHOUT, EARLY = (
    gettext_noop("留样不足"),
    gettext_noop("未留样"),
    gettext_noop("留样提前取出"),
)
KITCHEN = gettext_noop("厨房")


class SampleRefused(Refusal):
    """A meal or sample that cannot be put down like this."""


def subject_of(meal: KitchenMeal) -> Subject:
    """A meal as duties and journal lines name it."""
    return Subject("meal", meal.public_id)


def serve_meal(
    *,
    actor: Actor,
    at: datetime,
    meal: str,
    dishes: Sequence[str],
    people_count: int,
    served_date: date,
) -> KitchenMeal:
    """A meal was served; a sample of each dish is owed.

    Raises SampleRefused for a second one, and for one of today more than `care.meal_early` ahead.
    """
    if not dishes:
        raise SampleRefused(_("请写明有哪些菜，一行一样。"), field="dishes")
    opens = opens_later(actor.division_code, meal, at)
    if opens and served_date >= clock.local(at).date():
        words = {"meal": KitchenMeal.Meal(meal).label, "opens": opens}
        raise SampleRefused(_("还没到时间：%(meal)s从 %(opens)s 起登记。") % words, field="meal")
    ruling = rules_at(actor.division_code, at).need("food_sample.within")
    try:
        with transaction.atomic():
            row = KitchenMeal.objects.create(
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                served_date=served_date,
                meal=meal,
                served_at=at,
                people_count=people_count,
                dishes=list(dishes),
                served_by=actor.name,
            )
            label = stored(row.get_meal_display)
            open_duty(
                actor=actor,
                at=at,
                kind=SAMPLE,
                title=f"食品留样：{label}",
                title_en="Keep food samples of a meal",
                subject=subject_of(row),
                owner_org=row.owner_org,
                division_code=row.division_code,
                due_at=at + timedelta(minutes=ruling.number),
                basis=ruling.source,
                basis_rule="S1-24",
            )
            note_safety(
                verb="stays.meal.serve",
                actor=actor,
                at=at,
                subject=subject_of(row),
                row=row,
                summary=f"开餐：{label}",
                dishes=list(dishes),
            )
    except IntegrityError as error:
        raise SampleRefused(_("这一天的这一餐已经登记过。"), field="meal") from error
    return row


def put_in(
    *,
    actor: Actor,
    at: datetime,
    meal: KitchenMeal,
    grams: Mapping[str, int],
    kept_in: str = "",
    reason: str = "",
) -> list[FoodSample]:
    """Samples of a meal go into the fridge, by dish in whole grams.

    A sample that is too light is taken only with the reason why there was no more, and becomes a
    finding. Raises SampleRefused otherwise, and for a dish that the meal did not have.
    """
    book = rules_at(meal.division_code, at)
    least, hours = book.need("food_sample.grams").number, book.need("food_sample.hours").number
    strange = [dish for dish in grams if dish not in meal.dishes]
    if strange:
        raise SampleRefused(_("这一餐没有这道菜：%(dish)s") % {"dish": "、".join(strange)})
    light = [dish for dish, weight in grams.items() if food.is_too_light(weight, least)]
    if light and not reason.strip():
        words = {"dish": "、".join(light), "least": int(least)}
        message = _("%(dish)s 不到%(least)s克：补足再登记；实在没有了，写明原因，按问题记录。")
        raise SampleRefused(message % words, field="reason")
    if not grams:
        raise SampleRefused(_("请至少填一道菜的克数。"))
    lock = FoodSuspicion.objects.filter(owner_org=meal.owner_org, released_at=None).first()
    with transaction.atomic():
        meal = KitchenMeal.objects.select_for_update().get(pk=meal.pk)
        known = set(meal.samples.values_list("dish", flat=True))
        if known & set(grams):
            raise SampleRefused(_("有的菜已经留过样，请刷新再填。"))
        rows = FoodSample.objects.bulk_create(
            [
                FoodSample(
                    meal=meal,
                    dish=dish,
                    grams=weight,
                    put_in_at=at,
                    put_in_by=actor.name,
                    kept_in=kept_in.strip()[:40],
                    keep_until_at=food.keep_until(at, hours),
                    reason=reason.strip()[:200] if dish in light else "",
                    is_locked=lock is not None,
                    suspicion=lock,
                )
                for dish, weight in grams.items()
            ]
        )
        _after_put_in(actor, at, meal, [*known, *grams], light, reason)
    return rows


def _after_put_in(
    actor: Actor,
    at: datetime,
    meal: KitchenMeal,
    sampled: Sequence[str],
    light: Sequence[str],
    reason: str,
) -> None:
    missing = food.without_sample(meal.dishes, sampled)
    if not missing:
        keep_duties(actor=actor, at=at, subject=subject_of(meal), kind=SAMPLE, words="已留样")
    if light:
        _find(actor, at, meal, f"{LIGHT}：{'、'.join(light)}（{reason.strip()}）")
    note_safety(
        verb="stays.sample.put_in",
        actor=actor,
        at=at,
        subject=subject_of(meal),
        row=meal,
        summary=f"留样：{stored(meal.get_meal_display)}",
        missing=list(missing),
    )


def _find(actor: Actor, at: datetime, meal: KitchenMeal, what: str) -> None:
    """What is wrong with a sample is a hazard of the kitchen, owed by the station of the meal."""
    raise_hazard(
        actor=actor,
        at=at,
        found=Found(what=what[:300], source="food", place=KITCHEN),
        owner_org=meal.owner_org,
        division_code=meal.division_code,
    )


def admit_gap(*, actor: Actor, at: datetime, meal: KitchenMeal, reason: str) -> KitchenMeal:
    """Dishes of a meal left no sample and none can be kept any more: why, as a finding.

    Raises SampleRefused without a reason, or when nothing is missing.
    """
    missing = food.without_sample(meal.dishes, meal.samples.values_list("dish", flat=True))
    if not missing:
        raise SampleRefused(_("这一餐每道菜都留了样。"))
    if not reason.strip():
        raise SampleRefused(_("请写明为什么没有留样。"), field="reason")
    meal.gap = f"{'、'.join(missing)}：{reason.strip()}"[:300]
    with transaction.atomic():
        meal.save(update_fields=["gap"])
        _find(actor, at, meal, f"{WITHOUT}：{meal.gap}")
        keep_duties(actor=actor, at=at, subject=subject_of(meal), kind=SAMPLE, words=meal.gap)
        note_safety(
            verb="stays.sample.gap",
            actor=actor,
            at=at,
            subject=subject_of(meal),
            row=meal,
            summary=f"漏留样：{stored(meal.get_meal_display)}",
            gap=meal.gap,
        )
    return meal


def take_out(
    *,
    actor: Actor,
    at: datetime,
    sample: FoodSample,
    out_kind: str,
    reason: str = "",
    is_head: bool = False,
) -> FoodSample:
    """A sample leaves the fridge: at its time, earlier with a reason, or for a laboratory.

    While it is locked only the head hands it to a laboratory, which is what it was locked for. Raises
    SampleRefused otherwise, before its time without saying so, or without a reason.
    """
    with transaction.atomic():
        row = FoodSample.objects.select_for_update().select_related("meal").get(pk=sample.pk)
        _may_leave(row, at, out_kind, reason, is_head=is_head)
        row.taken_out_at, row.taken_out_by = at, actor.name
        row.out_kind = out_kind
        row.reason = reason.strip()[:200] or row.reason
        row.save()
        if out_kind == FoodSample.Out.EARLY:
            _find(actor, at, row.meal, f"{EARLY}：{row.dish}（{reason.strip()}）")
        note_safety(
            verb="stays.sample.take_out",
            actor=actor,
            at=at,
            subject=subject_of(row.meal),
            row=row.meal,
            summary=f"取出留样：{row.dish}",
            how=out_kind,
            reason=reason.strip(),
        )
    return row


def _may_leave(row: FoodSample, at: datetime, out_kind: str, reason: str, *, is_head: bool) -> None:
    if row.taken_out_at is not None:
        raise SampleRefused(_("这份留样已经取出。"))
    if row.is_locked and not (is_head and out_kind == FoodSample.Out.HANDED):
        raise SampleRefused(_("疑似食物中毒，留样已封存：解除封存前只能由站长交检验机构。"))
    if out_kind == FoodSample.Out.DUE and at < row.keep_until_at:
        raise SampleRefused(_("还没有留够时间；确要提前取出，选“提前取出”并写明原因。"))
    if out_kind != FoodSample.Out.DUE and not reason.strip():
        raise SampleRefused(_("请写明原因；交检验的写明交给谁。"), field="reason")


def take_out_due(*, actor: Actor, at: datetime) -> int:
    """Every sample of the actor's station whose time is over leaves the fridge; how many."""
    with transaction.atomic():
        rows = list(
            FoodSample.objects.select_for_update(of=("self",))
            .select_related("meal")
            .filter(
                meal__owner_org=actor.org_code,
                taken_out_at=None,
                is_locked=False,
                keep_until_at__lte=at,
            )
        )
        if not rows:
            return 0
        FoodSample.objects.filter(pk__in=[row.pk for row in rows]).update(
            taken_out_at=at, taken_out_by=actor.name, out_kind=FoodSample.Out.DUE
        )
        note_safety(
            verb="stays.sample.clear",
            actor=actor,
            at=at,
            subject=subject_of(rows[0].meal),
            row=rows[0].meal,
            summary=f"到时销毁留样 {len(rows)} 份",
            dishes=[row.dish for row in rows],
        )
    return len(rows)
