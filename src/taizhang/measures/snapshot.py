"""Snapshots: the verified rows of all registers as Parquet files, named by content (handbook 2.1).

A folder holds one file per register and content, one manifest per snapshot, and `CURRENT`, which
names the latest. A snapshot is complete once its manifest is in place, and what a manifest names
never changes: a write that is killed leaves the one before whole.
"""

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow as pa
import pyarrow.parquet as pq

from taizhang.measures.catalogue import FieldType, Register

CURRENT = "CURRENT"
MANIFESTS = "manifests"
TABLES = "tables"
FORMAT = 1

# Fourteen digits before the point hold every decimal of the handbook (at most 16 with 2 after it).
DECIMAL = pa.decimal128(18, 4)
TYPES: Mapping[FieldType, pa.DataType] = {
    FieldType.TEXT: pa.string(),
    FieldType.INT: pa.int64(),
    FieldType.DECIMAL: DECIMAL,
    FieldType.BOOL: pa.bool_(),
    FieldType.DATE: pa.date32(),
    FieldType.MONTH: pa.date32(),
    FieldType.DATETIME: pa.timestamp("us", tz="UTC"),
    FieldType.ENUM: pa.string(),
    FieldType.REF: pa.int64(),
    FieldType.AREA: pa.string(),
}


class SnapshotError(ValueError):
    """A snapshot that is missing, damaged or of another format; the message names the file."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """One register in a snapshot: its file, the SHA-256 of it, its rows and columns."""

    name: str
    digest: str
    rows: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """What an evaluation reads. `id` is the hash of the manifest's contents."""

    folder: Path
    id: str
    tables: Mapping[str, TableFile]

    @classmethod
    def open(cls, folder: Path, snapshot_id: str | None = None) -> "Snapshot":
        """The latest snapshot of the folder, or the one named. Raises SnapshotError."""
        if snapshot_id is None:
            snapshot_id = _read(folder / CURRENT).decode().strip()
        content = _read(_manifest_path(folder, snapshot_id))
        if _digest(content) != snapshot_id:
            raise SnapshotError(f"the manifest of snapshot {snapshot_id} has been changed")
        return cls(folder, snapshot_id, _tables_of(content))

    def path(self, slug: str) -> Path:
        return self.folder / TABLES / self.tables[slug].name

    def table(self, slug: str) -> pa.Table:
        """All rows of one register."""
        return pq.read_table(self.path(slug))

    def verify(self) -> None:
        """Raises SnapshotError when a file is missing or is not what was written."""
        for slug, table in self.tables.items():
            if _digest(_read(self.path(slug))) != table.digest:
                raise SnapshotError(f"{slug}: {table.name} has been changed")


def arrow_schema(register: Register) -> pa.Schema:
    """The columns of a register's table: `id`, `record_no`, `owner_org`, then its entered fields.

    Personal and derived fields have no column. References hold the row's id.
    """
    columns = [
        pa.field("id", pa.int64(), nullable=False),
        pa.field("record_no", pa.string()),
        pa.field("owner_org", pa.int64()),
    ]
    common = {column.name for column in columns}
    for field in register.fields.values():
        if not (field.personal or field.derived or field.name in common):
            kind = TYPES[field.type]
            columns.append(pa.field(field.name, pa.list_(kind) if field.many else kind))
    return pa.schema(columns)


def write_snapshot(
    folder: Path, tables: Mapping[str, pa.Table], previous: Snapshot | None = None
) -> Snapshot:
    """Write a snapshot and make it the current one.

    `tables` may hold only the registers that changed: the others are taken over from `previous`.
    A file whose content exists already is not written again.
    """
    (folder / TABLES).mkdir(parents=True, exist_ok=True)
    (folder / MANIFESTS).mkdir(exist_ok=True)
    written = dict(previous.tables) if previous else {}
    for slug, table in tables.items():
        written[slug] = _write_table(folder, slug, table)
    content = _manifest(written)
    snapshot = Snapshot(folder, _digest(content), dict(sorted(written.items())))
    _replace(_manifest_path(folder, snapshot.id), content)
    _replace(folder / CURRENT, f"{snapshot.id}\n".encode())
    return snapshot


def prune(folder: Path, keep: Collection[str]) -> list[str]:
    """Delete the snapshots not in `keep`, with the files that only they name; their ids.

    The current snapshot always stays.
    """
    kept_ids = {*keep, Snapshot.open(folder).id}
    known = {path.stem for path in (folder / MANIFESTS).glob("*.json")}
    kept = [Snapshot.open(folder, snapshot_id) for snapshot_id in sorted(kept_ids & known)]
    needed = {table.name for snapshot in kept for table in snapshot.tables.values()}
    gone = sorted(known - kept_ids)
    # Manifests first: a file without a manifest is only waste, the other way round is damage.
    for snapshot_id in gone:
        _manifest_path(folder, snapshot_id).unlink()
    for path in (folder / TABLES).iterdir():
        if path.name not in needed:
            path.unlink()
    return gone


def _write_table(folder: Path, slug: str, table: pa.Table) -> TableFile:
    """Rows are written in the order of `id`, so that equal facts make an equal file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.sort_by("id"), sink, compression="zstd")
    content = sink.getvalue().to_pybytes()
    digest = _digest(content)
    name = f"{slug}-{digest[:20]}.parquet"
    path = folder / TABLES / name
    if not path.exists():
        _replace(path, content)
    return TableFile(name, digest, table.num_rows, tuple(table.column_names))


def _manifest(tables: Mapping[str, TableFile]) -> bytes:
    rows = {
        slug: {
            "file": table.name,
            "sha256": table.digest,
            "rows": table.rows,
            "columns": list(table.columns),
        }
        for slug, table in tables.items()
    }
    text = json.dumps({"format": FORMAT, "tables": rows}, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _tables_of(content: bytes) -> dict[str, TableFile]:
    manifest = json.loads(content)
    if manifest["format"] != FORMAT:
        raise SnapshotError(f"a snapshot of format {manifest['format']} cannot be read")
    return {
        slug: TableFile(row["file"], row["sha256"], row["rows"], tuple(row["columns"]))
        for slug, row in manifest["tables"].items()
    }


def _replace(path: Path, content: bytes) -> None:
    """Put the content in place in one step, on disk before it has the name."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _manifest_path(folder: Path, snapshot_id: str) -> Path:
    return folder / MANIFESTS / f"{snapshot_id}.json"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SnapshotError(f"{path.name} is missing in the snapshots of {path.parent}") from None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
