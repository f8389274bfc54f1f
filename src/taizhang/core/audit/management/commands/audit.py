"""`taizhang audit verify` and `taizhang audit show`: the change log at the command line."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from taizhang.core.audit.guard import guard_stands, install_guard
from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import chain_faults

_NO_GUARD = "the database would let rows be changed: its guard is missing (taizhang audit guard)"


class Command(BaseCommand):
    help = "Verify the change log, show rows of it, or put its guard up again."

    def add_arguments(self, parser) -> None:
        commands = parser.add_subparsers(dest="subcommand", required=True)
        commands.add_parser("verify", help="check the whole chain; exit code 1 with its faults")
        commands.add_parser("guard", help="let the database refuse changes of rows again")
        show = commands.add_parser("show", help="print rows, the newest last")
        show.add_argument("--subject", help="register or model key, such as leadership.meeting")
        show.add_argument("--number", help="record number or user name")
        show.add_argument("--limit", type=int, default=50, help="at most so many rows (50)")

    def handle(self, *args, **options) -> None:
        match options["subcommand"]:
            case "verify":
                self._verify()
            case "guard":
                install_guard(connection)
                self.stdout.write("The guard stands.")
            case "show":
                self._show(options["subject"], options["number"], options["limit"])

    def _verify(self) -> None:
        faults = list(chain_faults())
        if not guard_stands(connection):
            faults.append(_NO_GUARD)
        if faults:
            raise CommandError("\n".join(faults), returncode=1)
        self.stdout.write(f"The change log is whole: {AuditRow.objects.count()} rows.")

    def _show(self, subject: str | None, number: str | None, limit: int) -> None:
        rows = AuditRow.objects.select_related("actor").order_by("-seq")
        if subject:
            rows = rows.filter(subject=subject)
        if number:
            rows = rows.filter(subject_no=number)
        for row in reversed(list(rows[:limit])):
            self.stdout.write(_line(row))


def _line(row: AuditRow) -> str:
    who = row.actor.username if row.actor else "system"
    parts = [str(row.seq), row.at.isoformat(timespec="seconds"), who, row.action, row.subject]
    parts += [row.subject_no, json.dumps(row.changes, ensure_ascii=False), row.reason]
    return " ".join(filter(None, parts))
