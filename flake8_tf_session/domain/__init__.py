"""What is known on a path: values, the state, and how states are joined."""
