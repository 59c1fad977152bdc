/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-settings.h"

#include <gio/gio.h>

enum
{
  PROP_LANGUAGE = 1,
  PROP_LOCK_MINUTES,
  PROP_LOCK_ON_SUSPEND,
  PROP_LOCK_WITH_SESSION,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  N_PROPERTIES
};

struct _GezSettings
{
  GObject parent_instance;

  GSettings *stored; /* NULL where the schema is not installed */
  GValue values[N_PROPERTIES];
};

G_DEFINE_FINAL_TYPE (GezSettings, gez_settings, G_TYPE_OBJECT)

#define SCHEMA "be.gezinsplan.Gezinsplan"
#define FLAGS (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *properties[N_PROPERTIES];

/* g_settings_new() ends the program when there is no such schema. */
static GSettings *
find_stored (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* An older schema may be installed than this program knows. */
static void
bind_stored (GezSettings *self)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (self->stored, "settings-schema", &schema, NULL);
  for (guint i = 1; i < N_PROPERTIES; i++)
    if (g_settings_schema_has_key (schema, properties[i]->name))
      g_settings_bind (self->stored, properties[i]->name, self, properties[i]->name,
                       G_SETTINGS_BIND_DEFAULT);
}

static void
gez_settings_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *property)
{
  g_value_copy (&GEZ_SETTINGS (object)->values[id], value);
}

static void
gez_settings_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *property)
{
  GezSettings *self = GEZ_SETTINGS (object);

  if (g_param_values_cmp (property, &self->values[id], value) == 0)
    return;
  g_value_copy (value, &self->values[id]);
  g_object_notify_by_pspec (object, property);
}

static void
gez_settings_constructed (GObject *object)
{
  GezSettings *self = GEZ_SETTINGS (object);

  G_OBJECT_CLASS (gez_settings_parent_class)->constructed (object);
  self->stored = find_stored ();
  if (self->stored != NULL)
    bind_stored (self);
}

static void
gez_settings_finalize (GObject *object)
{
  GezSettings *self = GEZ_SETTINGS (object);

  g_clear_object (&self->stored);
  for (guint i = 1; i < N_PROPERTIES; i++)
    g_value_unset (&self->values[i]);
  G_OBJECT_CLASS (gez_settings_parent_class)->finalize (object);
}

static void
gez_settings_class_init (GezSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gez_settings_get_property;
  object_class->set_property = gez_settings_set_property;
  object_class->constructed = gez_settings_constructed;
  object_class->finalize = gez_settings_finalize;

  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, "", FLAGS);
  properties[PROP_LOCK_MINUTES] = g_param_spec_uint ("lock-minutes", NULL, NULL, 1, 30, 5, FLAGS);
  properties[PROP_LOCK_ON_SUSPEND] =
    g_param_spec_boolean ("lock-on-suspend", NULL, NULL, TRUE, FLAGS);
  properties[PROP_LOCK_WITH_SESSION] =
    g_param_spec_boolean ("lock-with-session", NULL, NULL, TRUE, FLAGS);
  properties[PROP_WINDOW_WIDTH] =
    g_param_spec_int ("window-width", NULL, NULL, 360, G_MAXINT, 1280, FLAGS);
  properties[PROP_WINDOW_HEIGHT] =
    g_param_spec_int ("window-height", NULL, NULL, 294, G_MAXINT, 800, FLAGS);
  properties[PROP_WINDOW_MAXIMIZED] =
    g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, FLAGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gez_settings_init (GezSettings *self)
{
  for (guint i = 1; i < N_PROPERTIES; i++)
    {
      g_value_init (&self->values[i], G_PARAM_SPEC_VALUE_TYPE (properties[i]));
      g_param_value_set_default (properties[i], &self->values[i]);
    }
}

/**
 * gez_settings_get_default:
 *
 * Thread: the main one.
 *
 * Returns: (transfer none): the settings of this device
 */
GezSettings *
gez_settings_get_default (void)
{
  static GezSettings *settings;

  if (settings == NULL)
    settings = g_object_new (GEZ_TYPE_SETTINGS, NULL);
  return settings;
}

/**
 * gez_settings_get_language:
 *
 * Returns: the code of the language that was chosen; "" for that of the system
 */
const char *
gez_settings_get_language (GezSettings *self)
{
  g_return_val_if_fail (GEZ_IS_SETTINGS (self), "");

  return g_value_get_string (&self->values[PROP_LANGUAGE]);
}

/**
 * gez_settings_get_lock_minutes:
 *
 * Returns: after how many minutes without a key or the pointer the file locks
 */
guint
gez_settings_get_lock_minutes (GezSettings *self)
{
  g_return_val_if_fail (GEZ_IS_SETTINGS (self), 1);

  return g_value_get_uint (&self->values[PROP_LOCK_MINUTES]);
}

/**
 * gez_settings_is_on:
 * @name: lock-on-suspend or lock-with-session
 *
 * Returns: whether that is switched on
 */
gboolean
gez_settings_is_on (GezSettings *self,
                    const char  *name)
{
  gboolean is_on = FALSE;

  g_return_val_if_fail (GEZ_IS_SETTINGS (self), FALSE);

  g_object_get (self, name, &is_on, NULL);
  return is_on;
}
