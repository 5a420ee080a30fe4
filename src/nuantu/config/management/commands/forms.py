"""`./nuantu forms check [FILE]`: prove that every paper can be filled and that no placeholder is unknown."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from nuantu.core import scope
from nuantu.papers.models import PaperTemplate
from nuantu.papers.rules.checking import Checked, check
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.selectors import faults, kinds

TABLE = "papers_papertemplate"


class Command(BaseCommand):
    """Checks the program's own templates and those in force here, or one file before it is uploaded."""

    help = "检查文书模板 / check the templates of papers"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check"])
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help="一个 .docx 模板 / one template"
        )
        parser.add_argument(
            "--kind", help="文书种类的代号，如 help_registration / the kind it is a template of"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            wrong = self._check_file(Path(options["file"]), options["kind"])
        else:
            wrong = self._check_builtin() + self._check_uploaded()
        if wrong:
            raise CommandError(
                f"有 {wrong} 个模板不能用，请按上面的说明改正。\n"
                f"{wrong} templates cannot be used; mend them as said above."
            )

    def _check_file(self, path: Path, code: str | None) -> int:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(
                f"读不了 {path}：{error.strerror}\n{path} cannot be read: {error.strerror}"
            ) from error
        kind = self._kind(content, code)
        return self._say(f"{kind.zh} {kind.code}", kind, check(content, kind))

    def _kind(self, content: bytes, code: str | None) -> PaperKind:
        """The kind that was named, else the one most of whose fields the file names."""
        known = kinds.kinds()
        if code:
            if code not in known:
                listed = "、".join(known)
                raise CommandError(f"没有这种文书：{code}。有：{listed}\nNo such kind: {code}.")
            return known[code]
        return max(known.values(), key=lambda kind: _nearness(check(content, kind)))

    def _check_builtin(self) -> int:
        wrong = 0
        for code, kind in kinds.kinds().items():
            content = kinds.builtin_template(code)
            if content is None:
                wrong += 1
                self.stdout.write(f"✗ {kind.zh} {code}: 没有模板 / no template")
                continue
            wrong += self._say(f"{kind.zh} {code}", kind, check(content, kind))
        return wrong

    def _check_uploaded(self) -> int:
        wrong = 0
        if TABLE not in connection.introspection.table_names():
            self.stdout.write(
                "数据库还没有建好，只检查了系统自带的模板 / "
                "the database is not made yet, only the built-in templates were checked"
            )
            return 0
        with scope.system("every template in force is checked"):
            rows = list(PaperTemplate.objects.filter(is_builtin=False, withdrawn_at=None))
        for row in rows:
            kind = kinds.kinds().get(row.kind)
            title = f"{row.name}（{row.owner_org} v{row.version}）"
            if kind is None:
                wrong += 1
                self.stdout.write(f"✗ {title}: 种类已不存在 / its kind is gone: {row.kind}")
                continue
            wrong += self._say(title, kind, check(bytes(row.content), kind))
        return wrong

    def _say(self, title: str, kind: PaperKind, checked: Checked) -> int:
        self.stdout.write(f"{'✓' if checked.is_good else '✗'} {title}")
        for sentence in faults.words(checked):
            self.stdout.write(f"    {sentence}")
        left_out = faults.absent(checked, kind)
        if checked.is_good and left_out:
            self.stdout.write(f"    没有用到的字段 / fields left out: {left_out}")
        return 0 if checked.is_good else 1


def _nearness(checked: Checked) -> tuple[int, int]:
    """Fewest unknown words first, then most of the kind's fields named."""
    return -len(checked.faults), len(checked.used) - len(checked.absent)
