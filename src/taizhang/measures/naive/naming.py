"""The registers that formulas rest on: those named, and those that the rules of fields count."""

from collections.abc import Iterable, Iterator

from taizhang.measures.catalogue import Field
from taizhang.measures.formula import check_rule, parse_reading, parse_rule, tree
from taizhang.measures.naive.city import City


def registers_counted_by_rules(
    city: City, nodes: Iterable[tree.Aggregate | tree.Population]
) -> list[str]:
    """The registers whose rows the derived fields of checked trees count, in order of the slug."""
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for node in nodes:
        for slug, field in _fields(city, node, node.register, node.register):
            _follow(city, slug, field, found, seen)
    return sorted(found)


def _follow(
    city: City, slug: str, field: Field, found: set[str], seen: set[tuple[str, str]]
) -> None:
    text = field.read_as or field.derived
    if not text or (slug, field.name) in seen:
        return
    seen.add((slug, field.name))
    parsed = parse_reading(text) if field.read_as else parse_rule(text)
    rule = check_rule(parsed, city.catalogue, city.register(slug), field)
    found |= {
        node.register
        for node in tree.walk(rule)
        if isinstance(node, tree.Aggregate) and node.register != "self"
    }
    for at, named in list(_fields(city, rule, slug, slug)):
        _follow(city, at, named, found, seen)


def _fields(city: City, node: tree.Node, slug: str, own: str) -> Iterator[tuple[str, Field]]:
    """The fields a tree names, each with its register; `own` is the row's that has the rule."""
    if isinstance(node, tree.FieldPath):
        at = own if node.of_self else slug
        for name in node.names:
            field = city.field(at, name)
            if field is None:
                return
            yield at, field
            at = field.target
    if isinstance(node, tree.Aggregate) and node.register != "self":
        slug = node.register
    for child in tree.children(node):
        yield from _fields(city, child, slug, own)
