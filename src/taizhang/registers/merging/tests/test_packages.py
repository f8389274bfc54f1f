"""A facts package that names a merged record by its old number means the one that stands."""

import pytest

from taizhang.core.organisations.models import Organisation, Post
from taizhang.core.organisations.testing import OrganisationFactory, union_code
from taizhang.core.records.models import RecordStatus
from taizhang.registers.merging.models import Merged
from taizhang.registers.packages.load import load_package

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(tree) -> Organisation:
    """Merged into the plant's union; it keeps its code."""
    twin = OrganisationFactory(
        record_no="ORG-TWIN",
        parent=tree.haigang,
        employer=[tree.factory],
        uscc=union_code(7),
        record_status=RecordStatus.VOID,
    )
    Merged.objects.create(register="org", loser=twin.pk, survivor=tree.plant.pk)
    return twin


def load(folder, **files: str):
    for slug, text in files.items():
        (folder / f"{slug}.csv").write_text(text, encoding="utf-8")
    return load_package(folder, by=None)


@pytest.mark.parametrize("named", ["ORG-TWIN", union_code(7)])
def test_a_reference_leads_to_the_record_that_stands(tree, twin, tmp_path, named):
    report = load(
        tmp_path, post=f"org,person_name,post_type,full_time\n{named},张伟,member,false\n"
    )

    assert report.faults == ()
    assert Post.objects.get().org == tree.plant


def test_the_merged_row_itself_is_told_that_the_standing_one_says_otherwise(tree, twin, tmp_path):
    header = "record_no,name,org_type,parent,employer,region,approval_no,org_state"
    row = (
        f"ORG-TWIN,{twin.name},enterprise_union,ORG-HAIGANG,EMP-PLANT,130302,"
        f"{twin.approval_no},active"
    )

    report = load(tmp_path, org=f"{header}\n{row}\n")

    assert [(fault.key, fault.column) for fault in report.faults] == [("exists", "record_no")]
    assert not report.written
