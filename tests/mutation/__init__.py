"""Mutation testing: the tests have to notice a mistake in any line of the engine and the rules."""
