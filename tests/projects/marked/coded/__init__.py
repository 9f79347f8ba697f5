# coding: no-such-codec
