/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-referrals-tab.h"

#include "common/gez-act.h"
#include "common/gez-chip.h"
#include "common/gez-clamp-page.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-words.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-referral-dialog.h"
#include "household/gez-referral-event-dialog.h"
#include "model/gez-referral-list.h"

#include <glib/gi18n.h>

struct _GezReferralsTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GHashTable *open; /* identities of the referrals that are unfolded */

  GtkWidget *page;
  GtkWidget *waiting;
  GtkWidget *ended;
};

G_DEFINE_FINAL_TYPE (GezReferralsTab, gez_referrals_tab, GTK_TYPE_WIDGET)

static const char * const tables[] = { "referral", "referral_event", "partner", "person",
                                       "domain", "member", NULL };

static const char *
get_optional (GezRecord  *record,
              const char *column)
{
  return gez_record_is_null (record, column) ? NULL : gez_record_get_text (record, column);
}

static void
add_part (GString    *line,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static char *
describe_referral (GezReferralsTab *self,
                   GezRecord       *referral)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *direction = gez_record_get_text (referral, "direction");
  const char *person = get_optional (referral, "person_name");
  const char *domain = get_optional (referral, "domain_code");

  if (g_strcmp0 (direction, "out") != 0)
    add_part (line, gez_words_get (GEZ_WORDS_REFERRAL_DIRECTION, direction));
  if (domain != NULL)
    add_part (line, gez_choices_get_domain_label (self->context, domain));
  add_part (line, person != NULL ? person : _("the whole family"));
  add_part (line, get_optional (referral, "question"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static GezChipStyle
style_of_state (GezRecord *referral)
{
  const char *state = get_optional (referral, "state");

  if (gez_record_get_integer (referral, "is_waiting") != 0)
    return GEZ_CHIP_ACCENT;
  if (g_strcmp0 (state, "helped") == 0 || g_strcmp0 (state, "partly_helped") == 0
      || g_strcmp0 (state, "arrived") == 0)
    return GEZ_CHIP_SUCCESS;

  return GEZ_CHIP_NEUTRAL;
}

static void
add_action_chip (GtkWidget   *row,
                 GString     *name,
                 const char  *text,
                 GezChipStyle style)
{
  GtkWidget *chip = gez_chip_new (text, style);

  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), chip);
  g_string_append_printf (name, ", %s", text);
}

static void
add_chips (GtkWidget *row,
           GString   *name,
           GezRecord *referral)
{
  if (gez_record_get_integer (referral, "has_no_news") != 0)
    {
      int days = (int) gez_record_get_integer (referral, "days_without_news");
      g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "no news for %d day", "no news for %d days", days),
                         days);

      add_action_chip (row, name, text, GEZ_CHIP_WARNING);
    }
  if (gez_record_get_integer (referral, "is_warm") != 0)
    add_action_chip (row, name, _("warm"), GEZ_CHIP_NEUTRAL);
  if (get_optional (referral, "state") != NULL)
    add_action_chip (row, name,
                     gez_words_get (GEZ_WORDS_REFERRAL_STATE, get_optional (referral, "state")),
                     style_of_state (referral));
}

static void
add_fact (GtkWidget  *grid,
          const char *what,
          const char *value)
{
  GtkWidget *name, *words;
  int line = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (grid), "lines"));

  if (value == NULL || *value == '\0')
    return;

  name = gez_form_hint (what);
  gtk_widget_remove_css_class (name, "caption");
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  words = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (words), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  name, NULL, -1);

  gtk_grid_attach (GTK_GRID (grid), name, 0, line, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), words, 1, line, 1, 1);
  g_object_set_data (G_OBJECT (grid), "lines", GINT_TO_POINTER (line + 1));
}

static void
add_day (GtkWidget  *grid,
         const char *what,
         const char *date)
{
  g_autofree char *day = date != NULL ? gez_format_date_long (date) : NULL;

  add_fact (grid, what, day);
}

static void
add_facts (GezReferralsTab *self,
           GtkWidget       *row,
           GezRecord       *referral)
{
  const char *reason = get_optional (referral, "reason");
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_widget_add_css_class (grid, "gez-row-line");
  add_fact (grid, _("Question"), get_optional (referral, "question"));
  if (reason != NULL)
    add_fact (grid, _("Reason"), gez_choices_get_label (self->context, "referral_reason", reason));
  add_fact (grid, _("Introduced by"), get_optional (referral, "introduced_by"));
  add_day (grid, _("Joint talk"), get_optional (referral, "joint_talk_on"));
  if (gez_record_get_integer (referral, "has_consent") == 0)
    add_fact (grid, _("Agreement"), _("The family has not agreed yet"));
  else if (get_optional (referral, "consent_on") == NULL)
    add_fact (grid, _("Agreement"), _("The family agrees"));
  else
    add_day (grid, _("The family agreed"), get_optional (referral, "consent_on"));
  add_day (grid, _("Call back"), get_optional (referral, "call_back_on"));
  add_fact (grid, _("Made by"), get_optional (referral, "by_name"));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), grid);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("About this referral"), -1);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

static void
add_events (GtkWidget *row,
            GezRecord *referral,
            GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      GezRecord *event = events->pdata[i];
      g_autoptr (GString) line = g_string_new (NULL);
      g_autofree char *day = NULL;
      GtkWidget *event_row;

      if (!gez_id_equal (gez_record_get_reference (event, "referral_id"),
                         gez_record_get_id (referral)))
        continue;

      day = gez_format_date (gez_record_get_text (event, "happened_on"));
      add_part (line, day);
      add_part (line, get_optional (event, "by_name"));
      add_part (line, get_optional (event, "reason"));
      event_row = gez_row_new (gez_words_get (GEZ_WORDS_REFERRAL_STATE,
                                              gez_record_get_text (event, "state")),
                               line->str);
      gez_row_set_lines (GEZ_ROW (event_row), 1, 4);
      gez_row_add_prefix (GEZ_ROW (event_row),
                          gtk_image_new_from_icon_name ("media-record-symbolic"));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), event_row);
    }
}

static void
add_event_cb (GtkButton *button,
              gpointer   user_data)
{
  GezReferralsTab *self = user_data;

  gez_referral_event_dialog_present (GTK_WIDGET (self), self->context,
                                     g_object_get_data (G_OBJECT (button), "referral"));
}

static void
add_button (GezReferralsTab *self,
            GtkWidget       *row,
            GezRecord       *referral)
{
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Add what happened"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 9);
  gtk_widget_set_margin_bottom (button, 9);
  gtk_widget_set_margin_start (button, 12);
  g_object_set_data_full (G_OBJECT (button), "referral", g_object_ref (referral), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_event_cb), self, G_CONNECT_DEFAULT);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  gtk_widget_set_focusable (line, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add what happened"), -1);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
}

static void
expanded_cb (GtkWidget  *row,
             GParamSpec *pspec,
             gpointer    user_data)
{
  GezReferralsTab *self = user_data;
  GezRecord *referral = g_object_get_data (G_OBJECT (row), "referral");

  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    g_hash_table_add (self->open, gez_id_copy (gez_record_get_id (referral)));
  else
    g_hash_table_remove (self->open, gez_record_get_id (referral));
}

static GtkWidget *
make_row (GezReferralsTab *self,
          GezRecord       *referral,
          GPtrArray       *events)
{
  const char *partner = get_optional (referral, "partner");
  g_autofree char *subtitle = describe_referral (self, referral);
  g_autofree char *title = NULL;
  g_autofree char *safe_subtitle = gez_escape (subtitle);
  g_autoptr (GString) name = NULL;
  GtkWidget *row;

  if (partner == NULL)
    partner = _("Not said to whom");
  name = g_string_new (partner);
  g_string_append_printf (name, ", %s", subtitle);

  title = gez_escape (partner);
  row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "subtitle", safe_subtitle, NULL);
  add_chips (row, name, referral);
  add_facts (self, row, referral);
  add_events (row, referral, events);
  add_button (self, row, referral);

  g_object_set_data_full (G_OBJECT (row), "referral", g_object_ref (referral), g_object_unref);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row),
                                 g_hash_table_contains (self->open, gez_record_get_id (referral)));
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);

  return row;
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_referral_list_query (&GEZ_REFERRALS_TAB (widget)->household);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezReferralsTab *self = widget;
  GPtrArray *referrals;

  if (result == NULL)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }

  gez_section_clear (GEZ_SECTION (self->waiting));
  gez_section_clear (GEZ_SECTION (self->ended));
  referrals = gez_view_get_list (result, "referrals");
  for (guint i = 0; i < referrals->len; i++)
    {
      GezRecord *referral = referrals->pdata[i];
      gboolean is_waiting = gez_record_get_integer (referral, "is_waiting") != 0;

      gez_section_append (GEZ_SECTION (is_waiting ? self->waiting : self->ended),
                          make_row (self, referral, gez_view_get_list (result, "events")));
    }
  gtk_widget_set_visible (self->ended, gez_section_get_n_rows (GEZ_SECTION (self->ended)) > 0);
}

static void
gez_referrals_tab_dispose (GObject *object)
{
  GezReferralsTab *self = GEZ_REFERRALS_TAB (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_referrals_tab_parent_class)->dispose (object);
}

static void
gez_referrals_tab_finalize (GObject *object)
{
  g_hash_table_unref (GEZ_REFERRALS_TAB (object)->open);

  G_OBJECT_CLASS (gez_referrals_tab_parent_class)->finalize (object);
}

static void
gez_referrals_tab_class_init (GezReferralsTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_referrals_tab_dispose;
  object_class->finalize = gez_referrals_tab_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_referrals_tab_init (GezReferralsTab *self)
{
  self->open = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
}

static GtkWidget *
make_content (GezReferralsTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->waiting = gez_section_new (_("On their way"));
  gez_section_set_empty (GEZ_SECTION (self->waiting),
                         _("Nothing is on its way. Refer when somebody else can help better, "
                           "and go along when you can."));
  gez_section_set_add (GEZ_SECTION (self->waiting), _("Refer"));
  g_signal_connect_object (self->waiting, "add", G_CALLBACK (gez_referrals_tab_start), self,
                           G_CONNECT_SWAPPED);
  self->ended = gez_section_new (_("Ended"));
  gtk_widget_set_visible (self->ended, FALSE);

  gtk_box_append (GTK_BOX (content), self->waiting);
  gtk_box_append (GTK_BOX (content), self->ended);

  return content;
}

/**
 * gez_referrals_tab_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): the tab; it reads when it shows
 */
GtkWidget *
gez_referrals_tab_new (GezContext  *context,
                       const GezId *household)
{
  GezReferralsTab *self = g_object_new (GEZ_TYPE_REFERRALS_TAB, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->page = gez_clamp_page_new (make_content (self), 860);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);

  return GTK_WIDGET (self);
}

/**
 * gez_referrals_tab_start:
 * @self: the tab
 *
 * Opens the form that refers.
 */
void
gez_referrals_tab_start (GezReferralsTab *self)
{
  g_return_if_fail (GEZ_IS_REFERRALS_TAB (self));

  gez_referral_dialog_present (GTK_WIDGET (self), self->context, &self->household, NULL);
}
