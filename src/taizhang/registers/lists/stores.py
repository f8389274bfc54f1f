"""Where the search index lies, on SQLite and on PostgreSQL; both answer the same questions.

Each register has a table `search_<slug>` with the normal text of every record. Beside it SQLite
has a full-text table over the pairs of characters that keeps no text of its own; PostgreSQL has
the pairs in an array with a GIN index. No model describes these tables: they can always be made
anew from the records.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from django.db import connections
from django.db.models import BooleanField, Expression, F, Func
from django.db.models.expressions import RawSQL

from taizhang.registers.lists.grams import grams, phrase, tokens

_ROWS_AT_ONCE = 2000


class SearchStore(Protocol):
    """The index of one register in one database; texts are normal, words are not empty."""

    def create(self) -> None:
        """Make the tables; they do not exist."""

    def clear(self) -> None: ...

    def exists(self) -> bool: ...

    def put(self, texts: Mapping[int, str]) -> None:
        """Keep the texts of the records with these ids in place of their former ones."""

    def drop(self, ids: Iterable[int]) -> None:
        """Forget the records."""

    def texts(self) -> Iterator[tuple[int, str]]:
        """All records with their texts, by id."""

    def matching(self, words: Sequence[str], limit: int | None = None) -> Expression:
        """A subquery of the ids of records that hold all the words: of all, or of some `limit`."""

    def holding(self, key: str, words: Sequence[str]) -> Expression:
        """Whether the one record whose id stands in the field `key` holds all the words."""


def search_store(slug: str, using: str) -> SearchStore:
    """The index of the register `slug` in the database `using`."""
    kinds = {"sqlite": SQLiteStore, "postgresql": PostgreSQLStore}
    return kinds[connections[using].vendor](slug, using)


class _Store:
    """What both have: the table of the texts."""

    def __init__(self, slug: str, using: str) -> None:
        self._using = using
        self._table = self._quoted(f"search_{slug}")

    def exists(self) -> bool:
        with self._cursor() as cursor:
            tables = connections[self._using].introspection.table_names(cursor)
        return self._table.strip('"') in tables

    def texts(self) -> Iterator[tuple[int, str]]:
        with connections[self._using].chunked_cursor() as cursor:
            cursor.execute(f"SELECT id, text FROM {self._table} ORDER BY id")  # noqa: S608
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield from rows

    def _quoted(self, name: str) -> str:
        return connections[self._using].ops.quote_name(name)

    def _cursor(self):
        return connections[self._using].cursor()

    def _kept(self, ids: Iterable[int]) -> list[tuple[int, str]]:
        """The records among `ids` that the index holds, with their texts."""
        ids, kept = list(ids), []
        with self._cursor() as cursor:
            for start in range(0, len(ids), _ROWS_AT_ONCE):
                some = ids[start : start + _ROWS_AT_ONCE]
                places = ", ".join(["%s"] * len(some))
                cursor.execute(
                    f"SELECT id, text FROM {self._table} WHERE id IN ({places})",  # noqa: S608
                    some,
                )
                kept += cursor.fetchall()
        return kept


class SQLiteStore(_Store):
    """FTS5 over our own pairs. Its trigrams would find nothing for two characters."""

    def __init__(self, slug: str, using: str) -> None:
        super().__init__(slug, using)
        self._pairs = self._quoted(f"search_{slug}_pairs")

    def create(self) -> None:
        with self._cursor() as cursor:
            cursor.execute(f"CREATE TABLE {self._table} (id integer PRIMARY KEY, text text)")
            cursor.execute(
                f"CREATE VIRTUAL TABLE {self._pairs} "
                "USING fts5(pairs, content='', columnsize=0, tokenize='ascii')"
            )

    def clear(self) -> None:
        with self._cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608
            cursor.execute(f"INSERT INTO {self._pairs} ({self._pairs}) VALUES ('delete-all')")  # noqa: S608

    def put(self, texts: Mapping[int, str]) -> None:
        self.drop(texts)
        with self._cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table} (id, text) VALUES (%s, %s)",  # noqa: S608
                texts.items(),
            )
            cursor.executemany(
                f"INSERT INTO {self._pairs} (rowid, pairs) VALUES (%s, %s)",  # noqa: S608
                ((key, tokens(text)) for key, text in texts.items()),
            )

    def drop(self, ids: Iterable[int]) -> None:
        kept = self._kept(ids)
        with self._cursor() as cursor:
            # A full-text table without text must be told what it is to forget.
            cursor.executemany(
                f"INSERT INTO {self._pairs} ({self._pairs}, rowid, pairs) "  # noqa: S608
                "VALUES ('delete', %s, %s)",
                ((key, tokens(text)) for key, text in kept),
            )
            cursor.executemany(
                f"DELETE FROM {self._table} WHERE id = %s",  # noqa: S608
                ((key,) for key, _text in kept),
            )

    def matching(self, words: Sequence[str], limit: int | None = None) -> Expression:
        sql = f"SELECT rowid FROM {self._pairs} WHERE {self._pairs} MATCH %s"  # noqa: S608
        return _limited(sql, (" AND ".join(map(phrase, words)),), limit)

    def holding(self, key: str, words: Sequence[str]) -> Expression:
        return _Holding(key, self._table, "instr(found.text, %s) > 0", words)


class PostgreSQLStore(_Store):
    """Pairs and single characters in an array; the text tells whether pairs are neighbours."""

    def create(self) -> None:
        with self._cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE {self._table} (id bigint PRIMARY KEY, text text, pairs text[])"
            )
            cursor.execute(f"CREATE INDEX ON {self._table} USING gin (pairs)")

    def clear(self) -> None:
        with self._cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608

    def put(self, texts: Mapping[int, str]) -> None:
        with self._cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table} (id, text, pairs) VALUES (%s, %s, %s) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET text = excluded.text, pairs = excluded.pairs",
                [(key, text, _pieces(text)) for key, text in texts.items()],
            )

    def drop(self, ids: Iterable[int]) -> None:
        with self._cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608

    def matching(self, words: Sequence[str], limit: int | None = None) -> Expression:
        inside = " AND ".join(["position(%s in text) > 0"] * len(words))
        sql = f"SELECT id FROM {self._table} WHERE pairs @> %s AND {inside}"  # noqa: S608
        wanted = sorted({piece for word in words for piece in (grams(word)[:-1] or [word])})
        return _limited(sql, (wanted, *words), limit)

    def holding(self, key: str, words: Sequence[str]) -> Expression:
        return _Holding(key, self._table, "position(%s in found.text) > 0", words)


class _Holding(Func):
    """One look at the text of one record."""

    def __init__(self, key: str, table: str, test: str, words: Sequence[str]) -> None:
        super().__init__(F(key), output_field=BooleanField())
        self._found = f"SELECT 1 FROM {table} found WHERE found.id = "  # noqa: S608
        self._tests, self._words = " AND ".join([test] * len(words)), tuple(words)

    def as_sql(self, compiler, connection, **_context) -> tuple[str, tuple]:
        key, params = compiler.compile(self.source_expressions[0])
        return f"EXISTS ({self._found}{key} AND {self._tests})", (*params, *self._words)


def _limited(sql: str, params: tuple, limit: int | None) -> RawSQL:
    if limit is None:
        return RawSQL(sql, params)  # noqa: S611
    return RawSQL(f"{sql} LIMIT %s", (*params, limit))  # noqa: S611


def _pieces(text: str) -> list[str]:
    return sorted({*grams(text), *text} - {" "})
