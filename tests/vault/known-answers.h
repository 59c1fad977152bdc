/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What every later version must read (formats: docs/STORAGE.md). tests/vault/known-answers.py printed
 * it, with nothing of this program and nothing of libsodium: hashlib, OpenSSL, and HChaCha20 and Salsa20
 * written out.
 *
 * In: data key 00 01 … 1f; database id 40 … 4f; nonce of page and frame a0 … b7.
 * Page 5: byte i is 7 i + 3. Frame 9: byte i of header and page is 11 i + 5; epoch 70 … 7f.
 * Epochs: counter 41 with 70 … 7f; counter 42 with 90 … 9f.
 * Header: flag 1; slot of kind 1 for "zeven gele fietsen", 1 pass, 8 MiB, salt 10 … 1f, nonce
 * 30 … 47; slot of kind 2 for the code 80 … 8f, sealed with the one-time key 01 … 20; slot of kind
 * 999 with "of a later time".
 * Backup: that header; made at 1795252509123, schema 2; page 1 with byte i as 7 i + 3, page 2 with
 * 13 i + 1, both under the nonce above.
 * Digests are BLAKE2b-256 of all that is on the disk.
 */

#define PAGE_START "f6ab78cc655e3899d880a834160f915b"
#define PAGE_TAG "d91613ca3ab1c32e28ebb39cd71c522d"
#define PAGE_DIGEST "fd4a435c13f7ee7a23bab2f83ed4e6138e6ea89536a1f4a82b2ffa3cea0c020c"
#define FRAME_START "4ec71a312c9dad1a78b95de4b171751f"
#define FRAME_TAG "7e3e54a74a7def4e88bc3185dba0ada6"
#define FRAME_DIGEST "91e231cf7e3a69757662846267fd830241d3bf43fc1f6dc1578f17b179b8cda3"
#define EPOCH_SLOT \
  "2900000000000000707172737475767778797a7b7c7d7e7fcc46fd34826e1bd5fb362083149192bcfe22950c83c28545" \
  "94c982363be0a641"
#define EPOCH_NEXT \
  "2a00000000000000909192939495969798999a9b9c9d9e9f0565d3cb421a74a9cf15cd6df4c2ebb467efe96ab2bc4ad3" \
  "b4b989e1b0cd2979"
#define HEADER \
  "47455a5641554c540100030001000000404142434445464748494a4b4c4d4e4f5d010000000000000100680010111213" \
  "1415161718191a1b1c1d1e1f01000000000000000000800000000000303132333435363738393a3b3c3d3e3f40414243" \
  "44454647e975b47112f1bfcab5c4f9fe0faf83355e54b146786d6b0605a2953f5aef78e480a4ef29baa4128e7c0b215e" \
  "0b3b31e00200820030ef256abb00ba4c28416429e56cc9846b15b55b37b7eca8867ffe11e923ef2a07a37cbc142093c8" \
  "b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c4e6dc1c7de4aa0706ca7e903f1103518cdc09024d8957a0b" \
  "748424fd2226e6b69b1ec737c0b118bfbfc0e88679a0d81cef277099503ac0be68d135cc82a3f8055251e7030f006f66" \
  "2061206c617465722074696d65737b7659ec756a76330d9752a8bbf42dd9866702804b58b74f41a17faf0c73427c9185" \
  "abde9cdb467c42b8e2e2de8697"
#define RECOVERY_PUBLIC "30ef256abb00ba4c28416429e56cc9846b15b55b37b7eca8867ffe11e923ef2a"
#define BACKUP_HASH "d8fdb94cb5d2238bd788ccd76d54f606259be942d62f9d5efb5be973db637bf8"
#define BACKUP_MAC "de79c2cc96b5f0bdd2ce5ac009d24fd1d0dbd419fb8bd527a06497f57ecea7a8"
#define BACKUP_CHECKSUM "4b225eb09588ce07b74b580ea3780f31"
