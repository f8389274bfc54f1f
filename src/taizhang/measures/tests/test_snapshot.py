"""A snapshot is whole or not there, and only what changed is written."""

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from taizhang.measures.catalogue import Field, FieldType, Register
from taizhang.measures.snapshot import Snapshot, SnapshotError, arrow_schema, prune, write_snapshot

ORG = Register(
    "org",
    {
        "name": Field("name", FieldType.TEXT, personal=True),
        "employer": Field("employer", FieldType.REF, many=True, target="employer"),
        "quota": Field("quota", FieldType.DECIMAL),
        "is_big": Field("is_big", FieldType.BOOL, derived="quota>5"),
    },
)


def rows(*ids: int) -> pa.Table:
    return pa.Table.from_pylist(
        [{"id": i, "record_no": f"R{i}", "owner_org": None, "employer": [i]} for i in ids],
        schema=arrow_schema(ORG),
    )


def files(folder: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in (folder / "tables").iterdir()}


def test_personal_and_derived_fields_have_no_column() -> None:
    assert arrow_schema(ORG).names == ["id", "record_no", "owner_org", "employer", "quota"]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    written = write_snapshot(tmp_path, {"org": rows(2, 1)})

    opened = Snapshot.open(tmp_path)

    assert opened.id == written.id
    assert opened.table("org").column("id").to_pylist() == [1, 2]


def test_equal_facts_have_one_id_whatever_their_order(tmp_path: Path) -> None:
    one = write_snapshot(tmp_path / "a", {"org": rows(1, 2), "post": rows(3)})
    other = write_snapshot(tmp_path / "b", {"post": rows(3), "org": rows(2, 1)})

    assert one.id == other.id


def test_only_changed_tables_are_written(tmp_path: Path) -> None:
    first = write_snapshot(tmp_path, {"org": rows(1), "post": rows(7)})
    before = files(tmp_path)

    second = write_snapshot(tmp_path, {"org": rows(1, 2)}, first)

    after = files(tmp_path)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 1
    assert second.tables["post"] == first.tables["post"]
    assert second.table("org").num_rows == 2


def test_a_killed_write_leaves_the_snapshot_before_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_snapshot(tmp_path, {"org": rows(1)})
    replace = os.replace

    def killed(source: Any, target: Any) -> None:
        if Path(target).name == "CURRENT":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_snapshot(tmp_path, {"org": rows(1, 2)}, first)

    current = Snapshot.open(tmp_path)
    current.verify()
    assert current.id == first.id


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    written = write_snapshot(tmp_path, {"org": rows(1)})
    written.path("org").write_bytes(b"something else")

    with pytest.raises(SnapshotError, match="org"):
        written.verify()


def test_a_changed_manifest_is_found(tmp_path: Path) -> None:
    written = write_snapshot(tmp_path, {"org": rows(1)})
    manifest = tmp_path / "manifests" / f"{written.id}.json"
    manifest.write_text(manifest.read_text().replace('"rows": 1', '"rows": 2'))

    with pytest.raises(SnapshotError, match="changed"):
        Snapshot.open(tmp_path)


def test_a_folder_without_a_snapshot_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="CURRENT"):
        Snapshot.open(tmp_path)


def test_pruning_keeps_the_current_and_the_named_snapshots(tmp_path: Path) -> None:
    first, second, third = (write_snapshot(tmp_path, {"org": rows(n)}) for n in (1, 2, 3))

    gone = prune(tmp_path, keep=[first.id])

    assert gone == [second.id]
    Snapshot.open(tmp_path, first.id).verify()
    Snapshot.open(tmp_path).verify()
    assert len(files(tmp_path)) == 2
    assert Snapshot.open(tmp_path).id == third.id
