/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "exchange/gez-json-scan.h"

static GPtrArray *
scan (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *members = gez_json_scan (text, strlen (text), &error);

  g_assert_no_error (error);
  return members;
}

static void
assert_refused (const char *text,
                gsize       size,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = gez_json_scan (text, size, &error);

  if (members)
    g_error ("accepted: %.*s", (int) size, text);
  g_assert_error (error, GEZ_EXCHANGE_ERROR, code);
}

static void
test_finds_rows (void)
{
  const char *text = "\xef\xbb\xbf { \"a\" : [ {\"x\":[1,{\"y\":2}],\"z\":null} , 7,\"t\" "
                     "],\n\"b\":{\"c\":[]}, \"d\":[] } ";
  g_autoptr (GPtrArray) members = scan (text);
  GezJsonMember *a = members->pdata[0], *b = members->pdata[1], *d = members->pdata[2];
  GezJsonSpan *first = &g_array_index (a->elements, GezJsonSpan, 0);
  g_autofree char *row = g_strndup (text + first->offset, first->size);

  g_assert_cmpint (members->len, ==, 3);
  g_assert_cmpstr (a->name, ==, "a");
  g_assert_true (a->is_list);
  g_assert_cmpint (a->elements->len, ==, 3);
  g_assert_cmpstr (row, ==, "{\"x\":[1,{\"y\":2}],\"z\":null}");
  g_assert_cmpint (first->n_keys, ==, 2);
  g_assert_false (b->is_list);
  g_assert_true (d->is_list);
  g_assert_cmpint (d->elements->len, ==, 0);
}

static void
test_refuses_what_is_not_json (void)
{
  static const char *const malformed[] = {
    "",
    " ",
    "[]",
    "1",
    "\"a\"",
    "{",
    "}",
    "{]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{,}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":[1,]}",
    "{\"a\":[,]}",
    "{\"a\":[1 2]}",
    "{\"a\":01}",
    "{\"a\":-}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":1e}",
    "{\"a\":+1}",
    "{\"a\":tru}",
    "{\"a\":nul}",
    "{\"a\":NaN}",
    "{\"a\":'x'}",
    "{a:1}",
    "{\"a\":\"\t\"}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"x}",
    "{\"a\":1}x",
    "{\"a\":1}{}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1 /* remark */}",
    "// remark\n{}",
    "{\"a\":[{\"b\":1,}]}",
    "{\"a\":[{\"b\":1]}}",
    "{\"a\":\"\xff\"}",
    "{\"a\":\"\xed\xa0\x80\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    assert_refused (malformed[i], strlen (malformed[i]), GEZ_EXCHANGE_ERROR_MALFORMED);
  assert_refused ("{\"a\":\"\0\"}", 9, GEZ_EXCHANGE_ERROR_MALFORMED);
}

static void
test_refuses_every_truncation (void)
{
  const char *text =
      "{\"format\":\"gezinsplan/1\",\"household\":[{\"id\":\"\\u00e9\",\"n\":-1.5e+3,\"b\":[true,null]}]}";

  for (gsize size = 0; size < strlen (text); size++)
    assert_refused (text, size, GEZ_EXCHANGE_ERROR_MALFORMED);
  g_ptr_array_unref (scan (text));
}

static void
test_bounds_depth (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (GPtrArray) members = NULL;

  /* The object of the document is the first level. */
  for (guint i = 0; i < 31; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 31; i++)
    g_string_append_c (deep, ']');
  g_string_append_c (deep, '}');
  members = scan (deep->str);
  g_assert_cmpint (members->len, ==, 1);

  g_string_assign (deep, "{\"a\":");
  for (guint i = 0; i < 1000 * 1000; i++)
    g_string_append (deep, i % 2 ? "[" : "{\"a\":");
  assert_refused (deep->str, deep->len, GEZ_EXCHANGE_ERROR_TOO_DEEP);
}

static const char *
defect_of (const char *value)
{
  g_autofree char *text = g_strdup_printf ("{\"a\":[%s]}", value);
  g_autoptr (GPtrArray) members = scan (text);

  return g_array_index (((GezJsonMember *) members->pdata[0])->elements, GezJsonSpan, 0).defect;
}

static void
test_marks_what_cannot_be_held (void)
{
  g_assert_null (defect_of ("{\"x\": \"\\ud83d\\ude00 \\\" \\\\ \\n\", \"y\": 999999999999999999}"));
  g_assert_cmpstr (defect_of ("{\"x\": \"a\\u0000b\"}"), ==, "holds a NUL");
  g_assert_cmpstr (defect_of ("{\"x\": \"\\ud83d\"}"), ==, "holds half a surrogate pair");
  g_assert_cmpstr (defect_of ("{\"x\": \"\\ud83d\\u0041\"}"), ==, "holds half a surrogate pair");
  g_assert_cmpstr (defect_of ("{\"x\": \"\\ude00\"}"), ==, "holds half a surrogate pair");
  g_assert_cmpstr (defect_of ("{\"x\": 9999999999999999999}"), ==, "holds a number that is too large");
}

static void
test_bounds_keys (void)
{
  g_autoptr (GString) wide = g_string_new ("{\"a\":1");

  for (guint i = 0; i < 100 * 1000; i++)
    g_string_append_printf (wide, ",\"%u\":1", i);
  g_string_append_c (wide, '}');
  assert_refused (wide->str, wide->len, GEZ_EXCHANGE_ERROR_MALFORMED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/json-scan/finds-rows", test_finds_rows);
  g_test_add_func ("/exchange/json-scan/refuses-what-is-not-json", test_refuses_what_is_not_json);
  g_test_add_func ("/exchange/json-scan/refuses-every-truncation", test_refuses_every_truncation);
  g_test_add_func ("/exchange/json-scan/bounds-depth", test_bounds_depth);
  g_test_add_func ("/exchange/json-scan/bounds-keys", test_bounds_keys);
  g_test_add_func ("/exchange/json-scan/marks-what-cannot-be-held", test_marks_what_cannot_be_held);
  return g_test_run ();
}
