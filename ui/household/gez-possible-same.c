/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-possible-same.h"

#include <glib/gi18n.h>

#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "household/gez-form.h"

struct _GezPossibleSame
{
  GtkWidget parent_instance;

  GezReader *reader;
  GezQuery *query; /* what to ask next */
  GtkWidget *box;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (GezPossibleSame, gez_possible_same, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define MOST 5

/* What stands in a form that is being filled in must not move because a colleague wrote something. */
static const char *const no_tables[] = { NULL };

static char *
make_subtitle (GezRecord *record)
{
  const char *household = gez_discreet (gez_record_get_text (record, "household_name"));
  const char *nickname = gez_discreet (gez_record_get_text (record, "nickname"));
  const char *born_on = gez_record_get_text (record, "born_on");
  g_autofree char *birth = gez_format_date (born_on);
  GString *text = g_string_new (NULL);

  if (g_strcmp0 (gez_record_get_text (record, "kind"), "person") == 0)
    g_string_append (text, household);
  if (nickname != NULL)
    g_string_append_printf (text, " · %s", nickname);
  if (born_on != NULL)
    g_string_append_printf (text, " · %s", birth);
  return g_string_free (text, FALSE);
}

static void
add_reason (GtkWidget  *row,
            GezRecord  *record,
            const char *column,
            const char *words)
{
  if (gez_record_get_integer (record, column) != 0)
    gez_row_add_chip (GEZ_ROW (row), words, GEZ_CHIP_NEUTRAL);
}

static GtkWidget *
make_row (GezRecord *record)
{
  g_autofree char *subtitle = make_subtitle (record);
  GtkWidget *row = gez_row_new (gez_discreet (gez_record_get_text (record, "title")), subtitle);
  GtkWidget *open = gtk_label_new (_("Open"));

  add_reason (row, record, "has_name", _("name"));
  add_reason (row, record, "has_birth", _("birth date"));
  add_reason (row, record, "has_phone", _("telephone number"));
  gez_row_add_suffix (GEZ_ROW (row), open);
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "gez-household",
                          gez_id_to_string (gez_record_get_reference (record, "household_id")),
                          g_free);
  return row;
}

static GezQuery *
make_query (gpointer widget)
{
  return g_steal_pointer (&GEZ_POSSIBLE_SAME (widget)->query);
}

static void
show_same (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezPossibleSame *self = widget;
  GPtrArray *found = result;
  GtkWidget *row;

  /* A search that failed hides nothing but a hint: the form goes on working. */
  if (found == NULL)
    return;
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (found->pdata[i]));
  gtk_widget_set_visible (widget, found->len > 0);
}

static void
row_activated_cb (GezPossibleSame *self,
                  GtkListBoxRow   *row)
{
  g_signal_emit (self, signals[OPEN], 0, g_object_get_data (G_OBJECT (row), "gez-household"));
}

static void
gez_possible_same_dispose (GObject *object)
{
  GezPossibleSame *self = GEZ_POSSIBLE_SAME (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_object (&self->query);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_possible_same_parent_class)->dispose (object);
}

static void
gez_possible_same_class_init (GezPossibleSameClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_possible_same_dispose;

  signals[OPEN] = g_signal_new ("open", GEZ_TYPE_POSSIBLE_SAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_possible_same_init (GezPossibleSame *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * gez_possible_same_new:
 * @context: where to look
 * @heading: who may be the same
 *
 * Returns: (transfer floating): a list that does not show yet
 */
GtkWidget *
gez_possible_same_new (GezContext *context,
                       const char *heading)
{
  GezPossibleSame *self = g_object_new (GEZ_TYPE_POSSIBLE_SAME, NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->list = gez_form_list (heading);
  gtk_box_append (GTK_BOX (self->box), gez_form_heading (heading));
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), gez_form_hint (_("Choose one to open that file instead.")));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), no_tables,
                                 make_query, show_same);
  return GTK_WIDGET (self);
}

/**
 * gez_possible_same_ask:
 * @self: a list
 * @sought: (array length=n_sought): who is being written down now
 *
 * Looks again; an answer that is still on its way is not waited for.
 */
void
gez_possible_same_ask (GezPossibleSame *self,
                       const GezSought *sought,
                       guint            n_sought)
{
  g_return_if_fail (GEZ_IS_POSSIBLE_SAME (self));

  g_clear_object (&self->query);
  self->query = gez_same_query (sought, n_sought, MOST);
  gez_reader_refresh (self->reader);
}
