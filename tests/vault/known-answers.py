#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the vectors of known-answers.h, from docs/STORAGE.md and without this program or libsodium.

BLAKE2b and SHA-512 are hashlib's; ChaCha20-Poly1305, Poly1305, X25519 and Argon2id those of the package
cryptography, 44 or newer (OpenSSL). HChaCha20 follows draft-irtf-cfrg-xchacha-03, Salsa20 and HSalsa20 their
papers. Every run prints the same."""

import hashlib
import struct
import textwrap

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.poly1305 import Poly1305

CONSTANT = struct.unpack("<4I", b"expand 32-byte k")


def count(first, n):
    return bytes(range(first, first + n))


def rotate(word, n):
    return (word << n | word >> (32 - n)) & 0xFFFFFFFF


def hchacha20(key, start):
    s = [*CONSTANT, *struct.unpack("<8I", key), *struct.unpack("<4I", start)]
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                           (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            for one, two, three, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                s[one] = (s[one] + s[two]) & 0xFFFFFFFF
                s[three] = rotate(s[three] ^ s[one], n)
    return struct.pack("<8I", *s[:4], *s[12:])


def seal(key, nonce, plain, place):
    """XChaCha20-Poly1305: what is sealed, then the tag."""
    return ChaCha20Poly1305(hchacha20(key, nonce[:16])).encrypt(bytes(4) + nonce[16:], plain, place)


def seal_with_nonce(key, nonce, plain, place):
    sealed = seal(key, nonce, plain, place)
    return sealed[:-16] + nonce + sealed[-16:]


def salsa20_state(key, start):
    k, n = struct.unpack("<8I", key), struct.unpack("<4I", start)
    return [CONSTANT[0], *k[:4], CONSTANT[1], *n, CONSTANT[2], *k[4:], CONSTANT[3]]


def salsa20_rounds(state):
    s = list(state)
    for _ in range(10):
        for a, b, c, d in ((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11),
                           (0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14)):
            for to, one, two, n in ((b, a, d, 7), (c, b, a, 9), (d, c, b, 13), (a, d, c, 18)):
                s[to] ^= rotate((s[one] + s[two]) & 0xFFFFFFFF, n)
    return s


def hsalsa20(key, start):
    s = salsa20_rounds(salsa20_state(key, start))
    return struct.pack("<8I", *(s[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)))


def salsa20(key, nonce, length):
    out = b""
    for block in range(length // 64 + 1):
        state = salsa20_state(key, nonce + struct.pack("<Q", block))
        out += struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(state, salsa20_rounds(state))))
    return out[:length]


def public_of(secret):
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def box_seal(public, plain, once):
    """crypto_box_seal() with the one-time secret key @once."""
    shown = public_of(once)
    shared = X25519PrivateKey.from_private_bytes(once).exchange(X25519PublicKey.from_public_bytes(public))
    nonce = hashlib.blake2b(shown + public, digest_size=24).digest()
    key = hsalsa20(hsalsa20(shared, bytes(16)), nonce[:16])
    stream = salsa20(key, nonce[16:], 32 + len(plain))
    sealed = bytes(a ^ b for a, b in zip(stream[32:], plain))
    return shown + Poly1305.generate_tag(stream[:32], sealed) + sealed


def digest(content, size=32, key=b""):
    return hashlib.blake2b(content, digest_size=size, key=key).digest()


DATA_KEY, DATABASE, NONCE, EPOCH = count(0, 32), count(0x40, 16), count(0xA0, 24), count(0x70, 16)
PAGE_KEY, LOG_KEY, EPOCH_KEY, _, BACKUP_KEY, HEADER_KEY = (
    hashlib.blake2b(digest_size=32, key=DATA_KEY, salt=struct.pack("<QQ", i, 0), person=b"gezvault").digest()
    for i in range(1, 7))


def page(number, step, first):
    plain = bytes((i * step + first) & 255 for i in range(4056))
    return seal_with_nonce(PAGE_KEY, NONCE, plain, b"GZP1" + DATABASE + struct.pack("<Q", number))


def frame(index):
    plain = bytes((i * 11 + 5) & 255 for i in range(4080))
    return seal_with_nonce(LOG_KEY, NONCE, plain, b"GZW1" + DATABASE + struct.pack("<Q", index) + EPOCH)


def epoch_slot(counter, epoch):
    slot = struct.pack("<Q", counter) + epoch
    return slot + digest(b"GZE1" + DATABASE + slot, key=EPOCH_KEY)


def passphrase_slot():
    salt, nonce = count(0x10, 16), count(0x30, 24)
    start = salt + struct.pack("<IIQ", 1, 0, 8 << 20)
    stretch = Argon2id(salt=salt, length=32, iterations=1, lanes=1, memory_cost=8 << 10)
    key = stretch.derive(b"zeven gele fietsen")
    return start + nonce + seal(key, nonce, DATA_KEY, b"GZS1" + DATABASE + struct.pack("<H", 1) + start)


def recovery_public():
    seed = digest(b"gezinsplan/recovery/1\0" + count(0x80, 16))
    return public_of(hashlib.sha512(seed).digest()[:32])


def recovery_slot():
    public = recovery_public()
    return public + box_seal(public, DATA_KEY + DATABASE + struct.pack("<H", 2), count(1, 32))


def header():
    slots = b"".join(struct.pack("<HH", kind, len(payload)) + payload for kind, payload in
                     ((1, passphrase_slot()), (2, recovery_slot()), (999, b"of a later time")))
    content = (b"GEZVAULT" + struct.pack("<HHI", 1, 3, 1) + DATABASE
               + struct.pack("<II", 40 + len(slots) + 48, 0) + slots)
    content += digest(content, key=HEADER_KEY)
    return content + digest(content, 16)


def backup():
    """The hash, the MAC and the checksum in its prefix."""
    pages = digest(page(1, 7, 3) + page(2, 13, 1))
    prefix = (b"GEZBACKU" + struct.pack("<HHI", 1, 0, len(header())) + DATABASE
              + struct.pack("<QQII", 1795252509123, 2, 2, 0) + pages + header())
    prefix += bytes(131072 - 48 - len(prefix))
    prefix += digest(prefix, key=BACKUP_KEY)
    return pages, prefix[-32:], digest(prefix, 16)


def show(name, content):
    if len(content) <= 40:
        print(f'#define {name} "{content.hex()}"')
    else:
        lines = [f'  "{line}"' for line in textwrap.wrap(content.hex(), 96)]
        print(" \\\n".join([f"#define {name}", *lines]))


def main():
    check = seal(count(0x80, 32), count(0x40, 24), b"Ladies and Gentlemen of the class of '99: If I could "
                 b"offer you only one tip for the future, sunscreen would be it.",
                 bytes.fromhex("50515253c0c1c2c3c4c5c6c7"))
    assert check.hex().endswith("c0875924c1c7987947deafd8780acf49"), "draft-irtf-cfrg-xchacha-03, A.3.1"
    for name, content in (("PAGE", page(5, 7, 3)), ("FRAME", frame(9))):
        show(name + "_START", content[:16])
        show(name + "_TAG", content[-16:])
        show(name + "_DIGEST", digest(content))
    show("EPOCH_SLOT", epoch_slot(41, EPOCH))
    show("EPOCH_NEXT", epoch_slot(42, count(0x90, 16)))
    show("HEADER", header())
    show("RECOVERY_PUBLIC", recovery_public())
    for name, content in zip(("HASH", "MAC", "CHECKSUM"), backup()):
        show("BACKUP_" + name, content)


main()
