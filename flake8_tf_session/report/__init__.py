"""From the reports of rules to findings at places of the text."""
