"""The form for a notice speaks the language of whoever sees it."""

import pytest
from django.utils import translation

from taizhang.ledger.views.notices import UploadForm


@pytest.mark.parametrize(
    ("language", "words"), [("en", "plain text (.docx"), ("zh-hans", "纯文本（.docx")]
)
def test_the_kinds_of_files_are_named_in_the_language_of_the_page(language, words):
    with translation.override(language):
        told = str(UploadForm().fields["file"].help_text)

    assert words in told
