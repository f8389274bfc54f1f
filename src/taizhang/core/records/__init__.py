"""The record: what every row of every register has (handbook 2.1), and who may see it."""
