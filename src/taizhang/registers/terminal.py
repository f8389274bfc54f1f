"""What commands share: both languages on one screen, and accounts by their names."""

from collections.abc import Callable

from django.core.management.base import CommandError
from django.utils import translation

from taizhang.core.access.models import User
from taizhang.lib.nearest import nearest

LANGUAGES = ("zh-hans", "en")


def in_both(text: Callable[[], str]) -> list[str]:
    """The text in Chinese and in English; once where both are the same."""
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            texts.append(text())
    return list(dict.fromkeys(texts))


def account_named(username: str) -> User:
    """The active account of this name. Raises CommandError, naming the nearest, when none is."""
    accounts = dict(User.objects.filter(is_active=True).values_list("username", "pk"))
    if username not in accounts:
        near = nearest(username, accounts)
        meant = f"，是否指“{near}”" if near else ""
        did_you = f" Did you mean “{near}”?" if near else ""
        raise CommandError(
            f"没有可用的账号“{username}”{meant}。"
            "账号由 taizhang account create 建立，由 taizhang account activate 启用。\n"
            f"There is no active account “{username}”.{did_you} `taizhang account create` makes"
            " an account, `taizhang account activate` lets it be used."
        )
    return User.objects.get(pk=accounts[username])
