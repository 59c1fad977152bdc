/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-domain-scores.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-field-row.h"
#include "household/gez-choice-row.h"
#include "household/gez-form.h"

struct _GezDomainScores
{
  GtkWidget parent_instance;

  GezSaying *saying;
  gboolean is_showing;

  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *history_row;
  GtkWidget *history;
  GtkWidget *toggle;
  GtkWidget *scales[GEZ_SCORE_VOICE_N];
  GtkWidget *clears[GEZ_SCORE_VOICE_N];
  GezId latest[GEZ_SCORE_VOICE_N]; /* the rows that hold the scores */
  GtkWidget *asked;
};

G_DEFINE_FINAL_TYPE (GezDomainScores, gez_domain_scores, GTK_TYPE_WIDGET)

static void
chosen_cb (GezScoreScale *scale,
           int            score,
           gpointer       user_data)
{
  GezDomainScores *self = user_data;
  GezScoreVoice voice = scale == GEZ_SCORE_SCALE (self->scales[GEZ_SCORE_VOICE_FAMILY])
                          ? GEZ_SCORE_VOICE_FAMILY
                          : GEZ_SCORE_VOICE_WORKER;

  gez_saying_write_score (self->saying, GTK_WIDGET (self), voice, score);
}

/* The keyboard goes to the points before the button goes away under it. */
static void
take_back (GezDomainScores *self,
           int              voice)
{
  if (gez_id_is_none (&self->latest[voice]))
    return;

  gtk_widget_child_focus (self->scales[voice], GTK_DIR_TAB_FORWARD);
  gez_saying_take_back_score (self->saying, GTK_WIDGET (self), &self->latest[voice]);
}

static void
clear_cb (GezDomainScores *self,
          GtkWidget       *button)
{
  take_back (self, button == self->clears[GEZ_SCORE_VOICE_FAMILY] ? GEZ_SCORE_VOICE_FAMILY
                                                                  : GEZ_SCORE_VOICE_WORKER);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                gpointer               user_data)
{
  GezDomainScores *self = user_data;
  GtkWidget *scale = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_BackSpace)
    return FALSE;

  take_back (self, scale == self->scales[GEZ_SCORE_VOICE_FAMILY] ? GEZ_SCORE_VOICE_FAMILY
                                                                 : GEZ_SCORE_VOICE_WORKER);
  return TRUE;
}

static void
asked_cb (GezDomainScores *self)
{
  const char *code = gez_choice_row_get_code (GEZ_CHOICE_ROW (self->asked));

  if (self->is_showing || code == NULL)
    return;

  gez_saying_write_asked (self->saying, GTK_WIDGET (self), code);
}

static void
name_toggle (GezDomainScores *self)
{
  gboolean is_table = gez_score_history_shows_table (GEZ_SCORE_HISTORY (self->history));

  gtk_button_set_label (GTK_BUTTON (self->toggle), is_table ? _("Plot (T)") : _("Table (T)"));
}

static void
toggle_cb (GezDomainScores *self)
{
  gez_score_history_toggle (GEZ_SCORE_HISTORY (self->history));
  name_toggle (self);
}

static GtkWidget *
make_line (GtkWidget *child)
{
  GtkWidget *row = gez_field_row_new ();

  gtk_widget_add_css_class (child, "gez-score-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);

  return row;
}

static GtkWidget *
make_header (GezDomainScores *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *heading = gez_form_heading (_("How is it going?"));

  self->toggle = gtk_button_new ();
  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_widget_set_tooltip_text (self->toggle, _("The same numbers as plot or as table"));
  g_signal_connect_swapped (self->toggle, "clicked", G_CALLBACK (toggle_cb), self);
  gtk_widget_add_css_class (header, "gez-section-heading");
  gtk_box_append (GTK_BOX (header), heading);
  gtk_box_append (GTK_BOX (header), self->toggle);

  return header;
}

/* What the five points mean, readable before one is chosen. The points say it to a screen reader. */
static GtkWidget *
make_legend (GezDomainScores *self)
{
  GezLists *lists = gez_context_get_lists (gez_saying_get_context (self->saying));
  GtkWidget *legend = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (legend), 8);
  gtk_grid_set_row_spacing (GTK_GRID (legend), 2);
  for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
    {
      const char *text = gez_lists_get_scale_label (lists, gez_saying_get_domain (self->saying), score);
      g_autofree char *number = g_strdup_printf ("%d", score);
      GtkWidget *digit = gtk_label_new (number);
      GtkWidget *sentence = gez_form_hint (text != NULL ? text : "");

      gtk_widget_set_valign (digit, GTK_ALIGN_START);
      gtk_widget_add_css_class (digit, "caption-heading");
      gtk_widget_set_hexpand (sentence, TRUE);
      gtk_grid_attach (GTK_GRID (legend), digit, 0, score, 1, 1);
      gtk_grid_attach (GTK_GRID (legend), sentence, 1, score, 1, 1);
    }
  return legend;
}

/* A row of words alone takes the focus itself, and says them. */
static GtkWidget *
make_legend_line (GezDomainScores *self)
{
  GtkWidget *legend = make_legend (self);
  GtkWidget *row = make_line (legend);
  g_autoptr (GString) words = g_string_new (NULL);

  for (GtkWidget *label = gtk_widget_get_first_child (legend); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    g_string_append_printf (words, "%s ", gtk_label_get_text (GTK_LABEL (label)));
  gez_accessible_set_name (row, words->str);
  return row;
}

static GtkWidget *
make_scale_line (GezDomainScores *self,
                 int              voice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  GtkWidget *column = adw_bin_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (self->scales[voice], keys);
  gtk_widget_set_hexpand (self->scales[voice], TRUE);
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_valign (clear, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (clear, _("Take this score back (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  voice == GEZ_SCORE_VOICE_FAMILY
                                    ? _("Take back the score of the family")
                                    : _("Take back the score of the worker"),
                                  -1);
  g_signal_connect_object (clear, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  self->clears[voice] = clear;
  /* Tab goes first to what has its middle highest: as high as the scale, this comes after it. */
  adw_bin_set_child (ADW_BIN (column), clear);
  gtk_box_append (GTK_BOX (box), self->scales[voice]);
  gtk_box_append (GTK_BOX (box), column);

  return make_line (box);
}

static void
add_scales (GezDomainScores *self)
{
  GezLists *lists = gez_context_get_lists (gez_saying_get_context (self->saying));

  for (int voice = 0; voice < GEZ_SCORE_VOICE_N; voice++)
    {
      GtkWidget *scale = gez_score_scale_new (voice);

      for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
        gez_score_scale_set_anchor (GEZ_SCORE_SCALE (scale), score,
                                    gez_lists_get_scale_label (
                                      lists, gez_saying_get_domain (self->saying), score));
      g_signal_connect_object (scale, "chosen", G_CALLBACK (chosen_cb), self, 0);
      self->scales[voice] = scale;
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_scale_line (self, voice));
    }
}

static void
add_asked (GezDomainScores *self)
{
  self->asked = gez_choice_row_new (_("Asked?"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (self->asked), GEZ_WORDS_ASKED);
  g_signal_connect_object (self->asked, "notify::selected", G_CALLBACK (asked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->asked);
}

static void
show_scale (GezDomainScores *self,
            GArray          *series,
            GezScoreVoice    voice)
{
  const GezScorePoint *latest = gez_score_series_latest (series, voice, NULL);
  const GezScorePoint *before = NULL;

  if (latest != NULL)
    before = gez_score_series_latest (series, voice, latest);
  gez_score_scale_set_score (GEZ_SCORE_SCALE (self->scales[voice]),
                             latest != NULL ? latest->score : 0,
                             latest != NULL ? latest->day_on : NULL,
                             before != NULL ? before->score : 0,
                             before != NULL ? before->day_on : NULL);
}

static void
find_latest (GezDomainScores *self,
             GPtrArray       *scores,
             int              voice)
{
  const char *code = gez_score_voice_code (voice);

  self->latest[voice] = GEZ_ID_NONE;
  for (guint i = scores->len; i > 0; i--)
    {
      GezRecord *score = g_ptr_array_index (scores, i - 1);

      if (g_strcmp0 (gez_record_get_text (score, "voice"), code) != 0)
        continue;
      self->latest[voice] = *gez_record_get_id (score);
      break;
    }
  /* Its room stays, so that the points do not move. */
  gtk_widget_set_sensitive (self->clears[voice], !gez_id_is_none (&self->latest[voice]));
  gtk_widget_set_opacity (self->clears[voice], gez_id_is_none (&self->latest[voice]) ? 0 : 1);
}

static void
gez_domain_scores_dispose (GObject *object)
{
  GezDomainScores *self = GEZ_DOMAIN_SCORES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->saying);

  G_OBJECT_CLASS (gez_domain_scores_parent_class)->dispose (object);
}

static void
gez_domain_scores_class_init (GezDomainScoresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_domain_scores_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_domain_scores_init (GezDomainScores *self)
{
  self->history = gez_score_history_new ();
  self->list = gez_form_list (_("How is it going?"));
  self->history_row = make_line (self->history);
  gez_accessible_set_name (self->history_row, _("The same numbers as plot or as table"));
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->history_row);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), make_header (self));
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_add_css_class (self->box, "gez-block");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  name_toggle (self);
}

/**
 * gez_domain_scores_new:
 * @saying: writes what is said
 *
 * Returns: (transfer floating): the widget, without scores
 */
GtkWidget *
gez_domain_scores_new (GezSaying *saying)
{
  GezDomainScores *self = g_object_new (GEZ_TYPE_DOMAIN_SCORES, NULL);

  self->saying = g_object_ref (saying);
  self->is_showing = TRUE;
  gtk_list_box_append (GTK_LIST_BOX (self->list), make_legend_line (self));
  add_scales (self);
  add_asked (self);
  self->is_showing = FALSE;

  return GTK_WIDGET (self);
}

/**
 * gez_domain_scores_show:
 * @self: the widget
 * @scores: (element-type GezRecord): every score, oldest first
 * @asked: (nullable): whether it was asked; %NULL: not yet
 */
void
gez_domain_scores_show (GezDomainScores *self,
                        GPtrArray       *scores,
                        const char      *asked)
{
  g_autoptr (GArray) series = NULL;

  g_return_if_fail (GEZ_IS_DOMAIN_SCORES (self));

  series = gez_score_series_new (scores);
  gez_score_history_set_series (GEZ_SCORE_HISTORY (self->history), series);
  gtk_widget_set_visible (self->history_row, series->len > 0);
  gtk_widget_set_visible (self->toggle, series->len > 0);
  show_scale (self, series, GEZ_SCORE_VOICE_FAMILY);
  show_scale (self, series, GEZ_SCORE_VOICE_WORKER);
  find_latest (self, scores, GEZ_SCORE_VOICE_FAMILY);
  find_latest (self, scores, GEZ_SCORE_VOICE_WORKER);

  self->is_showing = TRUE;
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->asked), asked != NULL ? asked : "not_asked");
  self->is_showing = FALSE;
}

/**
 * gez_domain_scores_toggle:
 * @self: the widget
 *
 * From plot to table, or back.
 */
void
gez_domain_scores_toggle (GezDomainScores *self)
{
  g_return_if_fail (GEZ_IS_DOMAIN_SCORES (self));

  if (gtk_widget_get_visible (self->toggle))
    toggle_cb (self);
}

/**
 * gez_domain_scores_get_history:
 * @self: the widget
 *
 * Returns: (transfer none): plot and table
 */
GezScoreHistory *
gez_domain_scores_get_history (GezDomainScores *self)
{
  g_return_val_if_fail (GEZ_IS_DOMAIN_SCORES (self), NULL);

  return GEZ_SCORE_HISTORY (self->history);
}

/**
 * gez_domain_scores_get_scale:
 * @self: the widget
 * @voice: whose scale
 *
 * Returns: (transfer none): the five points of that voice
 */
GezScoreScale *
gez_domain_scores_get_scale (GezDomainScores *self,
                             GezScoreVoice    voice)
{
  g_return_val_if_fail (GEZ_IS_DOMAIN_SCORES (self), NULL);

  return GEZ_SCORE_SCALE (self->scales[voice]);
}
