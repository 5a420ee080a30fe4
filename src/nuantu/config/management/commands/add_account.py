"""`./nuantu manage add_account`: the first administrator, who opens every other account on a page."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuantu.accounts.models import Organisation
from nuantu.accounts.services import make_user
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal

PASSWORD_BYTES = 12


class Command(BaseCommand):
    """Prints a password once; the owner has to change it at the first log-in."""

    help = "开通账号并打印一次性口令 / open an account and print its first password"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--login", required=True, help="登录名 / login")
        parser.add_argument("--name", required=True, help="姓名 / name")
        parser.add_argument("--org", required=True, metavar="CODE", help="单位代码 / organisation")
        parser.add_argument("--roles", default="admin", help="角色，逗号分隔 / roles (admin)")

    def handle(self, *args: Any, **options: Any) -> None:
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        try:
            with scope.system("an administrator opens an account at the command line"):
                organisation = Organisation.objects.get(code=options["org"])
                user = make_user(
                    actor=SYSTEM,
                    at=clock.now(),
                    login=options["login"],
                    name=options["name"],
                    password=password,
                    organisation=organisation,
                    roles=[role.strip() for role in options["roles"].split(",")],
                    must_change_password=True,
                )
        except Organisation.DoesNotExist as error:
            raise CommandError(
                f"没有单位 {options['org']}，先用 add_organisations 登记 / no such organisation, "
                "enter it by add_organisations"
            ) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.login}  {password}")
