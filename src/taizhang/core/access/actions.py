"""What administrators do with accounts and roles, each with its permission and its audit row.

`by` is the account that acts; None is the system itself: the command line of whoever runs the
server, at set-up. Creating accounts, activating them and granting roles are in different hands
(handbook 4.2).
"""

import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.levels import may_be_held_at
from taizhang.core.access.models import Grant, User
from taizhang.core.access.permissions import (
    ACTIVATE_ACCOUNT,
    CONFIRM_GRANT,
    CREATE_ACCOUNT,
    PROPOSE_GRANT,
    RESET_PASSWORD,
    REVOKE_GRANT,
)
from taizhang.core.access.refusals import ActionRefused, Sentence, invalid, listed, require
from taizhang.core.access.roles import ROLES, excludes
from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.models import Organisation

ACCOUNT = "access.account"
GRANT = "access.grant"

# Without the characters that are mistaken for one another on paper and over the telephone.
_PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105
_PASSWORD_GROUPS, _GROUP_LENGTH = 4, 4


@transaction.atomic
def create_account(
    *,
    by: User | None,
    username: str,
    display_name: str,
    department: str = "",
    password: str | None = None,
    one_time: bool = True,
) -> User:
    """A new account, inactive until somebody else activates it.

    Without a password nobody can sign in; `reset_password` issues one. With `one_time` a password
    given here must be changed at the first sign-in.

    Raises ActionRefused without permission, for a name that is taken and for a weak password.
    """
    what = _("The account was not created.")
    require(by, CREATE_ACCOUNT, what=what)
    user = User(
        username=User.normalize_username(username),
        display_name=display_name,
        department=department,
        is_active=False,
        must_change_password=password is not None and one_time,
    )
    try:
        if password is not None:
            validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise invalid(what, error) from error
    user.save()
    write_audit(
        by=by,
        action="create",
        subject=ACCOUNT,
        subject_no=user.username,
        changes={"display_name": (None, display_name), "department": (None, department)},
    )
    return user


def activate_account(*, by: User | None, user: User) -> None:
    """Let the account sign in. Raises ActionRefused without permission."""
    _set_active(by, user, True, what=_("The account was not activated."))


def deactivate_account(*, by: User | None, user: User) -> None:
    """End the account's sessions and let it sign in no more; its records stay.

    Raises ActionRefused without permission, and for one's own account.
    """
    what = _("The account was not deactivated.")
    if by == user:
        raise ActionRefused(
            what, _("It is your own."), _("Ask another security administrator to do it.")
        )
    _set_active(by, user, False, what=what)


@transaction.atomic
def reset_password(*, by: User | None, user: User) -> str:
    """A one-time password, to be handed over in person and changed at the next sign-in.

    Every session and access token of the account ends. An administrator's own password is reset by
    the server's command line alone: who could reset it could take on the other power (handbook
    4.2).

    Raises ActionRefused without permission and for accounts with an administrative role.
    """
    what = _("The password was not reset.")
    require(by, RESET_PASSWORD, what=what)
    _refuse_for_administrators(by, user, what)
    password = _one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    # Whoever had the old password may have made one.
    user.api_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    write_audit(by=by, action="reset_password", subject=ACCOUNT, subject_no=user.username)
    return password


@transaction.atomic
def remove_second_factor(*, by: User | None, user: User) -> None:
    """Let somebody who lost telephone and recovery codes sign in by password alone.

    Raises ActionRefused like `reset_password`, and when there is no second factor.
    """
    what = _("The second factor was not removed.")
    require(by, RESET_PASSWORD, what=what)
    _refuse_for_administrators(by, user, what)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise ActionRefused(
            what,
            _("The account signs in by password alone."),
            _("If the password is forgotten, reset that."),
        )
    write_audit(by=by, action="remove_second_factor", subject=ACCOUNT, subject_no=user.username)


@transaction.atomic
def propose_grant(*, by: User | None, user: User, role: str, organisation: Organisation) -> Grant:
    """A role at an organisation, without effect until a second person confirms it.

    Raises ActionRefused without permission, for one's own account, for a level at which the role
    does not exist, for a role held already, and for one that excludes another (handbook 4.2).
    """
    what = _("The role was not proposed.")
    require(by, PROPOSE_GRANT, what=what)
    _refuse_own(by, user, what)
    if role not in ROLES:
        raise ActionRefused(
            what,
            format_lazy(_("There is no role “{role}”."), role=role),
            format_lazy(_("The roles are: {roles}."), roles=listed(ROLES)),
        )
    if not may_be_held_at(role, organisation):
        raise ActionRefused(
            what,
            format_lazy(
                _("“{role}” is not a role at {organisation}: it would reach too far or nowhere."),
                role=ROLES[role].label,
                organisation=organisation.name,
            ),
            _("Choose the organisation for which the person works."),
        )
    _refuse_conflict(user, role, organisation, what)
    grant = Grant.objects.create(user=user, role=role, organisation=organisation, proposed_by=by)
    _write_grant(by, "propose", grant)
    return grant


@transaction.atomic
def confirm_grant(*, by: User | None, grant: Grant) -> None:
    """Put a proposed role into effect; the proposer and the person concerned cannot.

    Raises ActionRefused without permission, without a second person, and when the person got a
    role that excludes this one in the meantime.
    """
    what = _("The role was not confirmed.")
    require(by, CONFIRM_GRANT, what=what)
    _refuse_own(by, grant.user, what)
    if by is not None and by == grant.proposed_by:
        raise ActionRefused(
            what,
            _("You proposed it yourself; a role needs two persons."),
            _("Ask another security administrator to confirm it."),
        )
    if grant.confirmed:
        raise ActionRefused(what, _("It is in effect already."), _("There is nothing more to do."))
    _refuse_conflict(grant.user, grant.role, grant.organisation, what, apart_from=grant)
    grant.confirmed, grant.confirmed_by = True, by
    grant.save(update_fields=["confirmed", "confirmed_by"])
    _write_grant(by, "confirm", grant)


@transaction.atomic
def revoke_grant(*, by: User | None, grant: Grant) -> None:
    """Take a role away, or drop a proposal. One person may do so: taking away is the safe side.

    Raises ActionRefused without permission.
    """
    require(by, REVOKE_GRANT, what=_("The role was not revoked."))
    _write_grant(by, "revoke", grant)
    grant.delete()


@transaction.atomic
def change_own_password(*, user: User, password: str) -> None:
    """Set the password that the person chose; a one-time password is thereby used up."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    write_audit(by=user, action="change_password", subject=ACCOUNT, subject_no=user.username)


@transaction.atomic
def _set_active(by: User | None, user: User, active: bool, *, what: Sentence) -> None:
    require(by, ACTIVATE_ACCOUNT, what=what)
    before, user.is_active = user.is_active, active
    user.save(update_fields=["is_active"])
    write_audit(
        by=by,
        action="activate" if active else "deactivate",
        subject=ACCOUNT,
        subject_no=user.username,
        changes={"is_active": (before, active)},
    )


def _refuse_for_administrators(by: User | None, user: User, what: Sentence) -> None:
    roles = user.grants.values_list("role", flat=True)
    if by is not None and any(ROLES[role].administrative for role in roles):
        raise ActionRefused(
            what,
            _("The account belongs to an administrator; no administrator resets another's."),
            _("Whoever runs the server does it with the command “taizhang account”."),
        )


def _refuse_own(by: User | None, user: User, what: Sentence) -> None:
    if by is not None and by == user:
        raise ActionRefused(
            what,
            _("Nobody decides on roles of the own account."),
            _("Ask another administrator."),
        )


def _refuse_conflict(
    user: User,
    role: str,
    organisation: Organisation,
    what: Sentence,
    *,
    apart_from: Grant | None = None,
) -> None:
    """Refuse a role held already, and one that excludes another the person has or may soon have."""
    # Two proposals at once for one person wait for each other here.
    User.objects.select_for_update().get(pk=user.pk)
    for other in user.grants.exclude(pk=apart_from and apart_from.pk):
        if other.role == role and other.organisation_id == organisation.pk:
            raise ActionRefused(
                what,
                _("The person has this role there already, or it waits for confirmation."),
                _("Look at the list of the person's roles."),
            )
        if excludes(role, other.role):
            raise ActionRefused(
                what,
                format_lazy(
                    _("“{role}” and “{other}” exclude each other: the powers are separated."),
                    role=ROLES[role].label,
                    other=ROLES[other.role].label,
                ),
                _("Revoke the other role first, or give this one to another person."),
            )


def _write_grant(by: User | None, action: str, grant: Grant) -> None:
    held = {"role": grant.role, "organisation": grant.organisation.record_no}
    write_audit(
        by=by,
        action=action,
        subject=GRANT,
        subject_no=grant.user.username,
        changes={
            field: (value, None) if action == "revoke" else (None, value)
            for field, value in held.items()
        },
    )


def _one_time_password() -> str:
    groups = (
        "".join(secrets.choice(_PASSWORD_ALPHABET) for _position in range(_GROUP_LENGTH))
        for _group in range(_PASSWORD_GROUPS)
    )
    return "-".join(groups)
