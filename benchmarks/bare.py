"""A bare Django list page: what the pages of the product are compared with.

One model, one view, one template: 25 rows of 2,000 from SQLite, no session, no account, no check.
BARE_DATABASE names the database file; `python benchmarks/bare.py` fills it, gunicorn serves it.
"""

import os

from django.conf import settings

settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BARE_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)

import django  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

django.setup()

ROWS, PAGE = 2_000, 25
TEMPLATE = """<!doctype html><html lang="en"><head><title>Meetings</title></head><body>
<h1>Meetings</h1><table><thead><tr><th>No.</th><th>Held on</th><th>Kind</th><th>Convener</th></tr>
</thead><tbody>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.held_on }}</td>
<td>{{ row.kind }}</td><td>{{ row.convener }}</td></tr>{% endfor %}</tbody></table></body></html>"""


class Meeting(models.Model):
    number = models.CharField(max_length=40)
    held_on = models.DateField(db_index=True)
    kind = models.CharField(max_length=40)
    convener = models.CharField(max_length=120)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.number


def meetings(request: HttpRequest) -> HttpResponse:
    rows = Meeting.objects.order_by("-held_on", "-id")[:PAGE]
    return HttpResponse(page.render({"rows": rows}, request))


page = engines["django"].from_string(TEMPLATE)
urlpatterns = [path("", meetings)]
application = get_wsgi_application()


def fill() -> None:
    """Create the table and its rows, unless a run before has."""
    if Meeting._meta.db_table in connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        editor.create_model(Meeting)
    Meeting.objects.bulk_create(
        Meeting(
            number=f"R09-130300-{2021 + number % 6}-{number:04d}",
            held_on=f"{2021 + number % 6}-{1 + number % 12:02d}-{1 + number % 28:02d}",
            kind="Government-federation joint meeting",
            convener="秦皇岛市人民政府",
        )
        for number in range(ROWS)
    )


if __name__ == "__main__":
    fill()
