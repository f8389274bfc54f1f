"""The ledger as a file: an annex or a notice in the form of official documents, or a workbook."""
