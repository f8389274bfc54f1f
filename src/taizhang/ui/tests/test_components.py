"""Components: a verdict is a word and a shape, a figure has its parts, nothing is styled inline."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from taizhang.ui.components import number
from taizhang.ui.forms import SampleForm
from taizhang.ui.verdicts import STATUS_LABELS, VERDICTS


def drawn(tags: str, **context) -> str:
    return Template("{% load ui %}" + tags).render(Context(context))


@pytest.mark.parametrize("verdict", list(VERDICTS))
def test_every_verdict_has_a_word_and_a_shape_of_its_own(verdict):
    with translation.override("zh-hans"):
        badge = drawn("{% verdict_badge verdict %}", verdict=verdict)

    assert str(VERDICTS[verdict].label) in drawn("{{ v|verdict_label }}", v=verdict)
    assert f'href="#v-{verdict}"' in badge
    symbols = render_to_string("ui/verdict_symbols.html")
    assert symbols.count(f'<symbol id="v-{verdict}"') == 1


def test_a_badge_speaks_the_language_of_the_page():
    with translation.override("zh-hans"):
        chinese = drawn("{% verdict_badge 'behind' %}")
    with translation.override("en"):
        english = drawn("{% verdict_badge 'behind' %}")

    assert "滞后" in chinese
    assert "Behind" in english


def test_a_tile_has_an_accessible_name():
    with translation.override("zh-hans"):
        tile = drawn("{% verdict_tile 'unmet' '海港区' %}")

    assert 'role="img"' in tile
    assert 'aria-label="海港区 未达标"' in tile


def test_a_percentage_is_shown_with_its_parts():
    figure = drawn("{% figure 35 40 value 100 '%' 'behind' %}", value=Decimal("87.5"))

    assert "87.5" in figure
    assert "35 / 40" in figure


def test_an_unknown_figure_is_a_dash_and_never_a_zero():
    figure = drawn("{% figure None None None 1 '次' 'no_data' %}")

    assert "—" in figure
    assert "0" not in figure


def test_a_bar_is_as_long_as_its_share():
    bar = drawn("{% share_bar counts %}", counts={"met": 1, "unmet": 3})

    assert 'class="tz-fill--met" x="0.0%" width="25.0%"' in bar
    assert 'class="tz-fill--unmet" x="25.0%" width="75.0%"' in bar


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("57.14285"), "57.1"),
        (Decimal("62.05"), "62.1"),
        (Decimal("0.05"), "0.1"),
        (Decimal("100.000000"), "100"),
        (1204, "1,204"),
        (0, "0"),
        (None, "—"),
    ],
)
def test_a_number_is_rounded_half_up_to_one_decimal(value, text):
    assert number(value) == text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery_shows_every_verdict_and_status(client, chen, language):
    client.force_login(chen)
    client.cookies["django_language"] = language

    page = client.get(reverse("ui_components")).content.decode()

    with translation.override(language):
        for word in (*(look.label for look in VERDICTS.values()), *STATUS_LABELS.values()):
            assert str(word) in page


def test_pages_carry_no_inline_style_or_script(client, chen):
    client.force_login(chen)

    page = client.get(reverse("ui_components")).content.decode()

    assert " style=" not in page
    assert "<script>" not in page
    assert "onclick" not in page


def test_what_must_be_filled_in_is_said_in_our_words_and_not_in_the_framework_s():
    with translation.override("zh-hans"):
        assert SampleForm({"kind": "a"}).errors["name"] == ["此项必填。"]
