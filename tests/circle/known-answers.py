#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints known-answers.h: messages, keys, a roster record, an invitation and a wrap as docs/SYNC.md describes
them, made without this program. BLAKE2b is hashlib's, GVariants are GLib's; XChaCha20-Poly1305, Ed25519 and
sealed boxes are called in libsodium. Zstd frames are written by hand, with one raw block. A sealed box is
random, so each run gives another wrap."""

import ctypes
import ctypes.util
import hashlib
import textwrap

from gi.repository import GLib

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
sodium.sodium_init()


def count(first, n):
    return bytes((first + i) % 256 for i in range(n))


KEY = count(0, 32)
NONCE = count(0x20, 24)
TEAM, MEMBER, DEVICE, GRANT = count(0x40, 16), count(0x50, 16), count(0x60, 16), count(0x70, 16)
CODE = count(0, 16)


def hash_of(name, *parts, key=b"", size=32):
    text = b"gezinsplan/" + name.encode() + b"\0"
    for part in parts:
        text += len(part).to_bytes(4, "little") + part
    return hashlib.blake2b(text, digest_size=32, key=key).digest()[:size]


def padme(length):
    exponent = length.bit_length() - 1
    last = exponent - exponent.bit_length()
    mask = (1 << last) - 1
    return (length + mask) & ~mask


def seal(key, nonce, content, beside):
    plain = hash_of("commit/1", nonce, key=key) + len(content).to_bytes(4, "little") + content
    plain += bytes(padme(len(plain)) - len(plain))
    sealed = ctypes.create_string_buffer(len(plain) + 16)
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed, None, plain, ctypes.c_ulonglong(len(plain)), beside, ctypes.c_ulonglong(len(beside)), None,
        nonce, key)
    return nonce + sealed.raw


def signing_key(seed):
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
    sodium.crypto_sign_seed_keypair(public, secret, seed)
    return public.raw, secret.raw


def sign(secret, what):
    signature = ctypes.create_string_buffer(64)
    sodium.crypto_sign_detached(signature, None, what, ctypes.c_ulonglong(len(what)), secret)
    return signature.raw


def frame(content):
    """One zstd frame (RFC 8878) with its size and one raw block."""
    if len(content) < 256:
        header = bytes([0x20, len(content)])
    else:
        header = b"\x60" + (len(content) - 256).to_bytes(2, "little")
    return b"\x28\xb5\x2f\xfd" + header + (1 | len(content) << 3).to_bytes(3, "little") + content


def ay(data):
    return GLib.Variant("ay", data)


def little(number):
    return number.to_bytes(4, "little")


def roster_record():
    changes = [("leaders-read", GLib.Variant("s", "open")), ("cancel", ay(GRANT))]
    parents = [count(1, 32), count(2, 32)]
    content = GLib.Variant("(aayxa(sv))", (parents, 1795000000000, changes))
    body = frame(content.get_data_as_bytes().get_data())
    wraps = b"".join(len(w).to_bytes(2, "little") + w for w in (count(i, 50 + i) for i in range(8)))
    length = 24 + padme(36 + len(body)) + 16
    record = b"GEZROST1" + TEAM + little(5) + DEVICE + little(2) + little(len(wraps)) + little(length) + wraps
    record += seal(KEY, NONCE, body, record)
    return record + sign(signing_key(KEY)[1], hash_of("roster/1", record))


def invitation():
    content = GLib.Variant("a{sv}", {
        "id": ay(GRANT), "kind": GLib.Variant("s", "device"), "member": ay(MEMBER),
        "name": GLib.Variant("s", "Nora Nieuw"), "role": GLib.Variant("s", "brugfiguur"),
        "team-name": GLib.Variant("s", "Brug Test"), "root": ay(count(3, 32)),
        "heads": GLib.Variant("aay", [count(4, 32)]),
        "team-keys": GLib.Variant("a(uay)", [(2, count(5, 32))]),
        "fingerprint-key": ay(count(6, 32)), "recovery-key": ay(count(7, 32)),
        "valid-until": GLib.Variant("x", 1795000000000),
        "circles": GLib.Variant("a(aya(uay)aysay)",
                                [(b"o" + GRANT, [(1, count(8, 32))], GRANT, "2027-01-31", MEMBER)]),
        "user-secret": ay(signing_key(KEY)[1])})
    header = b"GEZINVI1" + TEAM
    return header + seal(hash_of("invitation/1", CODE), NONCE, content.get_data_as_bytes().get_data(), header)


def box():
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
    sodium.crypto_box_seed_keypair(public, secret, KEY)
    return public.raw, secret.raw


def wrap():
    content = GLib.Variant("(sayayayayaya(uay)s)", (
        "gezinsplan/wrap/1", TEAM, DEVICE, GRANT, MEMBER, b"c" + GRANT,
        [(1, count(9, 32)), (2, count(10, 32))], "2027-01-31")).get_data_as_bytes().get_data()
    sealed = ctypes.create_string_buffer(len(content) + 48)
    sodium.crypto_box_seal(sealed, content, ctypes.c_ulonglong(len(content)), box()[0])
    return sealed.raw


def check():
    public = signing_key(hash_of("invitation-seed/1", CODE))[0]
    number = int.from_bytes(hash_of("check/1", count(3, 32), public, size=8), "little")
    digits = f"{number:020d}"
    return " ".join(digits[i:i + 4] for i in range(0, 20, 4))


def show(name, data):
    lines = "\n".join(f'    "{line}"' for line in textwrap.wrap(data.hex(), 96))
    print(f"static const char {name}[] =\n{lines};")


print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Made by known-answers.py. */")
show("known_message", seal(KEY, NONCE, b"Een verzonnen brief aan gezin Voorbeeld.", b"beside"))
show("known_empty_message", seal(KEY, NONCE, b"", b""))
show("known_hint", hash_of("hint/1", NONCE, key=KEY, size=8))
show("known_key_id", hash_of("key-id/1", KEY, size=16))
show("known_invitation_key", signing_key(hash_of("invitation-seed/1", CODE))[0])
show("known_phone_print", hash_of("print/1", b"phone", b"0470112233", key=KEY, size=8))
show("known_name_print", hash_of("print/1", b"exact fatma peeters yildiz", b"2015-03-02", key=KEY, size=8))
show("known_file_token", hash_of("file/1", GRANT, key=KEY, size=16))
show("known_record", roster_record())
show("known_invitation", invitation())
show("known_box_secret", box()[1])
show("known_wrap", wrap())
print(f'static const char known_check[] = "{check()}";')
