"""A notice that supersedes an earlier one: both side by side, and what a person carries over."""
