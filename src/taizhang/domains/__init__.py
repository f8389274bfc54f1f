"""Lines of work, a package each. None imports another; one names another's register by its slug."""
