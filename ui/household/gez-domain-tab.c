/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-domain-tab.h"

#include <glib/gi18n.h>

#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "household/gez-domain-scores.h"
#include "household/gez-domain-touching.h"
#include "household/gez-goal-list.h"
#include "household/gez-text-scale.h"
#include "household/gez-voices.h"
#include "model/gez-domain-view.h"

struct _GezDomainTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezId domain;
  GezReader *reader;
  GezSaying *saying;

  GtkWidget *page;
  GtkWidget *content;
  GtkWidget *voices;
  GtkWidget *scores;
  GtkWidget *goals;
  GtkWidget *others;
  GtkWidget *touching;
  guint limit; /* of what belongs to this domain */
};

G_DEFINE_FINAL_TYPE (GezDomainTab, gez_domain_tab, GTK_TYPE_WIDGET)

#define PAGE_WIDTH 1000
#define COLUMNS_FROM_WIDTH 640
#define SCORES_WIDTH 400
#define FIRST_TOUCHING 8
#define MORE_TOUCHING 200

static const char * const tables[] = {
  "assessment", "goal", "step", "note", "question", "contact", "contact_link", "referral",
  "referral_event", "followup", "person", "partner", "helper", "member", NULL
};

static GezQuery *
make_query (gpointer widget)
{
  GezDomainTab *self = widget;

  return gez_domain_view_query (&self->household, &self->domain, self->limit);
}

/* What single persons of the family and partners say ------------------------------------------ */

static void
append_saying (GezDomainTab *self,
               GezRecord    *record,
               const char   *column,
               const char   *what,
               const char   *name)
{
  const char *text = gez_record_get_text (record, column);
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "assessed_on"));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", what, day);
  GtkWidget *row;

  if (text == NULL)
    return;

  row = gez_row_new (text, subtitle);
  gez_row_set_lines (GEZ_ROW (row), 6, 1);
  gez_row_add_chip (GEZ_ROW (row), name, GEZ_CHIP_NEUTRAL);
  gez_section_append (GEZ_SECTION (self->others), row);
}

static void
append_score (GezDomainTab *self,
              GezRecord    *record,
              const char   *name)
{
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "assessed_on"));
  g_autofree char *score = NULL;
  GtkWidget *row;

  if (gez_record_is_null (record, "score"))
    return;

  /* Translators: a score, from 1 to 5. */
  score = g_strdup_printf (_("%d of 5"), (int) gez_record_get_integer (record, "score"));
  row = gez_row_new (score, day);
  gez_row_add_chip (GEZ_ROW (row), name, GEZ_CHIP_NEUTRAL);
  gez_section_append (GEZ_SECTION (self->others), row);
}

/* Strengths of everybody first, then what is difficult, as above. */
static void
show_others (GezDomainTab *self,
             GPtrArray    *others)
{
  static const struct
  {
    const char *column;
    const char *what;
  } fields[] = {
    { "strengths", N_ ("What goes well") },
    { "needs", N_ ("What is difficult") },
    { "wished_change", N_ ("Wish") },
    { NULL, NULL },
  };

  gez_section_clear (GEZ_SECTION (self->others));
  for (guint field = 0; field < G_N_ELEMENTS (fields); field++)
    for (guint i = 0; i < others->len; i++)
      {
        GezRecord *record = g_ptr_array_index (others, i);
        const char *name = gez_discreet (gez_record_get_text (record, "voice_name"));

        if (name == NULL)
          name = gez_words_get (GEZ_WORDS_VOICE, gez_record_get_text (record, "voice"));
        if (fields[field].column != NULL)
          append_saying (self, record, fields[field].column, _(fields[field].what), name);
        else
          append_score (self, record, name);
      }
  gtk_widget_set_visible (self->others, gez_section_get_n_rows (GEZ_SECTION (self->others)) > 0);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezDomainTab *self = widget;
  GezRecord *family;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }

  family = gez_view_get_record (result, "family");
  gez_saying_set_today (self->saying, gez_view_get_list (result, "today"));
  gez_voices_show (GEZ_VOICES (self->voices), family, gez_view_get_record (result, "worker"));
  gez_domain_scores_show (GEZ_DOMAIN_SCORES (self->scores), gez_view_get_list (result, "scores"),
                          family != NULL ? gez_record_get_text (family, "asked") : NULL);
  gez_goal_list_show (GEZ_GOAL_LIST (self->goals), gez_view_get_list (result, "goals"),
                      gez_view_get_list (result, "steps"));
  show_others (self, gez_view_get_list (result, "others"));
  gez_domain_touching_show (GEZ_DOMAIN_TOUCHING (self->touching), result);
  gtk_widget_set_sensitive (self->content, TRUE);
}

static gboolean
toggle_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  gez_domain_scores_toggle (GEZ_DOMAIN_SCORES (GEZ_DOMAIN_TAB (widget)->scores));

  return TRUE;
}

/* Twice as much as before, and at first a good deal more. */
static void
more_cb (GezDomainTab *self)
{
  self->limit = MAX (MORE_TOUCHING, self->limit * 2);
  gez_reader_refresh (self->reader);
}

static void
build (GezDomainTab *self)
{
  GtkWidget *columns;

  self->saying = gez_saying_new (self->context, &self->household, &self->domain);
  self->voices = gez_voices_new (self->saying);
  self->scores = gez_domain_scores_new (self->saying);
  self->goals = gez_goal_list_new (self->context, &self->household,
                                   gez_domain_code (self->context, &self->domain));
  self->others = gez_section_new (_("Others about this"));
  self->touching = gez_domain_touching_new (self->context, &self->household, &self->domain);
  g_signal_connect_object (self->touching, "more", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);

  columns = gez_fold_new (self->voices, self->scores, 18);
  gez_fold_set_second_width (GEZ_FOLD (columns),
                             gez_text_scale (GTK_WIDGET (self), SCORES_WIDTH));
  gez_fold_set_threshold (GEZ_FOLD (columns),
                          gez_text_scale (GTK_WIDGET (self), COLUMNS_FROM_WIDTH));

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), columns);
  gtk_box_append (GTK_BOX (self->content), self->others);
  gtk_box_append (GTK_BOX (self->content), self->goals);
  gtk_box_append (GTK_BOX (self->content), self->touching);
  /* Until the first answer nobody can type into a field that will get another text. */
  gtk_widget_set_sensitive (self->content, FALSE);

  self->page = gez_clamp_page_new (self->content, PAGE_WIDTH);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
}

static void
gez_domain_tab_dispose (GObject *object)
{
  GezDomainTab *self = GEZ_DOMAIN_TAB (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->saying);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_domain_tab_parent_class)->dispose (object);
}

static void
gez_domain_tab_class_init (GezDomainTabClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_domain_tab_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_t, 0, toggle_cb, NULL);
}

static void
gez_domain_tab_init (GezDomainTab *self)
{
}

/**
 * gez_domain_tab_new:
 * @context: where we work
 * @household: whose domain
 * @domain: the life domain
 *
 * Returns: (transfer floating): the tab; it fills itself
 */
GtkWidget *
gez_domain_tab_new (GezContext  *context,
                    const GezId *household,
                    const GezId *domain)
{
  GezDomainTab *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (household != NULL && domain != NULL, NULL);

  self = g_object_new (GEZ_TYPE_DOMAIN_TAB, NULL);
  self->context = g_object_ref (context);
  self->household = *household;
  self->domain = *domain;
  self->limit = FIRST_TOUCHING;
  build (self);
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);
  gez_reader_refresh (self->reader);

  return GTK_WIDGET (self);
}

/**
 * gez_domain_tab_add_goal:
 * @self: the tab
 *
 * Opens the form for a goal of this domain.
 */
void
gez_domain_tab_add_goal (GezDomainTab *self)
{
  g_return_if_fail (GEZ_IS_DOMAIN_TAB (self));

  gez_goal_list_add (GEZ_GOAL_LIST (self->goals), NULL,
                     gez_domain_code (self->context, &self->domain));
}

/**
 * gez_domain_tab_get_voices:
 * @self: the tab
 *
 * Returns: (transfer none): what family and worker say
 */
GtkWidget *
gez_domain_tab_get_voices (GezDomainTab *self)
{
  g_return_val_if_fail (GEZ_IS_DOMAIN_TAB (self), NULL);

  return self->voices;
}

/**
 * gez_domain_tab_get_scores:
 * @self: the tab
 *
 * Returns: (transfer none): how it goes
 */
GtkWidget *
gez_domain_tab_get_scores (GezDomainTab *self)
{
  g_return_val_if_fail (GEZ_IS_DOMAIN_TAB (self), NULL);

  return self->scores;
}
