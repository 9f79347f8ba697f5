"""What executes each kind of statement, and what evaluates each kind of expression."""

from __future__ import annotations

from ..ir import nodes
from . import (
    branching,
    conditions,
    definitions,
    expressions,
    imports,
    statements,
    tries,
    withs,
)
from .flow import Syntax

SYNTAX = Syntax(
    {
        nodes.Evaluate: statements.evaluate,
        nodes.Assign: statements.assign,
        nodes.AugmentedAssign: statements.augmented_assign,
        nodes.Delete: statements.delete,
        nodes.Return: statements.return_,
        nodes.Raise: statements.raise_,
        nodes.Assert: statements.assert_,
        nodes.Break: statements.break_,
        nodes.Continue: statements.continue_,
        nodes.Import: imports.import_,
        nodes.ImportFrom: imports.import_from,
        nodes.If: branching.if_,
        nodes.While: branching.while_,
        nodes.For: branching.for_,
        nodes.Match: branching.match,
        nodes.Try: tries.try_,
        nodes.With: withs.with_,
        nodes.FunctionDef: definitions.function_def,
        nodes.ClassDef: definitions.class_def,
    },
    {
        nodes.Attribute: expressions.primary,
        nodes.Call: expressions.primary,
        nodes.Subscript: expressions.primary,
        nodes.Constant: expressions.constant,
        nodes.Display: expressions.display,
        nodes.DictDisplay: expressions.dict_,
        nodes.Boolean: conditions.boolean,
        nodes.Not: conditions.not_,
        nodes.Compare: conditions.compare,
        nodes.Conditional: conditions.conditional,
        nodes.NamedExpr: expressions.named,
        nodes.LambdaExpr: expressions.lambda_,
        nodes.Comprehension: expressions.comprehension,
        nodes.Yield: expressions.yield_,
        nodes.Evaluated: expressions.evaluated,
    },
)
