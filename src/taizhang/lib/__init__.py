"""Plain Python shared by every layer: no Django, no project imports."""
