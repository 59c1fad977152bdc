/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "common/gez-settings.h"

/* Runs twice: with the schema, and where it was never installed. People must notice no difference. */

#define SCHEMA "be.gezinsplan.Gezinsplan"

static void
test_defaults (void)
{
  GezSettings *settings = gez_settings_get_default ();

  g_assert_cmpstr (gez_settings_get_language (settings), ==, "");
  g_assert_cmpuint (gez_settings_get_lock_minutes (settings), ==, 5);
  g_assert_true (gez_settings_is_on (settings, "lock-on-suspend"));
  g_assert_true (gez_settings_is_on (settings, "lock-with-session"));
  g_assert_false (gez_settings_is_on (settings, "window-maximized"));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_change (void)
{
  GezSettings *settings = gez_settings_get_default ();
  guint count = 0;

  g_signal_connect_swapped (settings, "notify::lock-minutes", G_CALLBACK (count_cb), &count);
  g_object_set (settings, "lock-minutes", 10, "lock-on-suspend", FALSE, "language", "nl", NULL);
  g_object_set (settings, "lock-minutes", 10, NULL);

  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (gez_settings_get_lock_minutes (settings), ==, 10);
  g_assert_false (gez_settings_is_on (settings, "lock-on-suspend"));
  g_assert_cmpstr (gez_settings_get_language (settings), ==, "nl");
}

/* The defaults stand in the schema and in the program. */
static void
test_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autoptr (GezSettings) settings = NULL;
  g_auto (GStrv) keys = NULL;

  if (schema == NULL)
    {
      g_test_skip ("the schema is not there, on purpose");
      return;
    }
  settings = g_object_new (GEZ_TYPE_SETTINGS, NULL);
  keys = g_settings_schema_list_keys (schema);
  g_assert_cmpuint (g_strv_length (keys), ==, 7);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GParamSpec *property = g_object_class_find_property (G_OBJECT_GET_CLASS (settings), keys[i]);
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, keys[i]);
      g_autoptr (GVariant) stored = g_settings_schema_key_get_default_value (key);
      g_auto (GValue) value = G_VALUE_INIT;
      g_autoptr (GVariant) built_in = NULL;

      g_assert_nonnull (property);
      g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (property));
      g_param_value_set_default (property, &value);
      switch (G_VALUE_TYPE (&value))
        {
        case G_TYPE_STRING: built_in = g_variant_new_string (g_value_get_string (&value)); break;
        case G_TYPE_UINT: built_in = g_variant_new_uint32 (g_value_get_uint (&value)); break;
        case G_TYPE_INT: built_in = g_variant_new_int32 (g_value_get_int (&value)); break;
        default: built_in = g_variant_new_boolean (g_value_get_boolean (&value)); break;
        }
      g_variant_ref_sink (built_in);
      g_assert_true (g_variant_equal (stored, built_in));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/schema", test_schema);
  g_test_add_func ("/settings/change", test_change);
  return g_test_run ();
}
