"""Replacing a template without code: checked, in force from a day, the old one kept."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import organisation
from nuantu.core import clock, journal, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.papers.models import PaperTemplate
from nuantu.papers.rules.checking import check
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.selectors import faults, kinds, printed
from nuantu.papers.selectors.templates import uploaded_for

EVERYWHERE = "000000000000"
# whose templates hold for the offices of their area; what others upload holds for themselves
OVERSEES = (Organisation.Kind.BUREAU, Organisation.Kind.OFFICE, Organisation.Kind.SYSTEM)


class TemplateRefused(Refusal):
    """The file cannot serve as a template, or is withdrawn already."""


def template_in_force(*, kind: PaperKind, org_code: str, at: datetime) -> PaperTemplate:
    """The template that holds for an office now; the program's own is kept as a row when first used.

    So a paper prints from the same file for ever, also when a later release brings another.
    Raises TemplateRefused where there is none at all.
    """
    day = clock.local(at).date()
    division_code = organisation(org_code).division_id
    uploaded = uploaded_for(kind.code, division_code, day, org=org_code)
    if uploaded is not None:
        return uploaded
    content = kinds.builtin_template(kind.code)
    if content is None:
        raise TemplateRefused(_("这种文书还没有模板，请管理员先上传。"))
    return _kept_builtin(kind, content, at)


def _kept_builtin(kind: PaperKind, content: bytes, at: datetime) -> PaperTemplate:
    digest = hashlib.sha256(content).hexdigest()
    known = PaperTemplate.objects.filter(kind=kind.code, is_builtin=True)
    found = known.filter(digest=digest).first()
    if found is not None:
        return found
    with scope.system("the template that the program brings is everybody's"):
        PaperTemplate.objects.bulk_create(
            [
                PaperTemplate(
                    division_code=EVERYWHERE,
                    owner_org="",
                    recorded_at=at,
                    kind=kind.code,
                    version=known.count() + 1,
                    is_builtin=True,
                    name=f"{kind.zh}.docx",
                    content=content,
                    digest=digest,
                    in_force_date=clock.local(at).date(),
                    uploaded_by="暖途",
                )
            ],
            ignore_conflicts=True,
        )
        return PaperTemplate.objects.get(kind=kind.code, is_builtin=True, digest=digest)


def upload_template(
    *,
    actor: Actor,
    at: datetime,
    kind: PaperKind,
    name: str,
    content: bytes,
    in_force_date: date,
    note: str = "",
) -> PaperTemplate:
    """Put an office's own Word file in the place of a template from a day on.

    A bureau's holds for every office of its area, another office's for itself.

    Raises TemplateRefused with everything that is wrong with the file.
    """
    checked = check(content, kind)
    if not checked.is_good:
        raise TemplateRefused(" ".join(faults.words(checked)), field="file")
    if in_force_date < clock.local(at).date():
        raise TemplateRefused(_("启用日期不能早于今天。"), field="in_force_date")
    home = organisation(actor.org_code)
    _try_printing(content, kind, home.name)
    with transaction.atomic():
        own = PaperTemplate.objects.filter(owner_org=actor.org_code, kind=kind.code)
        template = PaperTemplate.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            kind=kind.code,
            version=(own.order_by("-version").values_list("version", flat=True).first() or 0) + 1,
            prefix=home.division.prefix if home.kind in OVERSEES else "",
            name=name[:120],
            content=content,
            digest=hashlib.sha256(content).hexdigest(),
            in_force_date=in_force_date,
            note=note[:200],
            uploaded_by=actor.name,
        )
        journal.record(
            verb="papers.template.upload",
            actor=actor,
            at=at,
            subjects=[Subject("paper_template", template.public_id)],
            division_code=template.division_code,
            owner_org=template.owner_org,
            summary=f"上传文书模板：{kind.zh} 第{template.version}版",
            changes={
                "kind_en": kind.en,
                "digest": template.digest,
                "in_force_date": str(in_force_date),
            },
        )
    return template


def _try_printing(content: bytes, kind: PaperKind, office: str) -> None:
    """A template that cannot be printed is refused today, not when the first paper is needed."""
    try:
        printed.sample(content, kind, office=office)
    except printed.PrintingRefused as error:
        raise TemplateRefused(
            _("这个文件排不成 PDF，请在 Word 或 WPS 里另存为 .docx 后再传。"), field="file"
        ) from error


def withdraw_template(*, actor: Actor, at: datetime, template: PaperTemplate) -> PaperTemplate:
    """Take an uploaded template out of force; papers issued with it keep it.

    Raises TemplateRefused where somebody did so before.
    """
    kind = kinds.kinds()[template.kind]
    with transaction.atomic():
        taken = PaperTemplate.objects.filter(pk=template.pk, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by=actor.name
        )
        if not taken:
            raise TemplateRefused(_("这个模板已经停用。"))
        journal.record(
            verb="papers.template.withdraw",
            actor=actor,
            at=at,
            subjects=[Subject("paper_template", template.public_id)],
            division_code=template.division_code,
            owner_org=template.owner_org,
            summary=f"停用文书模板：{kind.zh} 第{template.version}版",
            changes={"kind_en": kind.en},
        )
    template.refresh_from_db()
    return template
