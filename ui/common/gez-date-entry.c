/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-date-entry.h"

#include <glib/gi18n.h>

#include "base/gez-date.h"
#include "base/gez-text.h"
#include "common/gez-date-words.h"
#include "common/gez-day-picker.h"
#include "common/gez-focus.h"
#include "common/gez-format.h"
#include "common/gez-paste.h"

struct _GezDateEntry
{
  GtkWidget parent_instance;

  GezClock *clock;
  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *picker;
  GtkWidget *meaning;
  GezDateReading reading; /* of what stands in the entry */
  char *date;
};

G_DEFINE_FINAL_TYPE (GezDateEntry, gez_date_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DATE,
  N_PROPERTIES,
};

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static char *
describe_fault (GezDateEntry *self)
{
  g_autofree char *about = NULL;
  GDate first;

  switch (self->reading.fault)
    {
    case GEZ_DATE_FAULT_NO_SUCH_DAY:
      about = gez_format_month_year (self->reading.about);
      if (!gez_date_parse (self->reading.about, &first))
        return NULL;
      /* Translators: "There is no day 31 in February 2026: it has 28 days." */
      return g_strdup_printf (_("There is no day %1$d in %2$s: it has %3$d days."),
                              self->reading.day, about,
                              g_date_get_days_in_month (g_date_get_month (&first),
                                                        g_date_get_year (&first)));
    case GEZ_DATE_FAULT_WEEKDAY:
      about = gez_format_date_long (self->reading.about);
      /* Translators: %s is a date with its weekday. */
      return g_strdup_printf (_("That date is another day of the week: %s."), about);
    case GEZ_DATE_FAULT_UNREAD:
      return g_strdup (_("This is no date. Try 24/11, Tuesday or tomorrow."));
    case GEZ_DATE_FAULT_NONE:
    default:
      return NULL;
    }
}

static void
show_meaning (GezDateEntry *self)
{
  gboolean is_valid = gez_date_entry_is_valid (self);
  g_autofree char *words = NULL;

  if (self->date != NULL)
    words = gez_format_date_long (self->date);
  else
    words = describe_fault (self);

  gtk_label_set_text (GTK_LABEL (self->meaning), words != NULL ? words : "");
  gtk_widget_set_visible (self->meaning, words != NULL);
  gtk_widget_set_tooltip_text (self->entry, self->date != NULL ? words : NULL);
  if (is_valid)
    gtk_widget_remove_css_class (self->entry, "error");
  else
    gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_valid ? GTK_ACCESSIBLE_INVALID_FALSE
                                        : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "",
                                  -1);
}

static void
changed_cb (GezDateEntry *self)
{
  g_autofree char *today = gez_clock_get_today (self->clock);
  g_autofree char *date = gez_read_date_words (gez_date_entry_get_text (self), today,
                                               &self->reading);

  if (g_strcmp0 (date, self->date) == 0)
    {
      show_meaning (self);
      return;
    }
  g_free (self->date);
  self->date = g_steal_pointer (&date);
  show_meaning (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATE]);
}

static void
activate_cb (GezDateEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
picked_cb (GezDateEntry *self,
           const char   *date)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  gez_date_entry_set_date (self, date);
  gtk_widget_grab_focus (self->entry);
}

/* The month is 42 buttons: a form with four dates should not pay for them before they show. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       data)
{
  GezDateEntry *self = data;

  if (self->picker == NULL)
    {
      GtkWidget *popover = gtk_popover_new ();

      self->picker = gez_day_picker_new (self->clock);
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_popover_set_child (GTK_POPOVER (popover), self->picker);
      gtk_menu_button_set_popover (button, popover);
    }
  gez_day_picker_show (GEZ_DAY_PICKER (self->picker), self->date);
}

static void
gez_date_entry_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DATE:
      g_value_set_string (value, gez_date_entry_get_date (GEZ_DATE_ENTRY (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gez_date_entry_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_DATE:
      gez_date_entry_set_date (GEZ_DATE_ENTRY (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
gez_date_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_DATE_ENTRY (widget)->entry);
}

static void
gez_date_entry_dispose (GObject *object)
{
  GezDateEntry *self = GEZ_DATE_ENTRY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->picker = NULL;
  g_clear_object (&self->clock);
  g_clear_pointer (&self->date, g_free);
  G_OBJECT_CLASS (gez_date_entry_parent_class)->dispose (object);
}

static void
gez_date_entry_class_init (GezDateEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gez_date_entry_get_property;
  object_class->set_property = gez_date_entry_set_property;
  object_class->dispose = gez_date_entry_dispose;
  widget_class->grab_focus = gez_date_entry_grab_focus;
  gez_focus_class_let_leave (widget_class);

  properties[PROP_DATE] = g_param_spec_string ("date", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                 | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ACTIVATE] = g_signal_new ("activate", GEZ_TYPE_DATE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gez_date_entry_init (GezDateEntry *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);

  self->entry = gtk_entry_new ();
  gez_paste_limit (self->entry, GEZ_PASTE_LINE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("24/11, Tuesday, tomorrow"));
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (self->button, _("Choose in a calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose in a calendar"), -1);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popover_cb, self,
                                         NULL);

  self->meaning = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->meaning), 0);
  gtk_label_set_wrap (GTK_LABEL (self->meaning), TRUE);
  gtk_widget_set_visible (self->meaning, FALSE);
  gtk_widget_add_css_class (self->meaning, "gez-detail");

  gtk_widget_add_css_class (line, "linked");
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), self->button);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  gtk_widget_set_parent (self->meaning, GTK_WIDGET (self));
}

/**
 * gez_date_entry_new:
 * @clock: says which day is today
 * @label: what the date is for; its accessible name
 *
 * Returns: (transfer floating): an empty entry
 */
GtkWidget *
gez_date_entry_new (GezClock   *clock,
                    const char *label)
{
  GezDateEntry *self;

  g_return_val_if_fail (GEZ_IS_CLOCK (clock), NULL);

  self = g_object_new (GEZ_TYPE_DATE_ENTRY, NULL);
  self->clock = g_object_ref (clock);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
  return GTK_WIDGET (self);
}

/**
 * gez_date_entry_get_date:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): YYYY-MM-DD, or %NULL while there is no date
 */
const char *
gez_date_entry_get_date (GezDateEntry *self)
{
  g_return_val_if_fail (GEZ_IS_DATE_ENTRY (self), NULL);

  return self->date;
}

/**
 * gez_date_entry_set_date:
 * @self: an entry
 * @date: (nullable): YYYY-MM-DD, or %NULL to empty it
 */
void
gez_date_entry_set_date (GezDateEntry *self,
                         const char   *date)
{
  g_autofree char *words = NULL;

  g_return_if_fail (GEZ_IS_DATE_ENTRY (self));

  words = gez_format_date (date);
  gez_date_entry_set_text (self, words);
}

/**
 * gez_date_entry_is_valid:
 * @self: an entry
 *
 * Returns: whether it is empty or holds a date
 */
gboolean
gez_date_entry_is_valid (GezDateEntry *self)
{
  g_return_val_if_fail (GEZ_IS_DATE_ENTRY (self), FALSE);

  return self->date != NULL || gez_text_is_blank (gez_date_entry_get_text (self));
}

/**
 * gez_date_entry_get_text:
 * @self: an entry
 *
 * Returns: (transfer none): what was typed
 */
const char *
gez_date_entry_get_text (GezDateEntry *self)
{
  g_return_val_if_fail (GEZ_IS_DATE_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * gez_date_entry_set_text:
 * @self: an entry
 * @text: (nullable): as if it was typed
 */
void
gez_date_entry_set_text (GezDateEntry *self,
                         const char   *text)
{
  g_return_if_fail (GEZ_IS_DATE_ENTRY (self));

  if (g_strcmp0 (gez_date_entry_get_text (self), text != NULL ? text : "") == 0)
    return;
  /* GTK empties an entry before it fills it: nobody may see that as a date that was taken away. */
  g_signal_handlers_block_by_func (self->entry, changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  g_signal_handlers_unblock_by_func (self->entry, changed_cb, self);
  changed_cb (self);
}
