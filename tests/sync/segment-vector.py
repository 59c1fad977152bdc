#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints segment-vector.h: a segment as docs/SYNC.md describes it, made with libsodium and without this program."""

import base64
import ctypes
import ctypes.util
import hashlib
import struct
import textwrap

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
sodium.sodium_init()

TEAM, DEVICE, CIRCLE_KEY, TEAM_KEY = b"\x11" * 16, b"\x22" * 16, b"\x02" * 32, b"\x01" * 32
SEQUENCE = 3


def hashed(name, *parts, key=b"", size=32):
    """H and K: the name with its zero, and each part with its length."""
    digest = hashlib.blake2b(b"gezinsplan/" + name + b"\0", key=key, digest_size=32)
    for part in parts:
        digest.update(struct.pack("<I", len(part)) + part)
    return digest.digest()[:size]


def padme(length):
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def seal(key, nonce, additional, content):
    plain = hashed(b"commit/1", nonce, key=key) + struct.pack("<I", len(content)) + content
    plain += bytes(padme(len(plain)) - len(plain))
    sealed = ctypes.create_string_buffer(len(plain) + 16)
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed, None, plain, ctypes.c_ulonglong(len(plain)), additional, ctypes.c_ulonglong(len(additional)), None,
        nonce, key)
    return nonce + sealed.raw


def zstd(content):
    """One frame with its size in one byte, and one block that is not compressed."""
    assert len(content) < 256
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(content)]) + struct.pack("<I", 1 | len(content) << 3)[:3] + content


def container(items, alignments, total):
    """A GVariant of several things: each at its alignment, then where all but the last of no fixed size end."""
    data, ends = b"", []
    for (item, fixed), alignment in zip(items, alignments):
        data += bytes(-len(data) % alignment) + item
        if not fixed:
            ends.append(len(data))
    width = 1 if len(data) + len(ends) < 256 else 2
    ends = ends[:-1] if not items[-1][1] and total == "tuple" else ends
    ends = ends if total == "array" else ends[::-1]
    return data + b"".join(end.to_bytes(width, "little") for end in ends)


def record(text):
    inner = container([(struct.pack("<I", 4), True), (text, False)], [4, 1], "tuple")          # (uay)
    variant = inner + b"\0" + b"(uay)"                                                         # v
    return container([(b"box\0", False), (variant, False)], [1, 8], "tuple")                   # (sv)


nonce = bytes(range(24))
place = TEAM + DEVICE + struct.pack("<QI", SEQUENCE, 0)
sealed_record = hashed(b"hint/1", nonce, key=CIRCLE_KEY, size=8) + seal(
    CIRCLE_KEY, bytes(range(100, 124)), place, zstd(record(b"Gezin Voorbeeld")))

seen = container([(b"\x44" * 16, False), (struct.pack("<Q", 9), True), (b"\x55" * 32, False)], [1, 8, 1], "tuple")
records = container([(b"circle\0", False), (sealed_record, False)], [1, 1], "tuple")
content = container(
    [(struct.pack("<q", 1700000000000), True), (b"\x66" * 32, False),
     (container([(seen, False)], [8], "array"), False), (container([(records, False)], [1], "array"), False)],
    [8, 1, 8, 1], "tuple")

body_size = 24 + padme(36 + len(content)) + 16
head = b"GEZSEGM1" + TEAM + DEVICE + struct.pack("<Q", SEQUENCE) + b"\x33" * 32 + struct.pack("<II", 7, body_size)
file = head + seal(TEAM_KEY, nonce, head, content)

public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
sodium.crypto_sign_seed_keypair(public, secret, bytes(range(32)))
signature = ctypes.create_string_buffer(64)
signed = hashed(b"seg/1", file)
sodium.crypto_sign_detached(signature, None, signed, ctypes.c_ulonglong(len(signed)), secret)
file += signature.raw


def base32(data):
    return base64.b32encode(data).decode().lower().rstrip("=")


def literal(text):
    return "\n".join(f'    "{line}"' for line in textwrap.wrap(text, 96)) + ";"


whole = hashlib.blake2b(file, digest_size=32).digest()
print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Made by segment-vector.py. */")
print("static const char vector_device[] =")
print(literal(public.raw.hex()))
print("static const char vector_path[] =")
print(literal(f"d/{base32(DEVICE)}/s{SEQUENCE:08d}-{base32(whole[:16])}.seg"))
print("static const char vector_segment[] =")
print(literal(file.hex()))
