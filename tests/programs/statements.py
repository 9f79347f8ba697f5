"""The plain statements of a random program: each is one line or a few."""

from __future__ import annotations

from tests.programs.scope import Scope
from tests.programs.writer import Writer


class Statements(Writer):
    """Statements without a block."""

    def write_session(self, scope: Scope) -> list[str]:
        name = self.target(scope, "s")
        scope.sessions.append(name)
        return [f"{name} = {self.new_session()}"]

    def write_get_session(self, scope: Scope) -> list[str]:
        call = self.names("K", "get_session") + "()"
        if self.dice.chance(25):
            return [call]
        name = self.target(scope, "s")
        scope.sessions.append(name)
        return [f"{name} = {call}"]

    def write_register(self, scope: Scope) -> list[str]:
        session = self.dice.pick(scope.sessions)
        self.registered.add(session)
        call = f"{self.names('K', 'set_session')}({session})"
        if self.dice.chance(6) and self.flag():
            return [f"on() and {call}"]
        return [call]

    def write_first_initializer(self, scope: Scope) -> list[str]:
        session = self.dice.pick(scope.sessions)
        self.registered.add(session)
        initializer = self.names("tf", "global_variables_initializer") + "()"
        return [
            f"{self.names('K', 'set_session')}({session})",
            f"{session}.run({initializer})",
        ]

    def write_unregister(self, scope: Scope) -> list[str]:
        return [f"{self.names('K', 'set_session')}(None)"]

    def write_register_new(self, scope: Scope) -> list[str]:
        return [f"{self.names('K', 'set_session')}({self.new_session()})"]

    def write_register_closed(self, scope: Scope) -> list[str]:
        return [f"{self.names('K', 'set_session')}({self.dice.pick(scope.closed)})"]

    def write_build(self, scope: Scope) -> list[str]:
        name = self.target(scope, "m")
        given = self.dice.chance(45)
        form = self.dice.weighted(
            {
                "sequential": 5,
                "functional": 3,
                "add": 1,
                "load": 1,
                "clone": 1 if scope.models else 0,
            }
        )
        model = self.names("models", "Sequential")
        if form == "sequential":
            lines = [f"{name} = {model}([{self.layer(given)}])"]
        elif form == "add":
            lines = [f"{name} = {model}()", f"{name}.add({self.layer(given)})"]
        elif form == "load":
            lines = [f"{name} = {self.names('models', 'load_model')}({self.value('MODEL')})"]
        elif form == "clone":
            other = self.dice.pick(scope.models)
            lines = [f"{name} = {self.names('models', 'clone_model')}({other})"]
        else:
            start = self.fresh("i")
            lines = [
                f"{start} = {self.names('layers', 'Input')}((3,))",
                f"{name} = {self.names('models', 'Model')}({start}, "
                f"{self.layer(given, first=False)}({start}))",
            ]
        if self.dice.chance(20):
            lines.append(f"{name}.compile('sgd', 'mse')")
        scope.models.append(name)
        return lines

    def write_layer(self, scope: Scope) -> list[str]:
        name = self.target(scope, "d")
        scope.layers.append(name)
        return [f"{name} = {self.layer(given=False)}"]

    def write_finish(self, scope: Scope) -> list[str]:
        name = self.target(scope, "m")
        layer = self.dice.pick(scope.layers)
        scope.layers.remove(layer)
        scope.models.append(name)
        return [f"{name} = {self.names('models', 'Sequential')}([{layer}])"]

    def write_weightless(self, scope: Scope) -> list[str]:
        layer = self.dice.pick(["Dropout(0.5)", "Flatten()", "Activation('relu')"])
        return [f"{self.fresh('w')} = {self.names('layers', layer)}"]

    def write_again_given(self, scope: Scope) -> list[str]:
        """All models are given their weights again."""
        form = self.dice.pick(
            [f".load_weights({self.value('WEIGHTS')})", f".set_weights([{self.value('V')}])"]
        )
        return [model + form for model in scope.models]

    def write_again_weights(self, scope: Scope) -> list[str]:
        """One is given weights, an initializer runs over them, and it is given them again."""
        lines = self.write_initialize(scope)
        return [*lines, *self.write_again_given(scope)]

    def write_predict(self, scope: Scope) -> list[str]:
        return [f"{self.dice.pick(scope.models)}.predict(X)"]

    def write_access(self, scope: Scope) -> list[str]:
        model = self.dice.pick(scope.models)
        forms = [
            [f"{model}.set_weights([{self.value('V')}])"],
            [f"{model}.load_weights({self.value('WEIGHTS')})"],
            [f"{model}.get_weights()"],
            [f"{model}.save_weights(OUT)"],
            [f"{self.names('K', 'get_value')}({model}.weights[0])"],
            [f"{self.names('K', 'set_value')}({model}.weights[0], {self.value('V')})"],
        ]
        if self.kind == "dense":
            forms += [
                [f"{model}.compile('sgd', 'mse')", f"{model}.train_on_batch(X, Y)"],
                [f"{model}.compile('sgd', 'mse')", f"{model}.fit(X, Y, verbose=0)"],
            ]
        return self.dice.pick(forms)

    def write_initialize(self, scope: Scope) -> list[str]:
        op = self.dice.weighted(
            {
                self.names("tf", "global_variables_initializer") + "()": 4,
                f"{self.names('tf', 'variables_initializer')}"
                f"({self.names('tf', 'global_variables')}())": 1,
            }
        )
        if not scope.sessions or self.dice.chance(30):
            return [f"{self.names('K', 'get_session')}().run({op})"]
        if self.dice.chance(25):
            name = self.fresh("init")
            scope.initializers.append(name)
            return [f"{name} = {op}"]
        return [f"{self.dice.pick(scope.sessions)}.run({op})"]

    def write_run_initializer(self, scope: Scope) -> list[str]:
        op = self.dice.pick(scope.initializers)
        session = self.dice.pick(scope.sessions)
        return [self.dice.pick([f"{session}.run({op})", f"{op}.run(session={session})"])]

    def write_interactive(self, scope: Scope) -> list[str]:
        name = self.fresh("s")
        scope.sessions.append(name)
        self.registered.add(name)  # it can't stand in a `with`
        scope.open.append(name)
        return [f"{name} = {self.names('tf', 'InteractiveSession')}()"]

    def write_close(self, scope: Scope) -> list[str]:
        name = scope.open.pop()
        if name in scope.sessions:
            scope.sessions.remove(name)
        return [f"{name}.close()"]

    def write_clear(self, scope: Scope) -> list[str]:
        scope.models.clear()
        scope.layers.clear()
        scope.initializers.clear()
        if self.dice.chance(85):
            scope.sessions.clear()
        if self.dice.chance(20):
            return [self.names("tf", "reset_default_graph") + "()"]
        return [self.names("K", "clear_session") + "()"]
