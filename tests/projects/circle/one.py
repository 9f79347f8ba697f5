from keras import backend as K

from two import middle


def first(sess):
    K.set_session(sess)


def last(sess):
    middle(sess)
