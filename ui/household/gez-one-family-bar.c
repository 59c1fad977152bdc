/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Looking up is written down by the store, so it happens only for a reason: the file opened, or a table
 *    of `tables` changed. A burst of changes is one look.
 * 2. Only the answer to the last look shows: `cancellable` is that of the look on its way.
 */

#include "household/gez-one-family-bar.h"

#include <glib/gi18n.h>

#include "circle/gez-fingerprint.h"
#include "common/gez-notice-bar.h"

struct _GezOneFamilyBar
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GCancellable *cancellable;
  guint timeout;
  gboolean is_stale;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (GezOneFamilyBar, gez_one_family_bar, GTK_TYPE_WIDGET)

#define COALESCE_MILLISECONDS 300

static const char *const tables[] = { "fingerprint", "fingerprint_choice", "person", "membership",
                                      "team_member", NULL };

/* The names of whom to ask, each once; NULL when none is known. */
static char *
join_names (GPtrArray *hits)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < hits->len; i++)
    {
      const GezFingerprintHit *hit = g_ptr_array_index (hits, i);

      if (hit->member_name == NULL || !g_hash_table_add (known, hit->member_name))
        continue;
      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, hit->member_name);
    }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

static char *
say_hits (GPtrArray *hits)
{
  g_autofree char *names = join_names (hits);

  if (hits->len == 0)
    return NULL;
  if (names == NULL)
    return g_strdup (_("A colleague works with this family."));
  /* Translators: %s is the name of a colleague, or names with commas between them. */
  return g_strdup_printf (_("A colleague works with this family: ask %s."), names);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GezOneFamilyBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = gez_fingerprint_look_up_finish (GEZ_STORE (source), result, &error);
  g_autofree char *words = hits != NULL ? say_hits (hits) : NULL;

  /* A look that failed hides nothing but a hint: the file goes on working. */
  if (self->bar != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gez_notice_bar_say (GEZ_NOTICE_BAR (self->bar), words);
}

static gboolean
look_cb (gpointer user_data)
{
  GezOneFamilyBar *self = user_data;

  self->timeout = 0;
  self->is_stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gez_fingerprint_look_up_household_async (gez_context_get_store (self->context), &self->household,
                                           self->cancellable, looked_up_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
look_soon (GezOneFamilyBar *self)
{
  if (self->timeout == 0)
    self->timeout = g_timeout_add (COALESCE_MILLISECONDS, look_cb, self);
}

static void
changed_cb (GezOneFamilyBar    *self,
            const char * const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_strv_contains (tables, names[i]))
      {
        self->is_stale = TRUE;
        break;
      }
  if (self->is_stale && gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_soon (self);
}

static void
gez_one_family_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gez_one_family_bar_parent_class)->map (widget);
  if (GEZ_ONE_FAMILY_BAR (widget)->is_stale)
    look_soon (GEZ_ONE_FAMILY_BAR (widget));
}

static void
gez_one_family_bar_dispose (GObject *object)
{
  GezOneFamilyBar *self = GEZ_ONE_FAMILY_BAR (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_one_family_bar_parent_class)->dispose (object);
}

static void
gez_one_family_bar_class_init (GezOneFamilyBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_one_family_bar_dispose;
  widget_class->map = gez_one_family_bar_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_one_family_bar_init (GezOneFamilyBar *self)
{
  self->is_stale = TRUE;
}

/**
 * gez_one_family_bar_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): the bar; it looks when it shows
 */
GtkWidget *
gez_one_family_bar_new (GezContext  *context,
                        const GezId *household)
{
  GezOneFamilyBar *self = g_object_new (GEZ_TYPE_ONE_FAMILY_BAR, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->bar = gez_notice_bar_new ("system-users-symbolic");
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  g_signal_connect_object (gez_context_get_store (context), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
