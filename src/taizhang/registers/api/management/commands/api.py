"""`taizhang api schema`: writes the OpenAPI description of the interface."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from taizhang.registers.api.description import openapi_text


class Command(BaseCommand):
    help = "Write the OpenAPI description of the interface for programs."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["schema"])
        parser.add_argument("-o", "--output", type=Path, help="a file; else it is printed")

    def handle(self, *, action: str, output: Path | None, **_options: object) -> None:
        if output is None:
            self.stdout.write(openapi_text(), ending="")
        else:
            output.write_text(openapi_text(), encoding="utf-8")
