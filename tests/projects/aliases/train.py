from names import B, L


# Nothing here names the library: only what the other file imports tells what these are.
def early(sess):
    L.Dense(1)  # expect: TFS101
    B.set_session(sess)


def late(sess):
    B.set_session(sess)
    L.Dense(1)
