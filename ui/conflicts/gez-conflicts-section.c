/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflicts/gez-conflicts-section.h"

#include <glib/gi18n.h>

#include "common/gez-discretion.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "conflicts/gez-conflict-words.h"
#include "conflicts/gez-conflicts-dialog.h"

struct _GezConflictsSection
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  GtkWidget *section;
  gboolean is_empty;
};

G_DEFINE_FINAL_TYPE (GezConflictsSection, gez_conflicts_section, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_IS_EMPTY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static const char household_key[] = "gez-household";

static GezQuery *
make_query (gpointer widget)
{
  return gez_conflict_query (GEZ_CONFLICTS_SECTION (widget)->context, NULL);
}

/* One row for each file, however many of its fields there are. */
static GtkWidget *
make_row (GPtrArray *conflicts,
          guint      place)
{
  GezConflict *first = g_ptr_array_index (conflicts, place);
  g_autofree char *words = NULL;
  guint n = 0;
  GtkWidget *row;

  for (guint i = 0; i < conflicts->len; i++)
    {
      GezConflict *conflict = g_ptr_array_index (conflicts, i);

      if (!gez_id_equal (&conflict->household, &first->household))
        continue;
      if (i < place)
        return NULL;
      n++;
    }
  words = gez_conflict_words_count (n);
  row = gez_row_new (first->household_name != NULL ? gez_discreet (first->household_name)
                                                   : _("What the team shares"), words);
  gez_row_set_lines (GEZ_ROW (row), 2, 3);
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), household_key, gez_id_copy (&first->household), g_free);
  return row;
}

static void
show_conflicts (gpointer      widget,
                gpointer      result,
                const GError *error)
{
  GezConflictsSection *self = widget;
  GPtrArray *conflicts = result;
  GezSection *section = GEZ_SECTION (self->section);
  gboolean is_empty = conflicts == NULL || conflicts->len == 0;

  gez_section_clear (section);
  for (guint i = 0; !is_empty && i < conflicts->len; i++)
    {
      GtkWidget *row = make_row (conflicts, i);

      if (row != NULL)
        gez_section_append (section, row);
    }
  gtk_widget_set_visible (self->section, !is_empty);
  if (is_empty == self->is_empty)
    return;
  self->is_empty = is_empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_EMPTY]);
}

static void
row_activated_cb (GezConflictsSection *self,
                  GtkListBoxRow       *row)
{
  const GezId *household = g_object_get_data (G_OBJECT (row), household_key);

  gez_conflicts_dialog_present (GTK_WIDGET (self), self->context,
                                gez_id_is_none (household) ? NULL : household);
}

static void
gez_conflicts_section_get_property (GObject    *object,
                                    guint       property,
                                    GValue     *value,
                                    GParamSpec *spec)
{
  if (property == PROP_IS_EMPTY)
    g_value_set_boolean (value, GEZ_CONFLICTS_SECTION (object)->is_empty);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
}

static void
gez_conflicts_section_dispose (GObject *object)
{
  GezConflictsSection *self = GEZ_CONFLICTS_SECTION (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->section, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_conflicts_section_parent_class)->dispose (object);
}

static void
gez_conflicts_section_class_init (GezConflictsSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gez_conflicts_section_get_property;
  object_class->dispose = gez_conflicts_section_dispose;
  properties[PROP_IS_EMPTY] = g_param_spec_boolean ("is-empty", NULL, NULL, TRUE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_conflicts_section_init (GezConflictsSection *self)
{
  self->is_empty = TRUE;
}

/**
 * gez_conflicts_section_new:
 * @context: where we work
 *
 * Returns: (transfer floating): the section; it reads when it shows
 */
GtkWidget *
gez_conflicts_section_new (GezContext *context)
{
  GezConflictsSection *self = g_object_new (GEZ_TYPE_CONFLICTS_SECTION, NULL);

  self->context = g_object_ref (context);
  self->section = gez_section_new (_("Filled in differently by two people"));
  gtk_widget_set_visible (self->section, FALSE);
  gtk_widget_set_parent (self->section, GTK_WIDGET (self));
  g_signal_connect_object (self->section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), gez_conflict_tables,
                                 make_query, show_conflicts);
  return GTK_WIDGET (self);
}

/**
 * gez_conflicts_section_is_empty:
 * @self: the section
 *
 * Returns: whether there are no such files, as far as is known
 */
gboolean
gez_conflicts_section_is_empty (GezConflictsSection *self)
{
  g_return_val_if_fail (GEZ_IS_CONFLICTS_SECTION (self), TRUE);

  return self->is_empty;
}
