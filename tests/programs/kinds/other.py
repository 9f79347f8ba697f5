"""Models that are run, saved, restored or trained in a session by the program itself."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.kinds.uses import some_session, use
from tests.programs.scope import Scope
from tests.programs.writer import Kind, Statement


def write_run(writer: Helpers, scope: Scope) -> list[str]:
    """The output of a model, or its weights, are fetched."""
    lines: list[str] = []
    session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
    initialize = writer.names("tf", "global_variables_initializer")
    if writer.dice.chance(20):
        lines.append(f"{session}.run({initialize}())")
    feed = f"{{{model}.input: X}}"
    lines.append(
        writer.dice.pick(
            [
                f"{session}.run({model}.output, {feed})",
                f"{session}.run({model}.output, feed_dict={feed})",
                f"{session}.run([{model}.output], feed_dict={feed})",
                f"{session}.run({model}.outputs[0], {feed})",
                f"{model}.output.eval({feed}, session={session})",
                f"{model}.output.eval(feed_dict={feed}, session={session})",
                f"{session}.run({model}.weights[0])",
                f"{writer.names('K', 'get_session')}().run({model}.output, {feed})",
            ]
        )
    )
    return lines


def write_saver(writer: Helpers, scope: Scope) -> list[str]:
    """All weights are saved, and at times restored."""
    lines: list[str] = []
    saver, model = writer.fresh("v"), writer.dice.pick(scope.models)
    session = some_session(writer, scope, lines)
    lines += [
        f"{saver} = {writer.names('tf', 'train.Saver')}()",
        f"{saver}.save({session}, OUT)",
    ]
    if writer.dice.chance(60):
        if writer.dice.chance(50):
            lines.append(f"{model}.set_weights([{writer.value('V')}])")
        session = some_session(writer, scope, lines)
        lines.append(f"{saver}.restore({session}, OUT)")
        if writer.dice.chance(60):
            lines += use(writer, model)
    return lines


def write_training(writer: Helpers, scope: Scope) -> list[str]:
    """An optimizer of TensorFlow trains a model."""
    lines: list[str] = []
    session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
    step = writer.fresh("step")
    optimizer = writer.names("tf", "train.GradientDescentOptimizer")
    loss = f"{writer.names('tf', 'reduce_sum')}({model}.output)"
    lines.append(f"{step} = {optimizer}(0.1).minimize({loss})")
    if writer.dice.chance(30):
        lines.append(f"{session}.run({writer.names('tf', 'global_variables_initializer')}())")
    lines.append(f"{session}.run({step}, {{{model}.input: X}})")
    if writer.dice.chance(60):
        lines += use(writer, model)
    return lines


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """Wherever there is a model."""
    return {write_run: 4, write_saver: 2, write_training: 2} if scope.models else {}


OTHER = Kind("other", choices)
