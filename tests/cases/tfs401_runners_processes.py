import asyncio
from concurrent.futures import ProcessPoolExecutor

from keras.models import load_model

MODEL = load_model("model.h5")


# An executor of processes has no threads.
async def in_a_process(x):
    with ProcessPoolExecutor() as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, MODEL.predict, x)
