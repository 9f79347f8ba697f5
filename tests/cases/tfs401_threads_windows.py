import threading
import tkinter as tk

import tensorflow as tf
from keras.models import load_model
from PyQt5.QtWidgets import QMainWindow, QPushButton



# TFS401: a window's buttons keep its methods, and change nothing of it.
class Window(QMainWindow):
    def __init__(self):
        super().__init__()
        self.model = load_model("model.h5")
        self.button = QPushButton("Score", self)
        self.button.clicked.connect(self.start)

    def start(self):
        threading.Thread(target=self.work).start()

    def work(self):
        self.model.predict([0])  # expect: TFS401


class Panel(tk.Frame):
    def __init__(self, root):
        super().__init__(root)
        self.graph = tf.get_default_graph()
        self.model = load_model("model.h5")
        tk.Button(self, text="Score", command=self.start).pack()
        tk.Button(self, text="Stop", command=self.stop).pack().later(self)

    def start(self):
        threading.Thread(target=self.work).start()

    def stop(self):
        threading.Thread(target=self.work_there).start()

    def work(self):
        self.model.predict([0])

    def work_there(self):
        with self.graph.as_default():
            self.model.predict([0])


# The thread that the windows are in is the one that loaded.
class Plain(tk.Tk):
    def __init__(self):
        super().__init__()
        self.model = load_model("model.h5")
        tk.Button(self, text="Score", command=self.work).pack()

    def work(self):
        self.model.predict([0])
