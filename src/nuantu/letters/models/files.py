"""What signed files need: the key of a house, the keys of others that somebody heard on the telephone, the files."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.letters.models.letters import Letter

STAFF, SENSITIVE, SEALED = FieldClass.STAFF, FieldClass.SENSITIVE, FieldClass.SEALED


class OrganisationKey(ScopedModel):
    """The key pair by which a house signs its files (Ed25519, base64); the private half lies sealed."""

    field_classes: ClassVar = {"public_key": STAFF, "private_key": SEALED}
    erases: ClassVar = ()

    public_key = models.CharField(max_length=44)
    private_key = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org"], name="letters_organisationkey_one_in_a_house"
            )
        ]

    def __str__(self) -> str:
        return self.public_key


class KnownKey(ScopedModel):
    """The public key of an organisation elsewhere, as somebody of the house heard its fingerprint on the telephone.

    The organisation is `entry_id`, its entry of the house's contact book, so that one renamed there keeps its key;
    without an entry it is the name and the division code that it signs with. Another key of the same is a changed key.
    """

    field_classes: ClassVar = {
        "name": STAFF,
        "place_code": STAFF,
        "public_key": STAFF,
        "confirmed_by": STAFF,
    }
    erases: ClassVar = ()

    name = models.CharField(max_length=120)
    place_code = models.CharField(max_length=12, blank=True)
    entry_id = models.UUIDField(null=True, blank=True)
    public_key = models.CharField(max_length=44)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "name", "place_code"],
                condition=Q(entry_id__isnull=True),
                name="letters_knownkey_one_of_a_name_at_a_place",
            ),
            models.UniqueConstraint(
                fields=["owner_org", "entry_id"],
                condition=Q(entry_id__isnull=False),
                name="letters_knownkey_one_of_an_entry",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(confirmed_by=""),
                name="letters_knownkey_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LetterFile(models.Model):
    """One file of a letter, saved here or read in here, with the key under which its answer comes or goes.

    `asked_back_at` is when a question under it was put down: one file asks back once.
    """

    field_classes: ClassVar = {"answer_key": SENSITIVE, "made_by": STAFF}
    erases: ClassVar = ()

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField()
    answer_key = SealedTextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    asked_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "file_id"], name="letters_letterfile_once_with_a_letter"
            )
        ]
        indexes = [models.Index(fields=["file_id"], name="letters_letterfile_file")]

    def __str__(self) -> str:
        return str(self.file_id)

    @property
    def case_id(self) -> UUID:
        """Whose key seals the answer key: the case of the letter, or the letter itself."""
        return self.letter.case_id or self.letter.public_id
