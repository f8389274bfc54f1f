"""The bodies of the field; their fields are those of R01, R02, R03 and R41 (handbook 2.5)."""

from taizhang.core.organisations.areas import Area
from taizhang.core.organisations.employers import Employer
from taizhang.core.organisations.lineage import Lineage
from taizhang.core.organisations.organisations import Organisation
from taizhang.core.organisations.posts import Post
from taizhang.core.organisations.terms import Term

__all__ = ["Area", "Employer", "Lineage", "Organisation", "Post", "Term"]
