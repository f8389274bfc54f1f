"""Elements of WordprocessingML for which python-docx has no words."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Value = str | int


def element(tag: str, *children: BaseOxmlElement, **attributes: Value) -> BaseOxmlElement:
    """`<w:tag w:name="value">…</w:tag>`.

    >>> element("spacing", line=579, lineRule="exact").get(qn("w:line"))
    '579'
    """
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def replace(parent: BaseOxmlElement, tag: str, **attributes: Value) -> None:
    """Give the child `tag`, which the parent has already, these attributes and no others."""
    child = parent.find(qn(f"w:{tag}"))
    if child is None:
        raise LookupError(f"{parent.tag} holds no {tag}")
    child.attrib.clear()
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), str(value))
