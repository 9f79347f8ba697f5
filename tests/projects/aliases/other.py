from other_names import B, L


def early(sess):
    L.Dense(1)
    B.set_session(sess)
