/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-input.h"

#include <string.h>

#define MOST_GROWTH 70000

guint64
fuzz_input_take (FuzzInput *self,
                 guint      size)
{
  guint64 number = 0;

  for (guint i = 0; i < size && self->left > 0; i++)
    {
      number |= (guint64) *self->data++ << (8 * i);
      self->left--;
    }
  return number;
}

/* Four bytes each: where (3), and what is added to the byte that stands there. The first three bytes are
 * the length that is left; all ones leave it as it is. */
void
fuzz_input_patch (FuzzInput  *self,
                  GByteArray *content)
{
  guint64 length = fuzz_input_take (self, 3);
  guint before = content->len;

  while (self->left >= 4 && before > 0)
    {
      guint64 at = fuzz_input_take (self, 3) % before;

      content->data[at] = (guint8) (content->data[at] + fuzz_input_take (self, 1));
    }
  if (length == 0xffffff)
    return;
  g_byte_array_set_size (content, (guint) MIN (length, (guint64) before + MOST_GROWTH));
  if (content->len > before)
    memset (content->data + before, 0, content->len - before);
}
