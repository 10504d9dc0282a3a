"""What others would use for the same work, used well."""
