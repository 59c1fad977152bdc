/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-referral-row.h"

#include "common/gez-accessible.h"
#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"

#include <glib/gi18n.h>

struct _GezReferralRow
{
  GtkListBoxRow parent_instance;

  GezContext *context;
  GezRecord *referral;
  GtkWidget *arrow;
  GtkWidget *details;
};

G_DEFINE_FINAL_TYPE (GezReferralRow, gez_referral_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SIGNAL_ADD_EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
describe_referral (GezReferralRow *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *direction = gez_record_get_text (self->referral, "direction");
  const char *person = gez_discreet (get_optional (self->referral, "person_name"));
  const char *domain = get_optional (self->referral, "domain_code");

  if (g_strcmp0 (direction, "out") != 0)
    add_part (line, gez_words_get (GEZ_WORDS_REFERRAL_DIRECTION, direction));
  if (domain != NULL)
    add_part (line, gez_choices_get_domain_label (self->context, domain));
  add_part (line, person != NULL ? person : _("the whole family"));
  add_part (line, gez_discreet (get_optional (self->referral, "question")));

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
add_chip (GtkWidget   *chips,
          GString     *name,
          const char  *text,
          GezChipStyle style)
{
  gtk_box_append (GTK_BOX (chips), gez_chip_new (text, style));
  g_string_append_printf (name, ", %s", text);
}

static void
add_chips (GtkWidget *chips,
           GString   *name,
           GezRecord *referral)
{
  const char *state = get_optional (referral, "state");

  if (state != NULL)
    add_chip (chips, name, gez_words_get (GEZ_WORDS_REFERRAL_STATE, state),
              style_of_state (referral));
  if (gez_record_get_integer (referral, "is_warm") != 0)
    add_chip (chips, name, _("warm"), GEZ_CHIP_NEUTRAL);
  if (gez_record_get_integer (referral, "has_no_news") != 0)
    {
      int days = (int) gez_record_get_integer (referral, "days_without_news");
      g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "no news for %d day", "no news for %d days", days),
                         days);

      add_chip (chips, name, text, GEZ_CHIP_WARNING);
    }
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

static GtkWidget *
make_facts (GezReferralRow *self)
{
  GezRecord *referral = self->referral;
  const char *reason = get_optional (referral, "reason");
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  add_fact (grid, _("Question"), gez_discreet (get_optional (referral, "question")));
  if (reason != NULL)
    add_fact (grid, _("Reason"), gez_choices_get_label (self->context, "referral_reason", reason));
  add_fact (grid, _("Introduced by"), gez_discreet (get_optional (referral, "introduced_by")));
  add_day (grid, _("Joint talk"), get_optional (referral, "joint_talk_on"));
  if (gez_record_get_integer (referral, "has_consent") == 0)
    add_fact (grid, _("Agreement"), _("The family has not agreed yet"));
  else if (get_optional (referral, "consent_on") == NULL)
    add_fact (grid, _("Agreement"), _("The family agrees"));
  else
    add_day (grid, _("The family agreed"), get_optional (referral, "consent_on"));
  add_day (grid, _("Call back"), get_optional (referral, "call_back_on"));
  add_fact (grid, _("Made by"), get_optional (referral, "by_name"));

  return grid;
}

/* What happened, as the last lines of the same facts: the day, and what. */
static void
add_events (GezReferralRow *self,
            GtkWidget      *grid,
            GPtrArray      *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      GezRecord *event = events->pdata[i];
      g_autoptr (GString) line = NULL;
      g_autofree char *day = NULL;

      if (!gez_id_equal (gez_record_get_reference (event, "referral_id"),
                         gez_record_get_id (self->referral)))
        continue;

      day = gez_format_date (gez_record_get_text (event, "happened_on"));
      line = g_string_new (gez_words_get (GEZ_WORDS_REFERRAL_STATE,
                                          gez_record_get_text (event, "state")));
      add_part (line, gez_discreet (get_optional (event, "reason")));
      add_part (line, get_optional (event, "by_name"));
      add_fact (grid, day, line->str);
    }
}

static void
add_event_cb (GezReferralRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD_EVENT], 0);
}

static void
gez_referral_row_dispose (GObject *object)
{
  GezReferralRow *self = GEZ_REFERRAL_ROW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->referral);

  G_OBJECT_CLASS (gez_referral_row_parent_class)->dispose (object);
}

static void
gez_referral_row_class_init (GezReferralRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_referral_row_dispose;

  signals[SIGNAL_ADD_EVENT] = g_signal_new ("add-event", GEZ_TYPE_REFERRAL_ROW, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gez_referral_row_init (GezReferralRow *self)
{
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_head (GezReferralRow *self)
{
  const char *partner = get_optional (self->referral, "partner");
  g_autofree char *subtitle = describe_referral (self);
  g_autoptr (GString) name = NULL;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *line = gez_wrap_box_new (12, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *chips = gez_wrap_box_new (6, 6);

  if (partner == NULL)
    partner = _("Not said to whom");
  name = g_string_new (partner);
  g_string_append_printf (name, ", %s", subtitle);
  add_chips (chips, name, self->referral);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);

  gtk_box_append (GTK_BOX (words), make_label (partner, NULL));
  gtk_box_append (GTK_BOX (words), make_label (subtitle, "gez-row-subtitle"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (chips, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), chips);
  gtk_widget_set_hexpand (line, TRUE);
  self->arrow = gez_ornament_new ("go-next-symbolic");
  gtk_widget_add_css_class (self->arrow, "dim-label");
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), self->arrow);
  gtk_widget_add_css_class (head, "gez-row-line");

  return head;
}

static GtkWidget *
make_partner_button (const GezId *partner)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show in the social map"));
  char id[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (partner, id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-partner");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);

  return button;
}

static GtkWidget *
make_details (GezReferralRow *self,
              GPtrArray      *events)
{
  GtkWidget *details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 15);
  GtkWidget *facts = make_facts (self);
  GtkWidget *buttons = gez_wrap_box_new (6, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Note news"));

  add_events (self, facts, events);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_event_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (details), facts);
  gtk_box_append (GTK_BOX (buttons), button);
  if (!gez_record_is_null (self->referral, "partner_id"))
    gtk_box_append (GTK_BOX (buttons), make_partner_button (
                                         gez_record_get_reference (self->referral, "partner_id")));
  gtk_box_append (GTK_BOX (details), buttons);
  gtk_widget_add_css_class (details, "gez-row-line");

  return details;
}

/**
 * gez_referral_row_new:
 * @context: the context
 * @referral: a referral as gez_referral_list_query() gave it
 * @events: (element-type GezRecord): the events of all referrals
 *
 * Returns: (transfer floating): the row, folded
 */
GtkWidget *
gez_referral_row_new (GezContext *context,
                      GezRecord  *referral,
                      GPtrArray  *events)
{
  GezReferralRow *self = g_object_new (GEZ_TYPE_REFERRAL_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->context = g_object_ref (context);
  self->referral = g_object_ref (referral);
  self->details = make_details (self, events);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), self->details);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gez_referral_row_set_open (self, FALSE);

  return GTK_WIDGET (self);
}

/**
 * gez_referral_row_get_referral:
 * @self: the row
 *
 * Returns: (transfer none): its referral
 */
GezRecord *
gez_referral_row_get_referral (GezReferralRow *self)
{
  g_return_val_if_fail (GEZ_IS_REFERRAL_ROW (self), NULL);

  return self->referral;
}

/**
 * gez_referral_row_is_open:
 * @self: the row
 *
 * Returns: whether it is unfolded
 */
gboolean
gez_referral_row_is_open (GezReferralRow *self)
{
  g_return_val_if_fail (GEZ_IS_REFERRAL_ROW (self), FALSE);

  return gtk_widget_get_visible (self->details);
}

/**
 * gez_referral_row_set_open:
 * @self: the row
 * @open: whether it is unfolded
 */
void
gez_referral_row_set_open (GezReferralRow *self,
                           gboolean        open)
{
  g_return_if_fail (GEZ_IS_REFERRAL_ROW (self));

  gtk_widget_set_visible (self->details, open);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                open ? "go-down-symbolic" : "go-next-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}
