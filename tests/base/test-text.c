/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gez-text.h"

static void
assert_folds (const char *text,
              const char *expected)
{
  g_autofree char *folded = gez_text_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_names_meet (void)
{
  assert_folds ("Yılmaz", "yilmaz");
  assert_folds ("YILMAZ", "yilmaz");
  assert_folds ("Zoë Ça", "zoe ca");
  assert_folds ("Łukasz", "lukasz");
  assert_folds ("Straße", "strasse");
  assert_folds ("", "");
}

static void
test_arabic_becomes_latin (void)
{
  g_autofree char *folded = gez_text_fold ("مثال");

  for (const char *at = folded; *at; at++)
    g_assert_true (g_ascii_isprint (*at));
}

static void
test_blank (void)
{
  g_assert_true (gez_text_is_blank (NULL));
  g_assert_true (gez_text_is_blank (" \n\t\302\240"));
  g_assert_false (gez_text_is_blank (" a "));
}

static void
test_normal_form (void)
{
  g_autofree char *composed = gez_text_normalise ("Zoe\314\210");

  g_assert_cmpstr (composed, ==, "Zoë");
  g_assert_null (gez_text_normalise ("\377"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/names-meet", test_names_meet);
  g_test_add_func ("/base/text/arabic-becomes-latin", test_arabic_becomes_latin);
  g_test_add_func ("/base/text/blank", test_blank);
  g_test_add_func ("/base/text/normal-form", test_normal_form);
  return g_test_run ();
}
