/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "exchange/gez-json-scan.h"
#include "fuzz-target.h"

/*
 * The look over a document of somebody else that comes before anything parses it. What it lets
 * through must lie within the document, and be JSON for the parser that comes after.
 */

static void
check_span (const GezJsonSpan *span,
            const char        *text,
            gsize              size)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (span->size, >, 0);
  g_assert_cmpuint (span->offset, <, size);
  g_assert_cmpuint (span->size, <=, size - span->offset);
  /* Not of what holds more than the parser does, which is passed over. */
  if (span->defect == NULL)
    json_parser_load_from_data (parser, text + span->offset, (gssize) span->size, &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = gez_json_scan ((const char *) data, size, &error);

  g_assert_true ((members == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == GEZ_EXCHANGE_ERROR);
  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      GezJsonMember *member = members->pdata[i];

      g_assert_true (g_utf8_validate (member->name, -1, NULL));
      for (guint j = 0; member->elements != NULL && j < member->elements->len; j++)
        check_span (&g_array_index (member->elements, GezJsonSpan, j), (const char *) data, size);
    }
  return 0;
}
