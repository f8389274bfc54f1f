"""The words around a passage, for the list of what was found."""

from django import template

from taizhang.ledger.drafting.clauses import sentence_of

register = template.Library()
register.simple_tag(sentence_of, name="sentence")
