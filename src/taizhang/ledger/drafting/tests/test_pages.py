"""From the words of a notice to a published commitment, on the pages alone."""

import pytest
from django.urls import reverse

from taizhang.ledger.drafting.clauses import clauses_of
from taizhang.ledger.drafting.keeping import keep_draft
from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.drafting.publishing import publish_commitment
from taizhang.ledger.drafting.tests.test_publishing import clause_of
from taizhang.ledger.drafting.tests.test_statement import MEETINGS
from taizhang.ledger.evaluation import evaluate_stale
from taizhang.ledger.models import Commitment, Item, StaleCommitment

NEW = reverse("draft_new", args=["A1"])


@pytest.fixture
def place(first) -> dict[str, int]:
    """The offsets of the words of item 1 that state a number, as the list links to them."""
    clause = clause_of(first)
    return {"start": clause.start, "end": clause.end}


def test_the_list_shows_the_open_words_first_with_a_way_to_write(beside, office):
    page = office.get(reverse("drafts"), {"ledger": beside.key})

    groups = page.context["groups"]
    assert [group.item.code for group in groups] == ["A1", "A2", "A3"]
    assert (page.context["open"], page.context["total"]) == (4, 4)
    words = clauses_of(beside)[0].clauses[0].found
    assert f"start={words.start}&amp;end={words.end}" in page.content.decode()


def test_one_item_alone_can_be_listed(beside, office):
    page = office.get(reverse("drafts"), {"ledger": beside.key, "item": "A2"})

    assert [group.item.code for group in page.context["groups"]] == ["A2"]
    assert office.get(reverse("drafts"), {"item": "Z9"}).status_code == 404


def test_readers_look_and_do_not_write(beside, client, liu):
    client.force_login(liu)

    page = client.get(reverse("drafts"), {"ledger": beside.key})

    assert page.status_code == 200
    assert NEW not in page.content.decode()
    assert client.get(NEW).status_code == 403


def test_the_form_says_what_the_words_say_and_marks_what_is_only_guessed(office, place):
    form = office.get(NEW, place).context["form"]

    assert form["comparator"].value() == ">="
    assert form["target"].value() == "1"
    assert form["period"].value() == "year"
    assert not form["numerator"].value()
    guessed = {name for name, field in form.fields.items() if hasattr(field, "is_guessed")}
    assert "scope" in guessed
    assert guessed.isdisjoint({"target", "period", "comparator"})


def test_only_what_has_to_be_there_has_a_day_and_the_wording_is_the_whole_clause(office, beside):
    clause = clause_of(Item.objects.coded("A3").get())

    address = reverse("draft_new", args=["A3"])
    form = office.get(address, {"start": clause.start, "end": clause.end}).context["form"]

    assert form["comparator"].value() == "exists"
    assert form["planned"].value() == "2026-12-31"
    assert form["duty_zh"].value() == "2026年12月底前出台职工素质提升实施意见"


def test_the_formulas_that_come_near_say_which_words_they_share(office, place):
    page = office.get(NEW, place)

    lines = {line.source: line for line in page.context["bench"].lines}
    assert "联席会议" in lines["5.2"].words
    assert "联席会议" in page.content.decode()


def test_a_picked_formula_is_taken_over_and_marked_and_what_was_typed_stays(office, place):
    typed = {**place, "duty_zh": "开好联席会议", "target": "3", "pick": "5.2"}

    form = office.post(NEW, typed).context["form"]

    assert form["numerator"].value() == "count(meeting[kind=gov_union_joint])"
    assert (form["duty_zh"].value(), form["target"].value()) == ("开好联席会议", "3")
    assert form.fields["numerator"].is_guessed
    assert not form.errors


def test_computing_shows_every_area_and_the_records_and_keeps_nothing(office, place, written):
    page = office.post(NEW, {**place, **written, "compute": "1"})

    trial = page.context["trial"]
    assert page.status_code == 200
    assert trial.figures[0][0].is_city
    assert len(trial.figures) == 10
    assert trial.city.figure.owed == 8
    assert trial.lacking.rows
    assert not Commitment.objects.filter(item__ledger__is_current=False).exists()


def test_what_was_taken_over_from_an_earlier_ledger_can_be_revised(first, office):
    row = Commitment.objects.get(code="5.2")
    row.pk, row.item, row.code = None, first, "A1.1"
    row.save(force_insert=True)
    address = reverse("commitment_revise", args=["A1.1"])

    assert address in office.get(reverse("commitment", args=["A1.1"])).content.decode()
    assert office.get(address).context["form"]["numerator"].value() == row.numerator
    assert office.get(reverse("commitment_revise", args=["5.2"])).status_code == 404


def test_the_words_of_a_draft_are_not_looked_for_in_another_text(first, office, chen):
    draft = keep_draft(first, {}, by=chen, clause=clause_of(first))
    Item.objects.filter(pk=first.pk).update(text="另一段文字，与原来的不同，每年召开会议。" * 3)

    page = office.get(reverse("draft", args=[draft.pk]))

    assert page.context["clause"] is None


def test_marks_of_a_chinese_input_method_are_those_of_a_formula(office, place, written):
    typed = "count（meeting【kind＝gov_union_joint】）"

    page = office.post(NEW, {**place, **written, "numerator": typed, "compute": "1"})

    assert page.status_code == 200
    assert page.context["form"].cleaned_data["numerator"] == "count(meeting[kind=gov_union_joint])"


def test_a_refusal_names_the_fields_and_leads_to_them(office, place, written):
    page = office.post(NEW, {**place, **written, "numerator": "count(", "compute": "1"})

    assert '<a href="#id_numerator">' in page.content.decode()


def test_publishing_makes_the_commitment_and_leads_to_its_page(office, place, written):
    answer = office.post(NEW, {**place, **written, "publish": "1"})

    assert answer.url == reverse("commitment", args=["A1.1"])
    assert StaleCommitment.objects.filter(commitment__code="A1.1").exists()
    evaluate_stale()
    page = office.get(answer.url).content.decode()
    assert "每年至少召开1次联席会议" in page
    item = office.get(reverse("item", args=["A1"])).content.decode()
    assert 'href="#c-A1.1"' in item


def test_a_wrong_formula_is_refused_at_its_field_with_the_name_meant(office, place, written):
    written["numerator"] = "count(meeting[kind=gov_union_join])"

    page = office.post(NEW, {**place, **written, "publish": "1"})

    assert page.status_code == 422
    (fault,) = page.context["form"].errors["numerator"]
    assert "gov_union_joint" in fault
    assert "20" in fault
    assert not Commitment.objects.filter(item__ledger__is_current=False).exists()


@pytest.mark.parametrize(
    "formula",
    ["count(", "count(meeting[])" * 40, "(" * 300, "会议", "\x00", "count(meeting[x=\ud83d])"],
)
def test_no_formula_breaks_the_page(office, place, written, formula):
    written["numerator"] = formula.encode("utf-8", "replace").decode()

    assert office.post(NEW, {**place, **written, "compute": "1"}).status_code == 422


def test_a_draft_is_kept_unfinished_and_opened_again_as_it_was(office, place, first):
    office.post(NEW, {**place, "duty_zh": "开会", "numerator": "count(", "keep": "1"})

    draft = Draft.objects.get()
    assert office.get(NEW, place).url == reverse("draft", args=[draft.pk])
    form = office.get(reverse("draft", args=[draft.pk])).context["form"]
    assert form["duty_zh"].value() == "开会"
    assert form["numerator"].value() == "count("
    assert not first.commitments.exists()


def test_a_commitment_can_be_written_without_words_of_the_notice(office, beside, written):
    address = reverse("draft_new", args=["A4"])
    blank = office.get(address)

    office.post(address, {**written, "publish": "1"})

    assert blank.context["clause"] is None
    assert Item.objects.coded("A4").get().commitments.get().code == "A4.1"


def test_formulas_are_looked_for_by_the_wording_where_there_are_no_words(office, beside):
    found = office.post(reverse("draft_new", args=["A4"]), {"duty_zh": "联席会议", "find": "1"})

    assert found.status_code == 200
    assert "5.2" in [line.source for line in found.context["bench"].lines]


def test_a_commitment_of_the_office_is_revised_with_a_reason(office, first, chen, written):
    publish_commitment(first, MEETINGS, by=chen)
    address = reverse("commitment_revise", args=["A1.1"])
    assert office.get(address).context["form"]["numerator"].value() == MEETINGS.numerator

    without = office.post(address, {**written, "target": "2", "publish": "1"})
    office.post(address, {**written, "target": "2", "reason": "会议决定", "publish": "1"})

    assert without.status_code == 422
    assert Commitment.objects.get(code="A1.1").target == 2
    page = office.get(reverse("commitment", args=["A1.1"])).content.decode()
    assert "会议决定" in page


def test_a_commitment_of_the_office_is_withdrawn_from_its_page(office, first, chen):
    publish_commitment(first, MEETINGS, by=chen)
    address = reverse("commitment_withdraw", args=["A1.1"])

    office.post(address, {"reason": ""})
    assert first.commitments.exists()
    office.post(address, {"reason": "重复"})

    assert not first.commitments.exists()


def test_pages_offer_to_revise_only_what_the_office_wrote(office, first, chen):
    publish_commitment(first, MEETINGS, by=chen)

    assert (
        reverse("commitment_revise", args=["A1.1"])
        in office.get(reverse("commitment", args=["A1.1"])).content.decode()
    )
    assert office.get(reverse("commitment_revise", args=["5.2"])).status_code == 404
    assert "/revise/" not in office.get(reverse("commitment", args=["5.2"])).content.decode()


@pytest.mark.parametrize(
    ("answer", "state"), [("uncounted", Draft.State.UNCOUNTED), ("no_duty", Draft.State.NO_DUTY)]
)
def test_words_without_anything_to_count_are_answered_with_a_reason(office, place, answer, state):
    address = reverse("clause_answer", args=["A1"])
    said = {**place, "answer": answer, "duty_zh": "健全制度", "who_owes": ["government_city"]}

    office.post(address, said)
    assert not Draft.objects.exists()
    office.post(address, {**said, "reason": "无统一口径"})

    assert Draft.objects.get().state == state


@pytest.mark.parametrize(
    "place", [{"start": "5", "end": "3"}, {"start": "x", "end": "y"}, {"end": "9999"}]
)
def test_words_that_are_not_there_are_not_found(office, beside, place):
    assert office.get(NEW, place).status_code == 404


def test_completion_answers_with_names_and_labels(office, beside):
    answer = office.get(
        reverse("formula_completions"), {"text": "count(mee", "at": "9", "language": "formula"}
    ).json()

    assert (answer["start"], answer["end"]) == (6, 9)
    assert "meeting" in [option["name"] for option in answer["options"]]
    assert all(option["label"] for option in answer["options"])


@pytest.mark.parametrize(
    "asked", [{}, {"text": "x", "at": "-1", "language": "formula"}, {"at": "1", "language": "sql"}]
)
def test_completion_of_no_place_is_not_found(office, beside, asked):
    assert office.get(reverse("formula_completions"), asked).status_code == 404


def test_a_draft_without_words_is_counted_among_the_drafts(office, beside, chen):
    keep_draft(beside.items.first(), {"duty_zh": "开会"}, by=chen)

    page = office.get(reverse("drafts"), {"ledger": beside.key})

    assert page.context["drafts"] == 1
    assert "草稿1份" in page.content.decode()


def test_the_list_asks_as_many_queries_for_few_drafts_as_for_many(
    office, beside, chen, django_assert_max_num_queries
):
    for group in clauses_of(beside):
        for _each in range(3):
            keep_draft(group.item, {"duty_zh": "开会"}, by=chen)
    office.get(reverse("drafts"), {"ledger": beside.key})

    with django_assert_max_num_queries(12):
        office.get(reverse("drafts"), {"ledger": beside.key})
