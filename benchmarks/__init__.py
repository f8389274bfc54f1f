"""How fast the product is: `python -m benchmarks.pages`, `python -m benchmarks.evaluate`."""
