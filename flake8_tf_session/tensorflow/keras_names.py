"""The names of Keras, read off the live namespaces of its versions."""

from __future__ import annotations

LAYERS = frozenset(
    """
    AbstractRNNCell Activation ActivityRegularization AdaptiveAveragePooling1D
    AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
    AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention AugMix AutoContrast
    Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D
    BatchNormalization Bidirectional CategoryCrossing CategoryEncoding CenterCrop Concatenate
    ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D Conv2DTranspose
    Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvRNN2D
    ConvRecurrent2D Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose
    Convolution3D Convolution3DTranspose Cropping1D Cropping2D Cropping3D CuDNNGRU CuDNNLSTM
    CutMix Deconv2D Deconv3D Deconvolution2D Deconvolution3D Dense DenseFeatures DepthwiseConv1D
    DepthwiseConv2D Discretization Dot Dropout DynamicEmbedding DynamicLookup ELU EinsumDense
    Embedding Equalization Flatten FlaxLayer GRU GRUCell GaussianDropout GaussianNoise
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D
    GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization
    GroupQueryAttention HashedCrossing Hashing Highway Identity InputLayer IntegerLookup
    JaxLayer LSTM LSTMCell Lambda Layer LayerNormalization LeakyReLU LocallyConnected1D
    LocallyConnected2D Masking MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D
    MaxPooling2D MaxPooling3D Maximum MaxoutDense MelSpectrogram Merge Minimum MixUp
    MultiHeadAttention Multiply Normalization PReLU PeepholeLSTMCell Permute Pipeline
    PreprocessingLayer RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration
    RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip
    RandomFourierFeatures RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert
    RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness
    RandomShear RandomTranslation RandomWidth RandomZoom ReLU Recurrent RepeatVector Rescaling
    Reshape Resizing ReversibleEmbedding STFTSpectrogram SeparableConv1D SeparableConv2D
    SeparableConvolution1D SeparableConvolution2D SequenceFeatures SimpleRNN SimpleRNNCell
    Softmax Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D
    SpectralNormalization StackedRNNCells StringLookup Subtract SyncBatchNormalization TFSMLayer
    TextVectorization ThresholdedReLU TimeDistributed TorchModuleWrapper UnitNormalization
    UpSampling1D UpSampling2D UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D
    """.split()
)

# Layers, and functions that make some, that can hold no weights.
WEIGHTLESS = frozenset(
    """
    Activation ActivityRegularization Add AlphaDropout Average AveragePooling1D AveragePooling2D
    AveragePooling3D AvgPool1D AvgPool2D AvgPool3D CenterCrop Concatenate Cropping1D Cropping2D
    Cropping3D Dot Dropout ELU Flatten GaussianDropout GaussianNoise GlobalAveragePooling1D
    GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D
    GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D GlobalMaxPooling2D
    GlobalMaxPooling3D Identity Input InputLayer Lambda LeakyReLU Masking MaxPool1D MaxPool2D
    MaxPool3D MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum Multiply Permute ReLU
    RepeatVector Rescaling Reshape Resizing Softmax SpatialDropout1D SpatialDropout2D
    SpatialDropout3D Subtract ThresholdedReLU UnitNormalization UpSampling1D UpSampling2D
    UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D add average concatenate dot maximum
    minimum multiply subtract
    """.split()
)

APPLICATIONS = frozenset(
    """
    ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169
    DenseNet201 EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4
    EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1
    EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S
    InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small
    NASNetLarge NASNetMobile RegNetX002 RegNetX004 RegNetX006 RegNetX008 RegNetX016 RegNetX032
    RegNetX040 RegNetX064 RegNetX080 RegNetX120 RegNetX160 RegNetX320 RegNetY002 RegNetY004
    RegNetY006 RegNetY008 RegNetY016 RegNetY032 RegNetY040 RegNetY064 RegNetY080 RegNetY120
    RegNetY160 RegNetY320 ResNet101 ResNet101V2 ResNet152 ResNet152V2 ResNet50 ResNet50V2
    ResNetRS101 ResNetRS152 ResNetRS200 ResNetRS270 ResNetRS350 ResNetRS420 ResNetRS50 VGG16
    VGG19 Xception
    """.split()
)

# Functions that make layers, or apply one; functions that make models.
LAYER_FUNCTIONS = frozenset(
    """
    AtrousConvolution1D AtrousConvolution2D Input add average concatenate dot maximum minimum
    multiply subtract
    """.split()
)

MODELS = frozenset("Functional LinearModel Model Network Sequential WideDeepModel".split())

MODEL_FUNCTIONS = frozenset("clone_model model_from_config model_from_json model_from_yaml".split())

# Attributes of a model (or layer) that are texts and numbers.
PLAIN_ATTRIBUTES = frozenset("input_names input_shape name output_names output_shape".split())
# Those, and others, through which nobody gets at its weights.
TENSOR_ATTRIBUTES = PLAIN_ATTRIBUTES | frozenset("input inputs output outputs".split())

# Attributes that are tensors or variables: running them needs the weights.
RUN_ATTRIBUTES = frozenset(
    """
    bias kernel non_trainable_variables non_trainable_weights output outputs trainable_variables
    trainable_weights variables weights
    """.split()
)

# Methods of a model (or layer) that need the values of its weights.
READING_METHODS = frozenset(
    """
    evaluate evaluate_generator fit fit_generator get_weights predict predict_classes
    predict_generator predict_on_batch predict_proba save save_weights test_on_batch
    train_on_batch
    """.split()
)

# Those of them that only keep the values elsewhere, and those that train.
KEEPING_METHODS = frozenset("save save_weights".split())
TRAINING_METHODS = frozenset("fit fit_generator train_on_batch".split())

# Those that call the hooks of callbacks, with the position of `callbacks`.
CALLBACK_METHODS = {
    "evaluate": 6,
    "evaluate_generator": 2,
    "fit": 5,
    "fit_generator": 4,
    "predict": 4,
    "predict_generator": 2,
}
# The same take batches from a generator, which another thread runs; the parameters that are one.
CONSUMING_METHODS = frozenset(CALLBACK_METHODS)
GENERATOR_PARAMETERS = (("generator", 0), ("x", 0), ("validation_data", None))
# The hooks that a `LambdaCallback` is given, in that order.
LAMBDA_HOOKS = (
    "on_epoch_begin on_epoch_end on_batch_begin on_batch_end on_train_begin on_train_end".split()
)

# Those that give it values: what it had before is of no account afterwards.
GIVING_METHODS = frozenset("load_weights set_weights".split())

# The position of `weights` in the constructors of keras.applications whose names begin so; 1 for
# all others.
WEIGHTS_POSITIONS = {
    "ConvNeXt": 3,
    "MobileNet": 5,
    "MobileNetV2": 3,
    "MobileNetV3": 4,
    "NASNet": 2,
    "RegNet": 3,
}

# Layers that know the shape of their inputs, and the arguments by which others do.
SHAPED_LAYERS = frozenset("Embedding Input InputLayer".split())
SHAPE_ARGUMENTS = ("batch_input_shape", "batch_shape", "input_dim", "input_shape")
# Classes of `keras.wrappers.scikit_learn` whose `fit` calls a function that builds a model.
ESTIMATORS = frozenset("KerasClassifier KerasRegressor".split())
# Their methods that need the values of its weights, beside those that models have.
ESTIMATOR_METHODS = frozenset(("score",))

# Functions of keras.backend that read or set the values of variables.
BACKEND_WEIGHTS = frozenset("batch_get_value batch_set_value eval get_value set_value".split())

# Those that are about sessions.
BACKEND_SESSIONS = frozenset("clear_session get_session set_session".split())

# The methods of a model of standalone Keras by the function that they need, which is made once:
# before Keras 2.3 it then works in every thread.
_FUNCTION_USERS = {
    "predict": "predict predict_classes predict_generator predict_on_batch predict_proba",
    "test": "evaluate evaluate_generator test_on_batch",
    "train": "fit fit_generator train_on_batch",
}

FUNCTION_OF = {
    method: kind
    for kind, methods in _FUNCTION_USERS.items()
    for method in (f"_make_{kind}_function", *methods.split())
}

# Other methods of a model (or layer): they do nothing to sessions.
OTHER_METHODS = frozenset(
    "add build compile count_params get_config get_layer summary to_json".split()
)

# Those of them that return what another model can be made of, which has weights of its own.
DESCRIBING_METHODS = frozenset("get_config to_json".split())
# Methods that models of Keras have, and those of no other library that has `fit` and `predict`.
KERAS_METHODS = frozenset(
    """
    count_params evaluate_generator fit_generator get_layer predict_generator predict_on_batch
    save_weights test_on_batch train_on_batch
    """.split()
)

# Modules of functions that compute something: whichever a program chooses keeps nothing alive.
COMPUTING_MODULES = frozenset("activations backend losses metrics".split())

# Names by which a star import of keras.backend hides those that Python has.
BACKEND_BUILTINS = frozenset("abs all any eval max min pow round sum".split())

# How the `keras` of TensorFlow 2 is spelled in graph mode: `tf.keras.backend.set_session` is one of
# TensorFlow 1 alone.
VERSION_2_SPELLINGS = ("tensorflow.compat.v1.keras.", "tensorflow.python.keras.", "tf_keras.")
