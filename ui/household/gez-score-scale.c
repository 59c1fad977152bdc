/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-score-scale.h"

#include <glib/gi18n.h>

#include "common/gez-chip.h"
#include "common/gez-format.h"
#include "common/gez-words.h"

struct _GezScoreScale
{
  GtkWidget parent_instance;

  GezScoreVoice voice;
  int score; /* 0: none */
  char *anchors[GEZ_SCORE_HIGHEST + 1];

  GtkWidget *points[GEZ_SCORE_HIGHEST + 1];
  GtkWidget *before;
  GtkWidget *anchor;
};

G_DEFINE_FINAL_TYPE (GezScoreScale, gez_score_scale, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The anchor of the point that somebody looks at, else of the one that was chosen. */
static void
show_anchor (GezScoreScale *self,
             int            looked_at)
{
  int score = looked_at > 0 ? looked_at : self->score;
  const char *text = score > 0 ? self->anchors[score] : NULL;
  g_autofree char *words = NULL;

  if (score == 0)
    words = g_strdup (_("Not given yet"));
  else
    words = text != NULL ? g_strdup_printf ("%d: %s", score, text) : g_strdup_printf ("%d", score);
  gtk_label_set_text (GTK_LABEL (self->anchor), words);
}

static void
name_points (GezScoreScale *self)
{
  const char *voice = gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (self->voice));

  for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
    {
      const char *anchor = self->anchors[score] != NULL ? self->anchors[score] : "";
      /* Translators: one of five points, such as "family: 3 of 5. It goes so-so". */
      g_autofree char *name = g_strdup_printf (_("%s: %d of 5. %s"), voice, score, anchor);
      gboolean is_chosen = score == self->score;

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->points[score]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->points[score]),
                                   GTK_ACCESSIBLE_STATE_CHECKED,
                                   is_chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                             : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
      if (is_chosen)
        gtk_widget_add_css_class (self->points[score], "chosen");
      else
        gtk_widget_remove_css_class (self->points[score], "chosen");
    }
}

static int
score_of (GezScoreScale *self,
          GtkWidget     *point)
{
  for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
    if (self->points[score] == point)
      return score;

  return 0;
}

static void
choose (GezScoreScale *self,
        int            score)
{
  self->score = score;
  name_points (self);
  show_anchor (self, score);
  g_signal_emit (self, signals[CHOSEN], 0, score);
}

static void
clicked_cb (GezScoreScale *self,
            GtkWidget     *point)
{
  choose (self, score_of (self, point));
}

static void
focus_enter_cb (GtkEventController *controller,
                gpointer            user_data)
{
  show_anchor (user_data,
               score_of (user_data, gtk_event_controller_get_widget (controller)));
}

static void
pointer_enter_cb (GtkEventController *controller,
                  double              x,
                  double              y,
                  gpointer            user_data)
{
  focus_enter_cb (controller, user_data);
}

static void
look_away_cb (GezScoreScale *self)
{
  show_anchor (self, 0);
}

static gboolean
key_pressed_cb (GezScoreScale  *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  gunichar digit = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (digit < '0' + GEZ_SCORE_LOWEST || digit > '0' + GEZ_SCORE_HIGHEST)
    return FALSE;

  gtk_widget_grab_focus (self->points[digit - '0']);
  choose (self, (int) (digit - '0'));
  return TRUE;
}

static GtkWidget *
make_point (GezScoreScale *self,
            int            score)
{
  g_autofree char *text = g_strdup_printf ("%d", score);
  GtkWidget *point = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO,
                                   "label", text, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_add_css_class (point, "gez-score-point");
  g_signal_connect_swapped (point, "clicked", G_CALLBACK (clicked_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (focus_enter_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (look_away_cb), self);
  g_signal_connect (motion, "enter", G_CALLBACK (pointer_enter_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (look_away_cb), self);
  gtk_widget_add_controller (point, focus);
  gtk_widget_add_controller (point, motion);

  return point;
}

static void
build (GezScoreScale *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *points = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *voice = gez_words_get (GEZ_WORDS_VOICE, gez_score_voice_code (self->voice));
  GtkWidget *chip = gez_chip_new (voice, GEZ_CHIP_NEUTRAL);

  gtk_widget_add_css_class (points, "linked");
  for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
    {
      self->points[score] = make_point (self, score);
      gtk_box_append (GTK_BOX (points), self->points[score]);
    }

  self->before = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->before, "caption");
  gtk_widget_add_css_class (self->before, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->before), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->before), 0);
  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (points, TRUE);
  gtk_widget_set_halign (points, GTK_ALIGN_START);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), points);
  gtk_box_append (GTK_BOX (line), chip);

  self->anchor = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->anchor), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->anchor), 0);
  gtk_widget_add_css_class (self->anchor, "caption");

  gtk_widget_set_parent (line, GTK_WIDGET (self));
  gtk_widget_set_parent (self->anchor, GTK_WIDGET (self));
  gtk_widget_set_parent (self->before, GTK_WIDGET (self));
  name_points (self);
  show_anchor (self, 0);
  gtk_widget_set_visible (self->before, FALSE);
}

static void
gez_score_scale_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (gez_score_scale_parent_class)->dispose (object);
}

static void
gez_score_scale_finalize (GObject *object)
{
  GezScoreScale *self = GEZ_SCORE_SCALE (object);

  for (int score = GEZ_SCORE_LOWEST; score <= GEZ_SCORE_HIGHEST; score++)
    g_free (self->anchors[score]);

  G_OBJECT_CLASS (gez_score_scale_parent_class)->finalize (object);
}

static void
gez_score_scale_class_init (GezScoreScaleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_score_scale_dispose;
  object_class->finalize = gez_score_scale_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", GEZ_TYPE_SCORE_SCALE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "scorescale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
gez_score_scale_init (GezScoreScale *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * gez_score_scale_new:
 * @voice: who chooses
 *
 * Returns: (transfer floating): a scale without a score
 */
GtkWidget *
gez_score_scale_new (GezScoreVoice voice)
{
  GezScoreScale *self = g_object_new (GEZ_TYPE_SCORE_SCALE, NULL);

  self->voice = voice;
  build (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  voice == GEZ_SCORE_VOICE_FAMILY
                                    ? _("How it goes, says the family")
                                    : _("How it goes, says the worker"),
                                  -1);

  return GTK_WIDGET (self);
}

/**
 * gez_score_scale_set_anchor:
 * @self: the scale
 * @score: 1 to 5
 * @text: (nullable): what this score means
 */
void
gez_score_scale_set_anchor (GezScoreScale *self,
                            int            score,
                            const char    *text)
{
  g_return_if_fail (GEZ_IS_SCORE_SCALE (self));
  g_return_if_fail (score >= GEZ_SCORE_LOWEST && score <= GEZ_SCORE_HIGHEST);

  g_free (self->anchors[score]);
  self->anchors[score] = g_strdup (text);
  gtk_widget_set_tooltip_text (self->points[score], text);
  name_points (self);
  show_anchor (self, 0);
}

/**
 * gez_score_scale_set_score:
 * @self: the scale
 * @score: 1 to 5; 0: this voice gave none
 * @day_on: (nullable): when it was given
 * @previous: the score before it; 0: there is none
 * @previous_on: (nullable): when that one was given
 */
void
gez_score_scale_set_score (GezScoreScale *self,
                           int            score,
                           const char    *day_on,
                           int            previous,
                           const char    *previous_on)
{
  g_autofree char *words = NULL;

  g_return_if_fail (GEZ_IS_SCORE_SCALE (self));

  if (previous > 0 && previous_on != NULL)
    {
      g_autofree char *day = gez_format_date (previous_on);

      /* Translators: the score before this one, and its date: "was 2 on 3 Jul". */
      words = g_strdup_printf (_("was %d on %s"), previous, day);
    }
  else if (score > 0 && day_on != NULL)
    {
      g_autofree char *day = gez_format_date (day_on);

      /* Translators: the date of the first score. */
      words = g_strdup_printf (_("first time, %s"), day);
    }

  self->score = CLAMP (score, 0, GEZ_SCORE_HIGHEST);
  gtk_label_set_text (GTK_LABEL (self->before), words != NULL ? words : "");
  gtk_widget_set_visible (self->before, words != NULL);
  name_points (self);
  show_anchor (self, 0);
}

/**
 * gez_score_scale_get_score:
 * @self: the scale
 *
 * Returns: the score that is chosen; 0 for none
 */
int
gez_score_scale_get_score (GezScoreScale *self)
{
  g_return_val_if_fail (GEZ_IS_SCORE_SCALE (self), 0);

  return self->score;
}

/**
 * gez_score_scale_get_before:
 * @self: the scale
 *
 * Returns: (transfer none): what stands below the points about the score before
 */
const char *
gez_score_scale_get_before (GezScoreScale *self)
{
  g_return_val_if_fail (GEZ_IS_SCORE_SCALE (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->before));
}
