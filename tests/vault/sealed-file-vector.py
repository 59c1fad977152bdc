#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints sealed-file-vector.h: a sealed file as docs/STORAGE.md describes it, made with libsodium and
without this program. The beginning of a secretstream is random, so each run gives another one."""

import ctypes
import ctypes.util
import textwrap

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
sodium.sodium_init()

KEY = bytes(range(32))
FILE_ID = bytes(range(0x40, 0x50))
TEXT = b"Een verzonnen brief aan gezin Voorbeeld."
FINAL = sodium.crypto_secretstream_xchacha20poly1305_tag_final()


def seal(text):
    state = ctypes.create_string_buffer(sodium.crypto_secretstream_xchacha20poly1305_statebytes())
    header = ctypes.create_string_buffer(24)
    sealed = ctypes.create_string_buffer(len(text) + 17)
    place = b"GZF1" + FILE_ID + (0).to_bytes(8, "little")
    sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, KEY)
    sodium.crypto_secretstream_xchacha20poly1305_push(
        state, sealed, None, text, ctypes.c_ulonglong(len(text)), place, ctypes.c_ulonglong(len(place)),
        ctypes.c_ubyte(FINAL))
    return b"GEZFILE1" + FILE_ID + header.raw + sealed.raw


def hash_of(text):
    digest = ctypes.create_string_buffer(32)
    sodium.crypto_generichash(digest, ctypes.c_size_t(32), text, ctypes.c_ulonglong(len(text)), None,
                              ctypes.c_size_t(0))
    return digest.raw


def literal(data):
    lines = textwrap.wrap(data.hex(), 96)
    return "\n".join(f'    "{line}"' for line in lines) + ";"


print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Made by sealed-file-vector.py. */")
print(literal(hash_of(TEXT)))
print("static const char vector_file[] =")
print(literal(seal(TEXT)))
