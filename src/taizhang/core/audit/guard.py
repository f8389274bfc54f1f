"""The database's own guard of the change log: it refuses to change or delete a row, whoever asks.

The hash chain shows a change afterwards; the guard keeps programs from making one at all. Whoever
may alter the database's schema can lift it: `taizhang audit verify` says when it is missing.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_auditrow"
_MESSAGE = "audit rows are never changed or deleted"
_DEEDS = ("update", "delete")

_SQLITE_TRIGGER = """
CREATE TRIGGER {name} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{message}'; END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE TRIGGER {name} BEFORE {deed} ON {table}
FOR EACH ROW EXECUTE FUNCTION audit_refuse()
"""


def install_guard(connection: BaseDatabaseWrapper) -> None:
    """Put the guard up; a guard that stands is put up anew."""
    remove_guard(connection)
    trigger = _SQLITE_TRIGGER
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION.format(message=_MESSAGE))
            trigger = _POSTGRESQL_TRIGGER
        for deed in _DEEDS:
            cursor.execute(
                trigger.format(name=_name(deed), deed=deed, table=TABLE, message=_MESSAGE)
            )


def remove_guard(connection: BaseDatabaseWrapper) -> None:
    """Take the guard down: at the end of the retention period, and for tests that empty tables."""
    where = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for deed in _DEEDS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(deed)}{where}")


def guard_stands(connection: BaseDatabaseWrapper) -> bool:
    """Does the database refuse changes of audit rows?"""
    known = "sqlite_master WHERE type = 'trigger' AND name"
    if connection.vendor == "postgresql":
        known = "pg_trigger WHERE tgenabled <> 'D' AND tgname"
    names = [_name(deed) for deed in _DEEDS]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {known} IN (%s, %s)", names)  # noqa: S608
        return cursor.fetchone()[0] == len(_DEEDS)


def _name(deed: str) -> str:
    return f"audit_refuse_{deed}"
