from .network import Autoencoder
from .train import train


def main(data):
    net = Autoencoder(3)
    net.build()  # expect: TFS101
    train(data, net.model)


def only_made(data):
    net = Autoencoder(3)
    train(data, net.model)
