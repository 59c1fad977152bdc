/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-score-table.h"

#include <glib/gi18n.h>

#include "common/gez-field-row.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "household/gez-form.h"
#include "household/gez-score-series.h"

struct _GezScoreTable
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;

  GtkWidget *box;
  GtkWidget *list;
  GtkSizeGroup *columns[GEZ_SCORE_VOICE_N];
};

G_DEFINE_FINAL_TYPE (GezScoreTable, gez_score_table, GTK_TYPE_WIDGET)

#define TAB_KEY "gez-tab"

static char *
format_score (GezRecord    *domain,
              GezScoreVoice voice)
{
  static const char * const columns[GEZ_SCORE_VOICE_N][2] = {
    { "family_score", "family_previous_score" },
    { "worker_score", "worker_previous_score" },
  };
  int scores[2];

  for (int i = 0; i < 2; i++)
    scores[i] = gez_record_is_null (domain, columns[voice][i])
                  ? 0
                  : (int) gez_record_get_integer (domain, columns[voice][i]);

  return gez_score_format_trend (scores[0], scores[1]);
}

static void
append_cell (GezScoreTable *self,
             GtkWidget     *line,
             int            voice,
             const char    *text,
             gboolean       is_heading)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, is_heading ? "caption" : "numeric");
  if (is_heading)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_size_group_add_widget (self->columns[voice], label);
  gtk_box_append (GTK_BOX (line), label);
}

static GtkWidget *
make_line (const char *title,
           gboolean    is_heading)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (is_heading)
    gtk_widget_add_css_class (label, "caption");
  if (is_heading)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (line, "gez-table-line");
  gtk_box_append (GTK_BOX (line), label);

  return line;
}

static GtkWidget *
make_row (GezScoreTable *self,
          GezRecord     *domain)
{
  GtkWidget *row = gtk_list_box_row_new ();
  const char *name = gez_domain_short_label (self->context, gez_record_get_id (domain));
  GtkWidget *line = make_line (name, FALSE);
  GString *spoken = g_string_new (name);

  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    {
      g_autofree char *score = format_score (domain, voice);

      append_cell (self, line, voice, score[0] != '\0' ? score : "–", FALSE);
      g_string_append_printf (spoken, ", %s %s",
                              gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (voice)),
                              score[0] != '\0' ? score : _("none"));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), TAB_KEY,
                          g_strconcat ("domain:", gez_record_get_text (domain, "code"), NULL),
                          g_free);
  g_string_free (spoken, TRUE);

  return row;
}

static GtkWidget *
make_heading (GezScoreTable *self)
{
  GtkWidget *row = gez_field_row_new ();
  GtkWidget *line = make_line (_("Life domain"), TRUE);

  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    append_cell (self, line, voice,
                 gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (voice)), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Life domain, family, worker"), -1);

  return row;
}

static void
activated_cb (GezScoreTable *self,
              GtkListBoxRow *row)
{
  char household[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (&self->household, household);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", household,
                              g_object_get_data (G_OBJECT (row), TAB_KEY));
}

static void
gez_score_table_dispose (GObject *object)
{
  GezScoreTable *self = GEZ_SCORE_TABLE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    g_clear_object (&self->columns[voice]);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_score_table_parent_class)->dispose (object);
}

static void
gez_score_table_class_init (GezScoreTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_score_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_score_table_init (GezScoreTable *self)
{
  GtkWidget *heading;

  self->list = gez_form_list (_("How is it going?"));
  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    self->columns[voice] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  heading = gez_form_heading (_("How is it going?"));
  gtk_widget_add_css_class (heading, "gez-section-heading");
  gtk_box_append (GTK_BOX (self->box), heading);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_add_css_class (self->box, "gez-block");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_score_table_new:
 * @context: where we work
 * @household: whose scores
 *
 * Returns: (transfer floating): an empty table
 */
GtkWidget *
gez_score_table_new (GezContext  *context,
                     const GezId *household)
{
  GezScoreTable *self = g_object_new (GEZ_TYPE_SCORE_TABLE, NULL);

  self->context = g_object_ref (context);
  self->household = *household;

  return GTK_WIDGET (self);
}

/**
 * gez_score_table_show:
 * @self: the table
 * @domains: (element-type GezRecord): what gez_household_file_query() says of them
 */
void
gez_score_table_show (GezScoreTable *self,
                      GPtrArray     *domains)
{
  GtkListBoxRow *row;

  g_return_if_fail (GEZ_IS_SCORE_TABLE (self));

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  gtk_list_box_append (GTK_LIST_BOX (self->list), make_heading (self));
  for (guint i = 0; i < domains->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         make_row (self, g_ptr_array_index (domains, i)));
}
