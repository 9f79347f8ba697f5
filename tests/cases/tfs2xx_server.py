import tensorflow as tf

CLUSTER = tf.train.ClusterSpec({"worker": ["localhost:2222"]})


def growth_config():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return config


# A session with a target uses the devices of its server: that one's config counts.
def server_with_growth(op):
    server = tf.train.Server(CLUSTER, config=growth_config())
    with tf.Session(server.target) as sess:
        sess.run(op)
    with tf.train.MonitoredTrainingSession(master=server.target) as sess:
        sess.run(op)


def server_with_growth_by_position():
    server = tf.train.Server(CLUSTER, "worker", 0, None, growth_config())
    return tf.Session(target=server.target)


def server_without(op):
    server = tf.train.Server(CLUSTER, "worker", 0)
    with tf.Session(server.target) as sess:  # expect: TFS201
        sess.run(op)
    with tf.train.MonitoredTrainingSession(server.target) as sess:  # expect: TFS201
        sess.run(op)


# ... whatever the session's says.
def server_without_and_session_with():
    server = tf.train.Server({"worker": ["localhost:2222"]}, config=tf.ConfigProto())
    return tf.Session(server.target, config=growth_config())  # expect: TFS201


def server_with_and_session_without():
    server = tf.train.Server(CLUSTER, config=growth_config())
    return tf.Session(server.target, config=tf.ConfigProto())


# An InteractiveSession asks for growth by itself, but not its server.
def interactive():
    server = tf.distribute.Server(CLUSTER)
    return tf.InteractiveSession(server.target)  # expect: TFS201


def interactive_with_growth():
    server = tf.distribute.Server(CLUSTER, config=growth_config())
    return tf.InteractiveSession(server.target)


# The other sessions have it as their master.
def singular():
    server = tf.train.Server.create_local_server()
    return tf.train.SingularMonitoredSession(None, None, server.target)  # expect: TFS201


def singular_with_growth():
    server = tf.train.Server.create_local_server(growth_config())
    return tf.train.SingularMonitoredSession(None, None, server.target)


def creator():
    server = tf.train.Server(CLUSTER)
    chief = tf.train.ChiefSessionCreator(None, server.target, growth_config())
    return tf.train.MonitoredSession(session_creator=chief)  # expect: TFS201


def creator_with_growth():
    server = tf.train.Server(CLUSTER, config=growth_config())
    worker = tf.train.WorkerSessionCreator(master=server.target)
    return tf.train.MonitoredSession(session_creator=worker)


def managed(folder):
    server = tf.train.Server(CLUSTER)
    supervisor = tf.train.Supervisor(logdir=folder)
    return supervisor.managed_session(server.target)  # expect: TFS201


def managed_with_growth(folder):
    server = tf.train.Server(CLUSTER, config=growth_config())
    supervisor = tf.train.Supervisor(logdir=folder)
    return supervisor.managed_session(server.target)


# A server that can't see a GPU.
def no_gpu():
    config = tf.ConfigProto(device_count={"GPU": 0})
    server = tf.train.Server(CLUSTER, config=config)
    return tf.Session(server.target)


# It copies its config when it is created.
def too_late():
    config = tf.ConfigProto()
    server = tf.train.Server(CLUSTER, config=config)
    config.gpu_options.allow_growth = True  # expect: TFS202
    return tf.Session(server.target)  # expect: TFS201


def later_still():
    config = tf.ConfigProto()
    server = tf.train.Server(CLUSTER, config=config)
    sess = tf.Session(server.target)  # expect: TFS201
    config.gpu_options.allow_growth = True  # expect: TFS202
    return sess


def options_too_late():
    options = tf.GPUOptions()
    config = tf.ConfigProto(gpu_options=options)
    options.allow_growth = True  # expect: TFS202
    server = tf.train.Server(CLUSTER, config=config)
    return tf.Session(server.target)  # expect: TFS201


# A server takes growth as well as a session does.
def for_others_to_use():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    tf.train.Server(CLUSTER, config=config).join()


# What the server has is unknown.
def unknown_config(config):
    return tf.Session(tf.train.Server(CLUSTER, config=config).target)


def unknown_definition(definition):
    return tf.Session(tf.train.Server(definition).target)


def server_definition():
    return tf.Session(tf.train.Server(tf.train.ServerDef()).target)


def unknown_target(target):
    return tf.Session(target)


def remote():
    return tf.Session("grpc://localhost:2222")


# No target at all.
def no_target():
    return tf.Session(target=None), tf.Session(target="")  # expect: TFS201, TFS201
