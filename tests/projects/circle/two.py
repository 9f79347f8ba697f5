from one import first


def middle(sess):
    first(sess)
