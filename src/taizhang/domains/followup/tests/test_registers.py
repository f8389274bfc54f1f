"""The register `exemption` keeps the contract of all registers."""

from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.registers.testing import RegisterContract


class TestExemption(RegisterContract):
    slug = "exemption"
    factory = ExemptionFactory
    changed = ("doc_no", "海工字〔2026〕1号", "海工字〔2026〕2号")
    every_field = {"doc_no": "海工字〔2026〕9号"}
    excluded = frozenset({"org", "employer"})  # one decision names one unit
    primary_unions_enter = False
