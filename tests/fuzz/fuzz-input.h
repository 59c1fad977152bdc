/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Decisions out of the input of a fuzzer, for what is too large or too well sealed to be the input
 * itself: something sound is made first, and the input says what happens to it. */
typedef struct
{
  const guint8 *data;
  gsize left;
} FuzzInput;

/* A number below 2^(8 * size), least byte first; 0 at the end of the input. */
guint64 fuzz_input_take  (FuzzInput  *self,
                          guint       size);
/* Changes @content as the input says, byte for byte, and cuts or lengthens it. */
void    fuzz_input_patch (FuzzInput  *self,
                          GByteArray *content);
