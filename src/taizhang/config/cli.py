"""The command `taizhang`: every subcommand is a management command; `read` needs no database."""

import os
import sys


def main() -> None:
    """Run `taizhang SUBCOMMAND …`; `taizhang help` lists them."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["read"]:
        # Reading a document starts without Django, in a tenth of the time.
        from taizhang.notices.cli import main as read  # noqa: PLC0415

        sys.exit(read(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(["taizhang", *arguments])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
