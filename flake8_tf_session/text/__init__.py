"""What is told from texts alone: the project, its words and imports, and the gate."""
