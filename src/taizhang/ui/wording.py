"""Texts of Django itself that read better in our words.

The catalogues of apps come before Django's own: it is enough that a text stands in ours.
"""

from django.utils.translation import gettext_noop

REWORDED = (
    gettext_noop("This field is required."),
    gettext_noop("This field cannot be blank."),
)
