/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-save-state.h"

struct _GezSaveState
{
  GObject parent_instance;

  int n_unsaved;
};

G_DEFINE_FINAL_TYPE (GezSaveState, gez_save_state, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SAVED,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
gez_save_state_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SAVED:
      g_value_set_boolean (value, gez_save_state_is_saved (GEZ_SAVE_STATE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gez_save_state_class_init (GezSaveStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gez_save_state_get_property;
  properties[PROP_SAVED] = g_param_spec_boolean ("saved", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gez_save_state_init (GezSaveState *self)
{
}

/**
 * gez_save_state_of:
 * @store: an open store
 *
 * Returns: (transfer none): the state of what is typed into @store
 */
GezSaveState *
gez_save_state_of (GezStore *store)
{
  static const char key[] = "gez-save-state";
  GezSaveState *self;

  g_return_val_if_fail (GEZ_IS_STORE (store), NULL);

  self = g_object_get_data (G_OBJECT (store), key);
  if (self == NULL)
    {
      self = g_object_new (GEZ_TYPE_SAVE_STATE, NULL);
      g_object_set_data_full (G_OBJECT (store), key, self, g_object_unref);
    }
  return self;
}

/**
 * gez_save_state_is_saved:
 * @self: a state
 *
 * Returns: whether everything is in the store
 */
gboolean
gez_save_state_is_saved (GezSaveState *self)
{
  g_return_val_if_fail (GEZ_IS_SAVE_STATE (self), TRUE);

  return self->n_unsaved == 0;
}

/**
 * gez_save_state_add:
 * @self: a state
 * @n_unsaved: how many things more, or with a minus less, wait to be written
 */
void
gez_save_state_add (GezSaveState *self,
                    int           n_unsaved)
{
  gboolean was_saved;

  g_return_if_fail (GEZ_IS_SAVE_STATE (self));
  g_return_if_fail (self->n_unsaved + n_unsaved >= 0);

  was_saved = gez_save_state_is_saved (self);
  self->n_unsaved += n_unsaved;
  if (gez_save_state_is_saved (self) != was_saved)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED]);
}
