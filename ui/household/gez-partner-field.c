/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-partner-field.h"

#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-row.h"
#include "household/gez-form.h"
#include "model/gez-partner-list.h"

#include <glib/gi18n.h>

struct _GezPartnerField
{
  GtkWidget parent_instance;

  GezContext *context;
  GtkWidget *list;
  GtkWidget *entry;
  GPtrArray *suggestions; /* GezRow, owned by the list */
  GezId partner;          /* none while the text is free */
  GCancellable *cancellable;
  guint timeout;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (GezPartnerField, gez_partner_field, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MOST_SUGGESTIONS 5
#define TYPING_PAUSE_MS 120

static void
clear_suggestions (GezPartnerField *self)
{
  for (guint i = 0; i < self->suggestions->len; i++)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), self->suggestions->pdata[i]);
  g_ptr_array_set_size (self->suggestions, 0);
}

static void
forget_search (GezPartnerField *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
add_suggestion (GezPartnerField *self,
                GezRecord       *partner)
{
  const char *offer =
    gez_record_is_null (partner, "offer") ? NULL : gez_record_get_text (partner, "offer");
  GtkWidget *row = gez_row_new (gez_record_get_text (partner, "name"), offer);

  gez_row_set_lines (GEZ_ROW (row), 1, 1);
  gez_row_add_prefix (GEZ_ROW (row), gez_ornament_new ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "partner", g_object_ref (partner), g_object_unref);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  g_ptr_array_add (self->suggestions, row);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezPartnerField) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezPage) page = gez_store_run_finish (GEZ_STORE (source), result, &error);
  GPtrArray *partners;

  /* Without an answer the text stays free: nothing is lost by a search that failed. */
  if (page == NULL || self->context == NULL)
    return;

  clear_suggestions (self);
  partners = gez_page_get_items (page);
  for (guint i = 0; i < partners->len; i++)
    add_suggestion (self, partners->pdata[i]);
}

static gboolean
search_cb (gpointer user_data)
{
  GezPartnerField *self = user_data;
  g_autofree char *text = gez_form_entry_dup (self->entry);
  g_autoptr (GezQuery) query = NULL;

  self->timeout = 0;
  clear_suggestions (self);
  if (text == NULL)
    return G_SOURCE_REMOVE;

  self->cancellable = g_cancellable_new ();
  query = gez_partner_list_query (&(GezPartnerFilter) { .search = text }, 0, MOST_SUGGESTIONS);
  gez_store_run_async (gez_context_get_store (self->context), query, self->cancellable, found_cb,
                       g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
entry_changed_cb (GezPartnerField *self)
{
  if (self->is_setting)
    return;

  self->partner = GEZ_ID_NONE;
  forget_search (self);
  self->timeout = g_timeout_add (TYPING_PAUSE_MS, search_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_activated_cb (GezPartnerField *self,
                  GtkListBoxRow   *row)
{
  GezRecord *partner = g_object_get_data (G_OBJECT (row), "partner");
  g_autoptr (GezRecord) held = partner != NULL ? g_object_ref (partner) : NULL;

  if (held == NULL)
    return;

  gez_partner_field_set (self, gez_record_get_id (held), gez_record_get_text (held, "name"));
  gtk_widget_grab_focus (self->entry);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
gez_partner_field_dispose (GObject *object)
{
  GezPartnerField *self = GEZ_PARTNER_FIELD (object);

  forget_search (self);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_partner_field_parent_class)->dispose (object);
}

static void
gez_partner_field_finalize (GObject *object)
{
  g_ptr_array_unref (GEZ_PARTNER_FIELD (object)->suggestions);

  G_OBJECT_CLASS (gez_partner_field_parent_class)->finalize (object);
}

static gboolean
gez_partner_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_PARTNER_FIELD (widget)->entry);
}

static void
gez_partner_field_class_init (GezPartnerFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_partner_field_dispose;
  object_class->finalize = gez_partner_field_finalize;
  widget_class->grab_focus = gez_partner_field_grab_focus;
  gez_focus_class_let_leave (widget_class);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", GEZ_TYPE_PARTNER_FIELD, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_partner_field_init (GezPartnerField *self)
{
  self->suggestions = g_ptr_array_new ();
}

/**
 * gez_partner_field_new:
 * @context: the context
 * @title: what is asked
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
gez_partner_field_new (GezContext *context,
                       const char *title)
{
  GezPartnerField *self = g_object_new (GEZ_TYPE_PARTNER_FIELD, NULL);

  self->context = g_object_ref (context);
  self->list = gez_form_list (title);
  self->entry = gez_form_entry (title, NULL);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->entry);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  g_signal_connect_object (self->entry, "changed", G_CALLBACK (entry_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * gez_partner_field_set:
 * @self: the field
 * @partner: (nullable): the partner of the social map
 * @name: (nullable): what stands in the field
 */
void
gez_partner_field_set (GezPartnerField *self,
                       const GezId     *partner,
                       const char      *name)
{
  g_return_if_fail (GEZ_IS_PARTNER_FIELD (self));

  forget_search (self);
  clear_suggestions (self);
  self->is_setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name != NULL ? name : "");
  self->is_setting = FALSE;
  self->partner = partner != NULL ? *partner : GEZ_ID_NONE;
}

/**
 * gez_partner_field_get_partner:
 * @self: the field
 *
 * Returns: (nullable) (transfer none): the partner that was chosen; %NULL while the text is free
 */
const GezId *
gez_partner_field_get_partner (GezPartnerField *self)
{
  g_return_val_if_fail (GEZ_IS_PARTNER_FIELD (self), NULL);

  return gez_id_is_none (&self->partner) ? NULL : &self->partner;
}

/**
 * gez_partner_field_dup_text:
 * @self: the field
 *
 * Returns: (transfer full) (nullable): what stands in the field
 */
char *
gez_partner_field_dup_text (GezPartnerField *self)
{
  g_return_val_if_fail (GEZ_IS_PARTNER_FIELD (self), NULL);

  return gez_form_entry_dup (self->entry);
}
