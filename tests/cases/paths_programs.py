import os

import tensorflow as tf
from foreign import arguments, models
from keras import backend as K
from keras.layers import Dense
from keras.models import Model, Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# Real programs have more paths than can be told apart: imports, weights, options, environment.
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
