"""Mail: letters from values, their bytes, the conversation with a server, and what became of each."""
