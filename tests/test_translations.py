"""What a page shows in Chinese is what the apps' catalogues say."""

from django.utils import translation

from tools import messages


def test_no_other_package_overrides_a_translation() -> None:
    """Django takes the first app's word for a text; a package listed before ours may hold it."""
    messages.compile_catalogues(messages.PACKAGE)
    apps = messages.used_texts(messages.PACKAGE)

    with translation.override("zh-hans"):
        overridden = [
            f"{app.name}: {message.id!r} is shown as {shown!r}, not {message.string!r}"
            for app in apps
            for message in messages.read(app)
            if isinstance(message.id, str) and message.id and message.string
            for shown in [
                translation.pgettext(message.context, message.id)
                if message.context
                else translation.gettext(message.id)
            ]
            if shown != message.string
        ]

    assert overridden == []
