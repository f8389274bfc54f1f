"""`taizhang account …`: accounts and roles from the command line of whoever runs the server.

The system itself acts here, at set-up and where no administrator can (handbook 4.2); the audit
rows name no account, so nobody else can be blamed.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

from taizhang.core.access.actions import (
    activate_account,
    confirm_grant,
    create_account,
    deactivate_account,
    propose_grant,
    remove_second_factor,
    reset_password,
    revoke_grant,
)
from taizhang.core.access.models import Grant, User
from taizhang.core.access.refusals import ActionRefused
from taizhang.core.access.roles import ROLES
from taizhang.core.organisations.models import Organisation


class Command(BaseCommand):
    help = "Create, list and activate accounts, grant and revoke roles, reset passwords."

    def add_arguments(self, parser) -> None:
        commands = parser.add_subparsers(dest="subcommand", required=True)
        commands.add_parser("list", help="print every account with its roles")
        create = commands.add_parser("create", help="create an account, inactive")
        create.add_argument("username")
        create.add_argument("--name", required=True, help="the person's name")
        create.add_argument("--department", default="")
        for name, meaning in (
            ("activate", "let an account sign in"),
            ("deactivate", "let an account sign in no more"),
            ("reset-password", "print a one-time password"),
            ("remove-second-factor", "let an account sign in by password alone"),
        ):
            commands.add_parser(name, help=meaning).add_argument("username")
        for name, meaning in (
            ("grant", "give a role at an organisation"),
            ("revoke", "take a role at an organisation away"),
        ):
            grant = commands.add_parser(name, help=meaning)
            grant.add_argument("username")
            grant.add_argument("role", choices=list(ROLES))
            grant.add_argument(
                "organisation", help="record number, unified social credit code or full name"
            )

    def handle(self, *args, **options) -> None:
        act = getattr(self, "_" + options["subcommand"].replace("-", "_"))
        try:
            act(options)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, _options: dict) -> None:
        for user in User.objects.order_by("username").prefetch_related("grants__organisation"):
            roles = ", ".join(_held(grant) for grant in user.grants.all()) or "no role"
            state = "active" if user.is_active else "inactive"
            self.stdout.write(f"{user.username}\t{user.display_name}\t{state}\t{roles}")

    def _create(self, options: dict) -> None:
        user = create_account(
            by=None,
            username=options["username"],
            display_name=options["name"],
            department=options["department"],
        )
        self.stdout.write(
            f"{user.username} is created, inactive and without a password. Next:\n"
            f"  taizhang account grant {user.username} ROLE ORGANISATION\n"
            f"  taizhang account activate {user.username}\n"
            f"  taizhang account reset-password {user.username}"
        )

    def _activate(self, options: dict) -> None:
        activate_account(by=None, user=_account(options))
        self.stdout.write(f"{options['username']} may sign in.")

    def _deactivate(self, options: dict) -> None:
        deactivate_account(by=None, user=_account(options))
        self.stdout.write(f"{options['username']} may sign in no more.")

    def _reset_password(self, options: dict) -> None:
        password = reset_password(by=None, user=_account(options))
        self.stdout.write(f"{password}\nTo be changed at the next sign-in; shown only here.")

    def _remove_second_factor(self, options: dict) -> None:
        remove_second_factor(by=None, user=_account(options))
        self.stdout.write(f"{options['username']} signs in by password alone.")

    def _grant(self, options: dict) -> None:
        with transaction.atomic():
            grant = propose_grant(
                by=None,
                user=_account(options),
                role=options["role"],
                organisation=_organisation(options["organisation"]),
            )
            confirm_grant(by=None, grant=grant)
        self.stdout.write(f"{options['username']} holds {_held(grant)}.")

    def _revoke(self, options: dict) -> None:
        grant = Grant.objects.filter(
            user=_account(options),
            role=options["role"],
            organisation=_organisation(options["organisation"]),
        ).first()
        if grant is None:
            raise CommandError(f"{options['username']} does not hold {options['role']} there.")
        revoke_grant(by=None, grant=grant)
        self.stdout.write(f"{options['username']} holds {options['role']} there no more.")


def _held(grant: Grant) -> str:
    waiting = "" if grant.confirmed else " (to be confirmed)"
    return f"{grant.role} at {grant.organisation.name}{waiting}"


def _account(options: dict) -> User:
    user = User.objects.filter(username=options["username"]).first()
    if user is None:
        raise CommandError(f"There is no account {options['username']!r}; see: account list")
    return user


def _organisation(named: str) -> Organisation:
    found = list(
        Organisation.objects.filter(Q(record_no=named) | Q(uscc=named) | Q(name=named))[:2]
    )
    if len(found) != 1:
        fault = "names several organisations" if found else "names no organisation"
        raise CommandError(f"{named!r} {fault}; give the record number")
    return found[0]
