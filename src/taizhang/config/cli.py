"""The command `taizhang`: management commands, and those that need no database."""

import os
import sys


def main() -> None:
    """Run `taizhang SUBCOMMAND …`; `taizhang help` lists them."""
    arguments = sys.argv[1:]
    # What only reads documents starts without Django, in a tenth of the time.
    if arguments[:1] == ["read"]:
        from taizhang.notices.cli import main as read  # noqa: PLC0415

        sys.exit(read(arguments[1:]))
    if arguments[:1] == ["notices"]:
        from taizhang.notices.cli_comparing import main as compare  # noqa: PLC0415

        sys.exit(compare(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import OperationalError, ProgrammingError  # noqa: PLC0415

    try:
        execute_from_command_line(["taizhang", *arguments])
        sys.stdout.flush()
    except (OperationalError, ProgrammingError):
        if _is_set_up():
            raise
        sys.exit(
            "数据库尚未建立或版本较旧，请先运行 taizhang init / "
            "The database has not been set up or is of an earlier version: run `taizhang init`."
        )
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _is_set_up() -> bool:
    """Has the database all tables of this version?"""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


if __name__ == "__main__":
    main()
