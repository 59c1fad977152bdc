/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. A chip is a toggle button, so that the keyboard and a screen reader know it; a tick stands
 *    before what is on, so that colour is not all that tells.
 * 2. A key that has no chip (somebody who left the household) cannot be selected and is dropped.
 */

#include "household/gez-chip-picker.h"

#include "common/gez-accessible.h"
#include "common/gez-wrap-layout.h"

struct _GezChipPicker
{
  GtkWidget parent_instance;

  GPtrArray *chips; /* GtkToggleButton, owned by the widget tree */
  gboolean single;
  gboolean setting; /* the program switches, not a person */
};

G_DEFINE_FINAL_TYPE (GezChipPicker, gez_chip_picker, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_key (GtkWidget *chip)
{
  return g_object_get_data (G_OBJECT (chip), "key");
}

static void
show_tick (GtkToggleButton *chip)
{
  GtkWidget *tick = g_object_get_data (G_OBJECT (chip), "tick");

  gtk_widget_set_visible (tick, gtk_toggle_button_get_active (chip));
}

static void
chip_toggled_cb (GezChipPicker   *self,
                 GtkToggleButton *chip)
{
  show_tick (chip);
  if (self->setting)
    return;

  if (self->single && gtk_toggle_button_get_active (chip))
    {
      self->setting = TRUE;
      for (guint i = 0; i < self->chips->len; i++)
        if (self->chips->pdata[i] != (gpointer) chip)
          gtk_toggle_button_set_active (self->chips->pdata[i], FALSE);
      self->setting = FALSE;
    }

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
gez_chip_picker_dispose (GObject *object)
{
  GezChipPicker *self = GEZ_CHIP_PICKER (object);

  gez_chip_picker_clear (self);

  G_OBJECT_CLASS (gez_chip_picker_parent_class)->dispose (object);
}

static void
gez_chip_picker_finalize (GObject *object)
{
  GezChipPicker *self = GEZ_CHIP_PICKER (object);

  g_clear_pointer (&self->chips, g_ptr_array_unref);

  G_OBJECT_CLASS (gez_chip_picker_parent_class)->finalize (object);
}

static void
gez_chip_picker_class_init (GezChipPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_chip_picker_dispose;
  object_class->finalize = gez_chip_picker_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", GEZ_TYPE_CHIP_PICKER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "chip-picker");
}

static void
gez_chip_picker_init (GezChipPicker *self)
{
  self->chips = g_ptr_array_new ();
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gez_wrap_layout_new (6, 6));
}

/**
 * gez_chip_picker_new:
 * @name: what the chips are, for a screen reader
 * @single: whether switching one on switches the others off
 *
 * Returns: (transfer floating): a picker without chips
 */
GtkWidget *
gez_chip_picker_new (const char *name,
                     gboolean    single)
{
  GezChipPicker *self = g_object_new (GEZ_TYPE_CHIP_PICKER, NULL);

  self->single = single;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return GTK_WIDGET (self);
}

/**
 * gez_chip_picker_add:
 * @self: the picker
 * @key: what the chip stands for; unique in this picker
 * @label: what people read; plain text
 */
void
gez_chip_picker_add (GezChipPicker *self,
                     const char    *key,
                     const char    *label)
{
  GtkWidget *chip, *box, *tick, *text;

  g_return_if_fail (GEZ_IS_CHIP_PICKER (self));
  g_return_if_fail (key != NULL && label != NULL);

  tick = gez_ornament_new ("object-select-symbolic");
  gtk_widget_set_visible (tick, FALSE);
  text = gtk_label_new (label);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 30);

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_append (GTK_BOX (box), tick);
  gtk_box_append (GTK_BOX (box), text);

  chip = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "gez-chip-button");
  gtk_widget_set_tooltip_text (chip, g_utf8_strlen (label, -1) > 30 ? label : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (chip), "key", g_strdup (key), g_free);
  g_object_set_data (G_OBJECT (chip), "tick", tick);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (chip_toggled_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_parent (chip, GTK_WIDGET (self));
  g_ptr_array_add (self->chips, chip);
}

/**
 * gez_chip_picker_clear:
 * @self: the picker
 *
 * Takes all chips away.
 */
void
gez_chip_picker_clear (GezChipPicker *self)
{
  g_return_if_fail (GEZ_IS_CHIP_PICKER (self));

  for (guint i = 0; i < self->chips->len; i++)
    gtk_widget_unparent (self->chips->pdata[i]);
  g_ptr_array_set_size (self->chips, 0);
}

/**
 * gez_chip_picker_get_n_chips:
 * @self: the picker
 *
 * Returns: how many chips there are
 */
guint
gez_chip_picker_get_n_chips (GezChipPicker *self)
{
  g_return_val_if_fail (GEZ_IS_CHIP_PICKER (self), 0);

  return self->chips->len;
}

/**
 * gez_chip_picker_has:
 * @self: the picker
 * @key: what a chip may stand for
 *
 * Returns: whether there is such a chip and it is on
 */
gboolean
gez_chip_picker_has (GezChipPicker *self,
                     const char    *key)
{
  g_return_val_if_fail (GEZ_IS_CHIP_PICKER (self), FALSE);

  for (guint i = 0; i < self->chips->len; i++)
    if (g_strcmp0 (get_key (self->chips->pdata[i]), key) == 0)
      return gtk_toggle_button_get_active (self->chips->pdata[i]);

  return FALSE;
}

/**
 * gez_chip_picker_get_selected:
 * @self: the picker
 *
 * Returns: (transfer full) (array zero-terminated=1): the keys that are on, in the order of the
 *   chips
 */
char **
gez_chip_picker_get_selected (GezChipPicker *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  g_return_val_if_fail (GEZ_IS_CHIP_PICKER (self), NULL);

  for (guint i = 0; i < self->chips->len; i++)
    if (gtk_toggle_button_get_active (self->chips->pdata[i]))
      g_strv_builder_add (keys, get_key (self->chips->pdata[i]));

  return g_strv_builder_end (keys);
}

/**
 * gez_chip_picker_set_selected:
 * @self: the picker
 * @keys: (nullable) (array zero-terminated=1): the keys to switch on; all others go off
 *
 * Does not emit `changed`.
 */
void
gez_chip_picker_set_selected (GezChipPicker      *self,
                              const char * const *keys)
{
  g_return_if_fail (GEZ_IS_CHIP_PICKER (self));

  self->setting = TRUE;
  for (guint i = 0; i < self->chips->len; i++)
    gtk_toggle_button_set_active (self->chips->pdata[i],
                                  keys != NULL
                                  && g_strv_contains (keys, get_key (self->chips->pdata[i])));
  self->setting = FALSE;
}
