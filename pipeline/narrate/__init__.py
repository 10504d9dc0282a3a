"""The narrative: an office's Word or Markdown file with figures bound by name."""
