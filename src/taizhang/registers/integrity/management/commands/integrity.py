"""`taizhang integrity`: what the data checks find; exit 1 when there is an error among it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from taizhang.lib.nearest import nearest
from taizhang.registers.integrity.findings import Finding, Findings, fresh_findings
from taizhang.registers.integrity.offering import Severity
from taizhang.registers.terminal import in_both

SHOWN = 5


class Command(BaseCommand):
    help = "数据检查 / Check the verified records; exit 1 when there are errors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", metavar="KEY", help="only this check, with all its records")

    def handle(self, *, check: str | None, **options) -> None:
        findings = fresh_findings()
        wanted = [_check(findings, check)] if check else findings.checks
        for finding in wanted:
            if finding.ids:
                self._tell(finding, len(finding.ids) if check else SHOWN)
        count = sum(len(finding.ids) for finding in wanted)
        errors = sum(len(each.ids) for each in wanted if each.severity is Severity.ERROR)
        self.stdout.write(
            f"共检查 {len(wanted)} 项，发现 {count} 处，其中错误 {errors} 处。\n"
            f"{len(wanted)} checks, {count} findings, {errors} of them errors."
        )
        if errors:
            raise CommandError(f"有 {errors} 处错误。 There are {errors} errors.")

    def _tell(self, finding: Finding, most: int) -> None:
        label = " · ".join(in_both(lambda: f"{finding.spec.label}: {finding.label}"))
        self.stdout.write(f"{len(finding.ids):>7,}  {finding.key}  {label}")
        rows = finding.spec.model.objects.filter(pk__in=finding.ids[:most]).order_by("pk")
        for number in rows.values_list("record_no", flat=True):
            self.stdout.write(f"{'':>9}{number}")


def _check(findings: Findings, key: str) -> Finding:
    found = findings.of(key)
    if found is None:
        near = nearest(key, [each.key for each in findings.checks])
        meant = f" Did you mean “{near}”?" if near else ""
        raise CommandError(f"没有检查“{key}”。\nThere is no check “{key}”.{meant}")
    return found
