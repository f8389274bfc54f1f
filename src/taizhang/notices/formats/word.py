"""Names and attributes of WordprocessingML (ISO/IEC 29500-1), whichever of its namespaces."""

from lxml import etree  # type: ignore[import-untyped]  # ships no types

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def tag(name: str) -> str:
    """The full name of an element; a strict document is renamed to it before it is read."""
    return f"{{{TRANSITIONAL}}}{name}"


def attribute(element: etree._Element, name: str) -> str | None:
    value: str | None = element.get(tag(name))
    return value


def child_value(element: etree._Element, name: str) -> str | None:
    """The `val` of a child element; None without the child or without its value."""
    child = element.find(tag(name))
    return None if child is None else attribute(child, "val")


def is_on(element: etree._Element | None, name: str) -> bool:
    """Whether a switch such as `vanish` stands in `element` and is not turned off."""
    if element is None or element.find(tag(name)) is None:
        return False
    return child_value(element, name) not in ("0", "false", "off")
