"""`taizhang reread`: kept notices read by the present reader, beside what persons corrected."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.rereading import (
    NotReread,
    Outcome,
    Reread,
    judged_notices,
    reread,
)

WORDS = {
    Outcome.BETTER: "更好 / better",
    Outcome.SAME: "相同 / same",
    Outcome.WORSE: "更差 / worse",
}
NOT_READ = {"file_missing": "原文件已丢失 / the stored file is missing"}


class Command(BaseCommand):
    help = (
        "用现在的程序重读已留存的公文，并与人工更正比较 / "
        "Read kept notices again and compare with what persons corrected."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("notice", nargs="*", type=int, help="numbers of notices; all otherwise")

    def handle(self, **options) -> None:
        counts: Counter[tuple[str, Outcome]] = Counter()
        for notice in self._chosen(options["notice"]):
            result = reread(notice)
            if isinstance(result, NotReread):
                reason = NOT_READ.get(result.reason, result.reason)
                self.stdout.write(f"{notice.pk} {notice}: {reason}")
                continue
            for each in result:
                counts[str(each.field), each.outcome] += 1
                if each.outcome is not Outcome.SAME:
                    self._print(each)
        self._table(counts)

    def _chosen(self, numbers: list[int]) -> list[Notice]:
        if not numbers:
            return list(judged_notices())
        found = list(Notice.objects.filter(pk__in=numbers).order_by("pk"))
        missing = sorted(set(numbers) - {notice.pk for notice in found})
        if missing:
            raise CommandError(f"没有编号为 {missing} 的公文 / There is no notice {missing}.")
        return found

    def _print(self, each: Reread) -> None:
        where = "" if each.position is None else f" [{each.position}]"
        self.stdout.write(
            f"{each.notice.pk} {each.notice}{where} {each.field}: {WORDS[each.outcome]}\n"
            f"    {each.was_read!s:.80} → {each.is_read!s:.80}"
        )

    def _table(self, counts: Counter[tuple[str, Outcome]]) -> None:
        names = list(dict.fromkeys(field for field, _ in counts))
        self.stdout.write(f"{'':<16}{''.join(f'{outcome.value:>8}' for outcome in Outcome)}")
        for name in names:
            figures = "".join(f"{counts[name, outcome]:>8}" for outcome in Outcome)
            self.stdout.write(f"{name:<16}{figures}")
