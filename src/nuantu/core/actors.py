"""Who acts: plain values, so that the journal never depends on a row that may go."""

from dataclasses import dataclass, field
from uuid import UUID

READS_CASES = "persons.person.read"
READS_RISKS = "persons.risk.read"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, program or the public, with what it may do.

    `prefix` is the division code prefix this actor oversees, empty for none; `division_code`
    is where the actor's organisation sits.
    """

    public_id: str
    name: str
    org_code: str = ""
    org_name: str = ""
    division_code: str = ""
    prefix: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    is_system: bool = False
    is_public: bool = False

    def may(self, permission: str) -> bool:
        """Whether the role matrix gives this actor the permission."""
        return self.is_system or permission in self.permissions

    @property
    def account_id(self) -> UUID | None:
        """The account that acts, by its public id; none for programs and the public."""
        return None if self.is_system or self.is_public else UUID(self.public_id)

    @property
    def is_narrow(self) -> bool:
        """Whether the database hides medical rows: of whoever may not see people and cases."""
        return not (self.is_public or self.may(READS_CASES))

    @property
    def reads_risks(self) -> bool:
        """Whether this one is told which risk somebody is at, and not only what to do."""
        return self.may(READS_RISKS)

    @property
    def is_signed_in(self) -> bool:
        return not self.is_public


SYSTEM = Actor(public_id="system", name="系统", is_system=True)
PUBLIC = Actor(public_id="public", name="公众", is_public=True)
