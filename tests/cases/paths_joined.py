import os
from contextlib import contextmanager

import tensorflow as tf
from foreign import arguments, models, use
from keras import backend as K
from keras.layers import Dense
from keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# --- flows whose paths are too many: what differs is joined, the rest is known ---


# Models that are read again: which of them there are differs.
def many_models(sess, a, b, c, d, e, f):
    if a:
        first = Sequential([Dense(1)])  # expect: TFS101
    if b:
        second = Sequential([Dense(1)])  # expect: TFS101
    if c:
        third = Sequential([Dense(1)])  # expect: TFS101
    if d:
        fourth = Sequential([Dense(1)])  # expect: TFS101
    if e:
        fifth = Sequential([Dense(1)])  # expect: TFS101
    if f:
        sixth = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    return first, second, third, fourth, fifth, sixth


def many_models_in_order(sess, a, b, c, d, e, f):
    K.set_session(sess)
    if a:
        first = Sequential([Dense(1)])
    if b:
        second = Sequential([Dense(1)])
    if c:
        third = Sequential([Dense(1)])
    if d:
        fourth = Sequential([Dense(1)])
    if e:
        fifth = Sequential([Dense(1)])
    if f:
        sixth = Sequential([Dense(1)])
    return first, second, third, fourth, fifth, sixth


# Which session is used differs: nothing is known of it, but of what was built before.
def many_sessions(x, a, b, c, d, e, f, g, h):
    before = load_model("before.h5")  # expect: TFS103
    one = two = three = four = five = six = seven = eight = None
    if a:
        one = tf.Session(config=CONFIG)
        K.set_session(one)
    if b:
        two = tf.Session(config=CONFIG)
        K.set_session(two)
    if c:
        three = tf.Session(config=CONFIG)
        K.set_session(three)
    if d:
        four = tf.Session(config=CONFIG)
        K.set_session(four)
    if e:
        five = tf.Session(config=CONFIG)
        K.set_session(five)
    if f:
        six = tf.Session(config=CONFIG)
        K.set_session(six)
    if g:
        seven = tf.Session(config=CONFIG)
        K.set_session(seven)
    if h:
        eight = tf.Session(config=CONFIG)
        K.set_session(eight)
    model = load_model("model.h5")
    model.predict(x)
    with two:
        model.predict(x)  # expect: TFS106
    return before, one, two, three, four, five, six, seven, eight


# Nor of what was built there, and in which graph.
def many_sessions_and_graphs(x, sess, a, b, c, d, e):
    one = two = three = four = five = None
    if a:
        K.clear_session()
    if b:
        one = tf.Session(config=CONFIG)
        K.set_session(one)  # expect: TFS302
    if c:
        two = tf.Session(config=CONFIG)
        K.set_session(two)  # expect: TFS302
    with tf.Graph().as_default() if d else sess:
        model = Sequential([Dense(1)])
        if e:
            three = tf.Session(config=CONFIG)
            K.set_session(three)
        if x.f:
            four = tf.Session(config=CONFIG)
            K.set_session(four)
        if x.g:
            five = tf.Session(config=CONFIG)
            K.set_session(five)
    model.predict(x)
    K.set_session(sess)
    return model.predict(x), one, two, three, four, five


# Which value a function returns that leaves a block on the way.
@contextmanager
def timed(x):
    yield
    if x.a:
        first = Sequential([Dense(1)])
    if x.b:
        second = Sequential([Dense(1)])
    if x.c:
        third = Sequential([Dense(1)])
    if x.d:
        fourth = Sequential([Dense(1)])
    if x.e:
        fifth = Sequential([Dense(1)])
    use(first, second, third, fourth, fifth)


def one_of_two_returned(x):
    with timed(x):
        if x.f:
            return tf.Session(config=CONFIG)
        return load_model("model.h5")


def returned_on_the_way(x, sess):
    model = load_model("model.h5")  # expect: TFS103
    other = one_of_two_returned(x)  # expect: TFS101
    K.set_session(sess)
    return model, other


def one_of_many_sessions(x, a, b, c, d, e, f):
    model = load_model("model.h5")  # expect: TFS103
    model.predict(x)  # expect: TFS103
    chosen = tf.Session(config=CONFIG)
    if a:
        chosen = tf.Session(config=CONFIG)
    second = tf.Session(config=CONFIG) if b else tf.Session(config=CONFIG)
    third = tf.Session(config=CONFIG) if c else tf.Session(config=CONFIG)
    fourth = tf.Session(config=CONFIG) if d else tf.Session(config=CONFIG)
    fifth = tf.Session(config=CONFIG) if e else tf.Session(config=CONFIG)
    sixth = tf.Session(config=CONFIG) if f else tf.Session(config=CONFIG)
    with chosen:
        model.summary()
    with chosen.as_default():
        other = load_model("other.h5")
        K.set_session(chosen)
    return model, other, second, third, fourth, fifth, sixth


# The common part of what is entered stays entered.
def many_entered(x, a, b, c, d, e, f):
    model = load_model("model.h5")  # expect: TFS103
    model.predict(x)  # expect: TFS103
    with tf.Session(config=CONFIG):
        if a:
            tf.InteractiveSession(config=CONFIG)
        if b:
            tf.InteractiveSession(config=CONFIG)
        if c:
            tf.InteractiveSession(config=CONFIG)
        if d:
            tf.InteractiveSession(config=CONFIG)
        if e:
            tf.InteractiveSession(config=CONFIG)
        if f:
            tf.InteractiveSession(config=CONFIG)
        other = load_model("other.h5")
        K.set_session(x)
    return model, other


# The graph as well.
def many_graphs(x, a, b, c, d, e, f):
    before = load_model("before.h5")
    if a:
        K.clear_session()
    if b:
        K.clear_session()
    if c:
        K.clear_session()
        K.clear_session()
    if d:
        first = tf.Session(config=CONFIG)
    if e:
        second = tf.Session(config=CONFIG)
    if f:
        third = tf.Session(config=CONFIG)
    model = load_model("model.h5")
    return before, model.predict(x), first, second, third


# Where weights are, and which objects stand for the same call.
def many_homes(x, sess, a, b, c, d, e, f):
    K.set_session(tf.Session(config=CONFIG))
    first = tf.Session(config=CONFIG) if a else None
    second = tf.Session(config=CONFIG) if b else None
    third = tf.Session(config=CONFIG) if c else None
    if d:
        K.set_session(sess)
    model = Sequential([Dense(1)])
    early = load_model("early.h5")
    if e:
        model.predict(x)
    if f:
        with tf.Session(config=CONFIG):
            model.load_weights("model.h5")  # expect: TFS106
            early.load_weights("early.h5")  # expect: TFS106
    use(first)
    model.predict(x)
    return early.predict(x), second, third


# One of many models: what happens to it happens to each.
def one_of_many_models(sess, x, a, b, c, d, e, f):
    model = Sequential([Dense(1)])  # expect: TFS101
    if a:
        model = load_model("a.h5")  # expect: TFS103
    if b:
        model = load_model("b.h5")  # expect: TFS103
    second = load_model("c.h5") if c else None  # expect: TFS103
    third = load_model("d.h5") if d else None  # expect: TFS103
    fourth = load_model("e.h5") if e else None  # expect: TFS103
    fifth = load_model("f.h5") if f else None  # expect: TFS103
    model.predict(x)  # expect: TFS103
    K.set_session(sess)
    return model, second, third, fourth, fifth


# Configs: only one that is known lacks growth.
def one_of_many_configs(a, b, c, d, e, f):
    first = tf.ConfigProto() if a else tf.ConfigProto(allow_soft_placement=True)
    second = tf.ConfigProto() if b else tf.ConfigProto(allow_soft_placement=True)
    third = tf.ConfigProto() if c else tf.ConfigProto(allow_soft_placement=True)
    fourth = tf.ConfigProto() if d else tf.ConfigProto(allow_soft_placement=True)
    fifth = tf.ConfigProto() if e else tf.ConfigProto(allow_soft_placement=True)
    sixth = tf.ConfigProto() if f else tf.ConfigProto(allow_soft_placement=True)
    first.gpu_options.allow_growth = True
    use(second, third, fourth, fifth, sixth)
    return tf.Session(config=first), tf.Session()  # expect: TFS201


def growth_of_some(a, b, c, d, e, f):
    first = tf.ConfigProto()
    second, third = tf.ConfigProto(), tf.ConfigProto()
    if a:
        first.gpu_options.allow_growth = True
    if b:
        second.gpu_options.allow_growth = True
    if c:
        third.gpu_options.allow_growth = True
    fourth = tf.ConfigProto() if d else None
    fifth = tf.ConfigProto() if e else None
    sixth = tf.ConfigProto() if f else None
    use(second, third, fourth, fifth, sixth)
    return tf.Session(config=first)


# Expressions: arguments, and calls of what a call returned.
def many_outcomes(sess, a, b, c, d, e, f):
    use(
        Dense if a else print,
        Dense if b else print,
        Dense if c else print,
        Dense if d else print,
        Dense if e else print,
        Dense if f else print,
    )
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    Dense(1)


def many_links(sess, a, b, c, d, e, f):
    use(Dense if a else print, Dense if b else print, Dense if c else print)(
        Dense if d else print, Dense if e else print, Dense if f else print
    )
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    Dense(1)


def one_of_eight(a):
    if a == 1:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 2:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 3:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 4:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 5:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 6:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    if a == 7:
        return tf.ConfigProto(), tf.Session(config=CONFIG)
    return tf.ConfigProto(), tf.Session(config=CONFIG)


def many_calls(sess, a, b):
    pairs = one_of_eight(a), one_of_eight(b)
    Dense(1)  # expect: TFS101
    K.set_session(sess)
    return pairs


# --- programs of that shape: imports, weights, options, environment ---


def train(options):
    if options.parser == "voc":
        from foreign.voc import get_data
    elif options.parser == "simple":
        from foreign.simple import get_data
    elif options.parser == "coco":
        from foreign.coco import get_data
    else:
        raise ValueError("unknown parser")
    if options.network == "vgg":
        from foreign import vgg as net
    elif options.network == "resnet":
        from foreign import resnet as net
    elif options.network == "mobilenet":
        from foreign import mobilenet as net
    else:
        raise ValueError("unknown network")
    if options.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = options.gpu
    weights = options.weights if options.weights else net.weights()
    images, classes = get_data(options.path)
    if "background" not in classes:
        classes["background"] = 0
    shape = (3, None, None) if K.image_data_format() == "channels_first" else (None, None, 3)
    inputs = arguments.input(shape=shape)
    rois = arguments.input(shape=(None, 4))
    base = net.base(inputs, trainable=True)
    outputs = net.rpn(base, 9)
    proposals = Model(inputs, outputs[:2])  # expect: TFS101
    classifier = Model([inputs, rois], net.classifier(base, rois))  # expect: TFS101
    try:
        proposals.load_weights(weights, by_name=True)  # expect: TFS103
        classifier.load_weights(weights, by_name=True)  # expect: TFS103
    except IOError:
        print("no weights")
    optimizer = options.optimizer or "adam"
    proposals.compile(optimizer=optimizer, loss="mse")
    classifier.compile(optimizer=optimizer, loss="mse")
    K.set_session(tf.Session(config=CONFIG))
    for epoch in range(options.epochs):
        while True:
            try:
                if epoch and options.verbose:
                    print(epoch)
                losses = proposals.train_on_batch(images, classes)
                if len(losses) == 0:
                    best, kept = None, []
                elif options.best:
                    best, kept = losses, [1]
                else:
                    best = None
                    kept = [2]
                if best is not None and kept:
                    classifier.train_on_batch(best, kept)
                if losses:
                    classifier.save_weights("best.h5")
                    break
            except Exception as error:
                print(error)
                continue


def open_session():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


def open_greedy_session():
    return tf.Session()  # expect: TFS201


def generators(args, preprocess):
    common = {"batch_size": args.batch_size, "preprocess": preprocess}
    if args.transform:
        transform, effect = arguments.random_transform(), arguments.effect()
    else:
        transform, effect = arguments.flip(), None
    if args.dataset == "coco":
        from foreign.coco import Generator

        training, validation = Generator(args.coco, transform, effect, **common), None
    elif args.dataset == "pascal":
        from foreign.pascal import Generator

        training, validation = Generator(args.pascal, transform, effect, **common), None
    elif args.dataset == "csv":
        from foreign.csv import Generator

        training = Generator(args.csv, transform, effect, **common)
        validation = Generator(args.validation, **common) if args.validation else None
    else:
        raise ValueError("unknown dataset")
    return training, validation


def callbacks(model, training, prediction, validation, args):
    found = []
    board = None
    if args.board_dir:
        board = arguments.board(args.board_dir)
        found.append(board)
    if args.evaluation and validation:
        evaluation = arguments.coco(validation) if args.coco else arguments.evaluate(validation)
        found.append(arguments.redirect(evaluation, prediction))
    if args.snapshots:
        found.append(arguments.checkpoint(args.snapshot_path))
    found.append(arguments.plateau())
    return found


def retinanet(args=None):
    args = arguments.parse(args)
    backbone = models.backbone(args.backbone)
    if args.check:
        arguments.check_version()
    if args.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = args.gpu
    if args.early:
        K.set_session(open_session())
    if args.config:
        args.config = arguments.read(args.config)
    training_data, validation_data = generators(args, backbone.preprocess)
    if args.snapshot is not None:
        model = load_model(args.snapshot)  # expect: TFS103
        training = model
        anchors = None
        if args.config and "anchors" in args.config:
            anchors = arguments.anchors(args.config)
        prediction = models.bbox(model=model, anchors=anchors)
    else:
        weights = args.weights
        if weights is None and args.imagenet:
            weights = backbone.download()
        model = Sequential([Dense(1)])  # expect: TFS101
        if weights is not None:
            model.load_weights(weights)  # expect: TFS103
        training = models.parallel(model) if args.multi_gpu > 1 else model
        prediction = models.bbox(model=model)
    print(model.summary())
    if "vgg" in args.backbone or "densenet" in args.backbone:
        training_data.shapes = models.shapes(model)
        if validation_data:
            validation_data.shapes = training_data.shapes
    found = callbacks(model, training, prediction, validation_data, args)
    if not args.validate:
        validation_data = None
    K.set_session(open_greedy_session())  # expect: TFS104
    return training.fit_generator(training_data, validation_data, callbacks=found)


def drive(cfg, model_path=None, use_joystick=False, kind=None, camera="single", meta=()):
    if cfg.gpu is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = cfg.gpu
    if kind is None:
        kind = cfg.train_loop if cfg.train else cfg.default_kind
    if camera == "stereo":
        if cfg.camera == "webcam":
            from foreign.camera import Webcam as Camera
        else:
            from foreign.camera import Pi as Camera
        parts = [Camera(0), Camera(1)]
    elif cfg.camera == "cv":
        from foreign.cv import Camera

        parts = [Camera()]
    elif cfg.camera == "mock":
        from foreign.mock import Camera

        parts = [Camera()]
    else:
        parts = [arguments.camera(cfg)]
    if use_joystick or cfg.joystick:
        if cfg.controller == "nrf":
            from foreign.nrf import Controller
        else:
            from foreign.joystick import Controller
        controller = Controller(cfg)
        if cfg.network:
            controller.connect(arguments.network(cfg))
    else:
        from foreign.web import Controller

        controller = Controller()
    if cfg.lidar:
        from foreign.lidar import Lidar

        parts.append(Lidar())
    if cfg.led:
        from foreign.led import Led

        parts.append(Led(cfg))
    network = None
    if model_path:
        if kind == "linear":
            network = Sequential([Dense(1)])  # expect: TFS101
        elif kind == "categorical":
            network = Sequential([Dense(15)])  # expect: TFS101
        else:
            network = arguments.network_of(kind)
        if ".h5" in model_path:
            network = load_model(model_path)  # expect: TFS103
        elif ".json" in model_path:
            weights = model_path.replace(".json", ".weights")
            network.load_weights(weights)  # expect: TFS103
        else:
            print("unknown model")
    if cfg.drive_train == "servo":
        from foreign.actuator import Servo

        parts += [Servo(cfg)]
    elif cfg.drive_train == "dc":
        from foreign.actuator import Motor

        parts += [Motor(cfg)]
    if cfg.record:
        from foreign.tub import Tub

        parts.append(Tub(cfg))
    K.set_session(open_session())
    return arguments.vehicle(parts, controller, network)


# --- whether the GPUs are hidden tells no paths apart ---


def hidden_by_some(args):
    if args.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = args.gpu
    return tf.Session()  # expect: TFS201


def hidden_by_all(args):
    if args.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = args.gpu
    else:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session()


def hidden_with_no_config(args, given):
    config = given
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        config = None
    return tf.Session(config=config)


def hidden_with_a_config(args, given):
    config = None
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        config = given
    return tf.Session(config=config)  # expect: TFS201


def hidden_with_none_or_not(args, given):
    config = None if args.default else given
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    return tf.Session(config=config)  # expect: TFS201


def hidden_with_a_known_config(args):
    config = tf.ConfigProto()
    if args.cpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    else:
        config.gpu_options.allow_growth = True
    return tf.Session(config=config)
