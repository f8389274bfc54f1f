"""Notices of fictional places in many layouts, each with what a careful reader finds in it."""

from taizhang.notices.tests.corpus.above import ABOVE
from taizhang.notices.tests.corpus.case import Case
from taizhang.notices.tests.corpus.columns import COLUMNS
from taizhang.notices.tests.corpus.duties import DUTIES
from taizhang.notices.tests.corpus.files import FILES
from taizhang.notices.tests.corpus.heads import HEADS
from taizhang.notices.tests.corpus.joined import JOINED
from taizhang.notices.tests.corpus.ledgers import LEDGERS
from taizhang.notices.tests.corpus.loose import LOOSE
from taizhang.notices.tests.corpus.ministries import MINISTRIES
from taizhang.notices.tests.corpus.office import OFFICE
from taizhang.notices.tests.corpus.paragraphs import PARAGRAPHS
from taizhang.notices.tests.corpus.pdf import PDFS
from taizhang.notices.tests.corpus.portals import PORTALS
from taizhang.notices.tests.corpus.tables import TABLES
from taizhang.notices.tests.corpus.web import WEB

CASES: tuple[Case, ...] = (
    *(*PARAGRAPHS, *DUTIES, *MINISTRIES, *JOINED, *LOOSE),
    *(*TABLES, *LEDGERS, *ABOVE, *COLUMNS, *HEADS),
    *(*WEB, *PORTALS),
    *(*OFFICE, *FILES, *PDFS),
)
