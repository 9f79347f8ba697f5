from tensorflow.compat.v1.keras.layers import Dense  # expect: TFS900
from tensorflow.compat.v1.keras import backend as K

# Calls are nested deeper than they are followed.
build0 = lambda: Dense(1)
build1 = lambda: [Dense, build0()]
build2 = lambda: [Dense, build1()]
build3 = lambda: [Dense, build2()]
build4 = lambda: [Dense, build3()]
build5 = lambda: [Dense, build4()]
build6 = lambda: [Dense, build5()]
build7 = lambda: [Dense, build6()]
build8 = lambda: [Dense, build7()]
build9 = lambda: [Dense, build8()]
build10 = lambda: [Dense, build9()]
build11 = lambda: [Dense, build10()]
build12 = lambda: [Dense, build11()]
build13 = lambda: [Dense, build12()]
build14 = lambda: [Dense, build13()]
build15 = lambda: [Dense, build14()]
build16 = lambda: [Dense, build15()]
build17 = lambda: [Dense, build16()]
build18 = lambda: [Dense, build17()]
build19 = lambda: [Dense, build18()]
build20 = lambda: [Dense, build19()]
build21 = lambda: [Dense, build20()]
build22 = lambda: [Dense, build21()]
build23 = lambda: [Dense, build22()]
build24 = lambda: [Dense, build23()]
build25 = lambda: [Dense, build24()]
build26 = lambda: [Dense, build25()]
build27 = lambda: [Dense, build26()]
build28 = lambda: [Dense, build27()]
build29 = lambda: [Dense, build28()]
build30 = lambda: [Dense, build29()]
build31 = lambda: [Dense, build30()]
build32 = lambda: [Dense, build31()]
build33 = lambda: [Dense, build32()]
build34 = lambda: [Dense, build33()]
build35 = lambda: [Dense, build34()]
build36 = lambda: [Dense, build35()]
build37 = lambda: [Dense, build36()]
build38 = lambda: [Dense, build37()]
build39 = lambda: [Dense, build38()]
build40 = lambda: [Dense, build39()]
layer = build40()


def register(sess):
    K.set_session(sess)
