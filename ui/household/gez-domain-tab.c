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
#include "household/gez-excerpt.h"
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
};

G_DEFINE_FINAL_TYPE (GezDomainTab, gez_domain_tab, GTK_TYPE_WIDGET)

#define PAGE_WIDTH 1000
#define COLUMNS_FROM_WIDTH 640
#define SCORES_WIDTH 400
#define MOST_TOUCHING 8

static const char * const tables[] = {
  "assessment", "goal", "step", "note", "question", "contact", "contact_link", "referral",
  "referral_event", "person", "partner", "helper", "member", NULL
};

static GezQuery *
make_query (gpointer widget)
{
  GezDomainTab *self = widget;

  return gez_domain_view_query (&self->household, &self->domain, MOST_TOUCHING);
}

/* What else the file says of this domain ------------------------------------------------------ */

static char *
describe_kind (GezRecord *record)
{
  const char *kind = gez_record_get_text (record, "kind");
  const char *partner = gez_record_get_text (record, "partner");
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "day_on"));

  if (g_strcmp0 (kind, "referral") == 0)
    return partner != NULL ? g_strdup_printf (_("Referral · %s · %s"), partner, day)
                           : g_strdup_printf (_("Referral · %s"), day);
  if (g_strcmp0 (kind, "question") == 0)
    return g_strdup_printf (_("Question · %s"), day);

  return g_strdup_printf (_("Journal · %s"), day);
}

static GtkWidget *
make_touching_row (GezRecord *record)
{
  const char *kind = gez_record_get_text (record, "kind");
  const char *state = gez_record_get_text (record, "state");
  const char *by = gez_record_get_text (record, "by_name");
  g_autofree char *title = describe_kind (record);
  g_autofree char *text = gez_excerpt (gez_discreet (gez_record_get_text (record, "text")));
  GtkWidget *row = gez_row_new (title, text);

  gez_row_set_lines (GEZ_ROW (row), 1, 2);
  if (g_strcmp0 (kind, "referral") == 0 && state != NULL)
    gez_row_add_chip (GEZ_ROW (row), gez_words_get (GEZ_WORDS_REFERRAL_STATE, state),
                      GEZ_CHIP_ACCENT);
  else if (g_strcmp0 (kind, "question") == 0)
    gez_row_add_chip (GEZ_ROW (row),
                      gez_record_is_null (record, "done_on") ? _("open") : _("done"),
                      gez_record_is_null (record, "done_on") ? GEZ_CHIP_ACCENT : GEZ_CHIP_NEUTRAL);
  else if (by != NULL)
    gez_row_add_chip (GEZ_ROW (row), by, GEZ_CHIP_NEUTRAL);
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "tab",
                     g_strcmp0 (kind, "referral") == 0 ? (gpointer) "referrals"
                                                       : (gpointer) "journal");

  return row;
}

static void
touching_activated_cb (GezDomainTab  *self,
                       GtkListBoxRow *row)
{
  const char *tab = g_object_get_data (G_OBJECT (row), "tab");
  char household[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (&self->household, household);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", household, tab);
}

static void
show_touching (GezDomainTab *self,
               GPtrArray    *touching,
               int           n_touching)
{
  g_autofree char *detail = NULL;

  gez_section_clear (GEZ_SECTION (self->touching));
  for (guint i = 0; i < touching->len; i++)
    gez_section_append (GEZ_SECTION (self->touching),
                        make_touching_row (g_ptr_array_index (touching, i)));

  if (n_touching > (int) touching->len)
    detail = g_strdup_printf (_("the latest %u of %d"), touching->len, n_touching);
  gez_section_set_detail (GEZ_SECTION (self->touching), detail);
}

/* What single persons of the family and partners say ------------------------------------------ */

static void
append_saying (GezDomainTab *self,
               GezRecord    *record,
               const char   *column,
               const char   *name)
{
  const char *text = gez_record_get_text (record, column);
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "assessed_on"));
  GtkWidget *row;

  if (text == NULL)
    return;

  row = gez_row_new (text, day);
  gez_row_set_lines (GEZ_ROW (row), 6, 1);
  gez_row_add_chip (GEZ_ROW (row), name, GEZ_CHIP_NEUTRAL);
  gez_section_append (GEZ_SECTION (self->others), row);
}

static void
show_others (GezDomainTab *self,
             GPtrArray    *others)
{
  gez_section_clear (GEZ_SECTION (self->others));
  for (guint i = 0; i < others->len; i++)
    {
      GezRecord *record = g_ptr_array_index (others, i);
      const char *name = gez_discreet (gez_record_get_text (record, "voice_name"));

      if (name == NULL)
        name = gez_words_get (GEZ_WORDS_VOICE, gez_record_get_text (record, "voice"));
      append_saying (self, record, "strengths", name);
      append_saying (self, record, "needs", name);
      append_saying (self, record, "wished_change", name);
    }
  gtk_widget_set_visible (self->others, gez_section_get_n_rows (GEZ_SECTION (self->others)) > 0);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezDomainTab *self = widget;
  GezRecord *family, *more;

  if (result == NULL)
    {
      gez_say_error (widget, error);
      return;
    }

  family = gez_view_get_record (result, "family");
  more = gez_view_get_record (result, "more");
  gez_saying_set_today (self->saying, gez_view_get_list (result, "today"));
  gez_voices_show (GEZ_VOICES (self->voices), family, gez_view_get_record (result, "worker"));
  gez_domain_scores_show (GEZ_DOMAIN_SCORES (self->scores), gez_view_get_list (result, "scores"),
                          family != NULL ? gez_record_get_text (family, "asked") : NULL);
  gez_goal_list_show (GEZ_GOAL_LIST (self->goals), gez_view_get_list (result, "goals"),
                      gez_view_get_list (result, "steps"));
  show_others (self, gez_view_get_list (result, "others"));
  show_touching (self, gez_view_get_list (result, "touching"),
                 (int) gez_record_get_integer (more, "n_touching"));
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
  self->touching = gez_section_new (_("What belongs to this"));
  gez_section_set_empty (GEZ_SECTION (self->touching),
                         _("Journal entries, questions and referrals about this domain will stand "
                           "here."));
  g_signal_connect_object (self->touching, "row-activated", G_CALLBACK (touching_activated_cb),
                           self, G_CONNECT_SWAPPED);

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
