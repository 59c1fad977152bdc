/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-score-history.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-format.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"

struct _GezScoreHistory
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GtkWidget *plot_page;
  GtkWidget *plot;
  GtkWidget *legends[GEZ_SCORE_VOICE_N];
  GtkWidget *table;
};

G_DEFINE_FINAL_TYPE (GezScoreHistory, gez_score_history, GTK_TYPE_WIDGET)

static void
show_legend (GezScoreHistory *self,
             GArray          *series,
             GezScoreVoice    voice)
{
  static const char * const marks[GEZ_SCORE_VOICE_N] = { "●", "■" };
  const char *name = gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (voice));
  const GezScorePoint *latest = gez_score_series_latest (series, voice, NULL);
  const GezScorePoint *before = NULL;
  g_autofree char *words = NULL;

  if (latest != NULL)
    before = gez_score_series_latest (series, voice, latest);
  if (latest == NULL)
    words = g_strdup_printf ("%s %s", marks[voice], name);
  else if (before == NULL)
    words = g_strdup_printf ("%s %s %d", marks[voice], name, latest->score);
  else
    /* Translators: mark, who, score and the score before: "● family 3 (was 2)". */
    words = g_strdup_printf (_("%s %s %d (was %d)"), marks[voice], name, latest->score,
                             before->score);
  gtk_label_set_text (GTK_LABEL (self->legends[voice]), words);
}

static void
attach_cell (GtkWidget  *grid,
             const char *text,
             int         column,
             int         row,
             gboolean    is_heading)
{
  GtkWidget *label = g_object_new (
    GTK_TYPE_LABEL, "accessible-role",
    is_heading ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_CELL, "label", text,
    "xalign", column == 0 ? 0.0f : 0.5f, "hexpand", column > 0, "selectable", !is_heading, NULL);

  gtk_widget_add_css_class (label, is_heading ? "caption-heading" : "numeric");
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

/* One line for each day, newest first, with a column for each voice. */
static void
fill_table (GezScoreHistory *self,
            GArray          *series)
{
  GtkWidget *child;
  const char *day = NULL;
  int row = 0;

  while ((child = gtk_widget_get_first_child (self->table)) != NULL)
    gtk_grid_remove (GTK_GRID (self->table), child);

  attach_cell (self->table, _("Day"), 0, 0, TRUE);
  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    attach_cell (self->table, gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (voice)),
                 voice + 1, 0, TRUE);

  for (guint i = series->len; i > 0; i--)
    {
      const GezScorePoint *point = &g_array_index (series, GezScorePoint, i - 1);
      g_autofree char *score = g_strdup_printf ("%d", point->score);

      if (day == NULL || strcmp (day, point->day_on) != 0)
        {
          g_autofree char *words = gez_format_date (point->day_on);

          day = point->day_on;
          attach_cell (self->table, words, 0, ++row, FALSE);
        }
      attach_cell (self->table, score, (int) point->voice + 1, row, FALSE);
    }
}

static GtkWidget *
make_plot_page (GezScoreHistory *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *legend = gez_wrap_box_new (12, 3);

  self->plot = gez_score_plot_new ();
  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    {
      self->legends[voice] = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->legends[voice]), 0);
      gtk_widget_add_css_class (self->legends[voice], "caption");
      gtk_box_append (GTK_BOX (legend), self->legends[voice]);
    }
  gtk_box_append (GTK_BOX (page), self->plot);
  gtk_box_append (GTK_BOX (page), legend);

  return page;
}

static void
gez_score_history_dispose (GObject *object)
{
  GezScoreHistory *self = GEZ_SCORE_HISTORY (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_score_history_parent_class)->dispose (object);
}

static void
gez_score_history_class_init (GezScoreHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_score_history_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_score_history_init (GezScoreHistory *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->plot_page = make_plot_page (self);
  self->table = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE,
                              "row-spacing", 4, "column-spacing", 12, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Scores by day"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->table);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->plot_page, "plot");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "table");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

/**
 * gez_score_history_new:
 *
 * Returns: (transfer floating): a history without scores
 */
GtkWidget *
gez_score_history_new (void)
{
  return g_object_new (GEZ_TYPE_SCORE_HISTORY, NULL);
}

/**
 * gez_score_history_set_series:
 * @self: the history
 * @series: (transfer none) (element-type GezScorePoint): what to show, by day
 */
void
gez_score_history_set_series (GezScoreHistory *self,
                              GArray          *series)
{
  g_return_if_fail (GEZ_IS_SCORE_HISTORY (self));
  g_return_if_fail (series != NULL);

  gez_score_plot_set_series (GEZ_SCORE_PLOT (self->plot), series);
  fill_table (self, series);
  show_legend (self, series, GEZ_SCORE_VOICE_FAMILY);
  show_legend (self, series, GEZ_SCORE_VOICE_WORKER);
}

/**
 * gez_score_history_toggle:
 * @self: the history
 *
 * From plot to table, or back.
 */
void
gez_score_history_toggle (GezScoreHistory *self)
{
  g_return_if_fail (GEZ_IS_SCORE_HISTORY (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    gez_score_history_shows_table (self) ? "plot" : "table");
}

/**
 * gez_score_history_shows_table:
 * @self: the history
 *
 * Returns: whether the table stands there, not the plot
 */
gboolean
gez_score_history_shows_table (GezScoreHistory *self)
{
  g_return_val_if_fail (GEZ_IS_SCORE_HISTORY (self), FALSE);

  return gtk_stack_get_visible_child (GTK_STACK (self->stack)) != self->plot_page;
}

/**
 * gez_score_history_get_plot:
 * @self: the history
 *
 * Returns: (transfer none): the plot
 */
GezScorePlot *
gez_score_history_get_plot (GezScoreHistory *self)
{
  g_return_val_if_fail (GEZ_IS_SCORE_HISTORY (self), NULL);

  return GEZ_SCORE_PLOT (self->plot);
}

/**
 * gez_score_history_get_table:
 * @self: the history
 *
 * Returns: (transfer none): the grid of labels: a heading, then days
 */
GtkWidget *
gez_score_history_get_table (GezScoreHistory *self)
{
  g_return_val_if_fail (GEZ_IS_SCORE_HISTORY (self), NULL);

  return self->table;
}
