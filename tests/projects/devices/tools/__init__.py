from machine import hide_gpus
