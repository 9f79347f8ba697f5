"""Metamorphic tests: what a change of the program's form does to its findings, which is nothing."""
