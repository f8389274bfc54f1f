"""The generic register: spec, workflow, pages, import, and the tests that registers inherit."""
