"""Evidence: files beside a record, hashed at upload and served only to who may see the record."""
