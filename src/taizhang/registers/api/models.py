"""What the interface remembers of requests: which record a key of a client has created."""

from django.db import models

from taizhang.core.access.models import ApiToken


class CreationKey(models.Model):
    """The key a client gave with a creation: sent again, it finds the record it created.

    The answer is not kept, so nothing that is encrypted or masked elsewhere lies here in clear.
    `digest` is the SHA-256 of register and content: a key stands for one request.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    record_no = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="creation_key_once_per_token")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.record_no}"
