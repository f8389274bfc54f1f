"""The way from the list of a register to its possible duplicates."""

from django import template
from django.urls import reverse

from taizhang.core.access.models import User
from taizhang.registers.spec import RegisterSpec

register = template.Library()


@register.filter
def duplicates_url(spec: RegisterSpec, user: User) -> str:
    """The address for an account that verifies in the register; "" for others.

    "" too for registers in which nothing can be entered twice.
    """
    if spec.identity is None or not user.holds(spec.permission("verify")):
        return ""
    return reverse("duplicates", args=[spec.slug])
