"""Notice → items → commitments → duties → reports → bulletins."""
