from .first import First


class Second(First):
    def __init__(self):
        super().__init__(7)
