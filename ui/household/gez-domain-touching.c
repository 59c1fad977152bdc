/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-domain-touching.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "household/gez-excerpt.h"
#include "household/gez-helper-dialog.h"
#include "household/gez-referral-dialog.h"

struct _GezDomainTouching
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezId domain;

  GtkWidget *box;
  GtkWidget *section;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (GezDomainTouching, gez_domain_touching, GTK_TYPE_WIDGET)

enum
{
  MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define TAB_KEY "gez-tab"

/* Rows ------------------------------------------------------------------------------------------ */

static GtkWidget *
append_row (GezDomainTouching *self,
            const char        *title,
            const char        *text,
            const char        *tab)
{
  g_autofree char *excerpt = gez_excerpt (gez_discreet (text));
  GtkWidget *row = gez_row_new (title, excerpt);

  gez_row_set_lines (GEZ_ROW (row), 1, 2);
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), TAB_KEY, (gpointer) tab);
  gez_section_append (GEZ_SECTION (self->section), row);

  return row;
}

/* "Helper · CAW Voorbeeld · debts", since when */
static void
append_helper (GezDomainTouching *self,
               GezRecord         *helper)
{
  const char *name = gez_discreet (gez_record_get_text (helper, "helper_name"));
  const char *partner = gez_record_get_text (helper, "partner_name");
  const char *role = gez_record_get_text (helper, "role");
  const char *since_on = gez_record_get_text (helper, "since_on");
  g_autofree char *title = g_strdup_printf (_("Helper · %s"), name != NULL ? name : "–");
  g_autofree char *day = gez_format_date (since_on);
  g_autofree char *since = g_strdup_printf (_("since %s"), day);
  gboolean has_partner = partner != NULL && g_strcmp0 (partner, name) != 0;
  g_autofree char *text = has_partner && role != NULL ? g_strdup_printf ("%s · %s", partner, role)
                                                      : g_strdup (has_partner ? partner : role);
  GtkWidget *row = append_row (self, title, text, "network");

  if (since_on != NULL)
    gez_row_add_chip (GEZ_ROW (row), since, GEZ_CHIP_NEUTRAL);
}

static void
append_referral (GezDomainTouching *self,
                 GezRecord         *record)
{
  const char *partner = gez_record_get_text (record, "partner");
  const char *state = gez_record_get_text (record, "state");
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "day_on"));
  g_autofree char *title = partner != NULL ? g_strdup_printf (_("Referral · %s · %s"), partner, day)
                                           : g_strdup_printf (_("Referral · %s"), day);
  GtkWidget *row = append_row (self, title, gez_record_get_text (record, "text"), "referrals");

  if (state != NULL)
    gez_row_add_chip (GEZ_ROW (row), gez_words_get (GEZ_WORDS_REFERRAL_STATE, state),
                      GEZ_CHIP_ACCENT);
  if (gez_record_get_integer (record, "has_no_news") != 0)
    {
      int days = (int) gez_record_get_integer (record, "days_without_news");
      g_autofree char *chip = g_strdup_printf (ngettext ("no news for %d day", "no news for %d days",
                                                         (gulong) days), days);

      gez_row_add_chip (GEZ_ROW (row), chip, GEZ_CHIP_WARNING);
    }
}

static void
append_followup (GezDomainTouching *self,
                 GezRecord         *record,
                 const char        *today)
{
  const char *due_on = gez_record_get_text (record, "due_on");
  const char *by = gez_record_get_text (record, "by_name");
  gboolean is_done = !gez_record_is_null (record, "done_on");
  gboolean is_cancelled = !gez_record_is_null (record, "cancelled_on");
  g_autofree char *title = g_strdup_printf (_("Follow-up · %s"),
                                            gez_record_get_text (record, "text"));
  g_autofree char *due = gez_format_due (due_on, today);
  GtkWidget *row = append_row (self, title, by, "agenda");

  if (is_done)
    gez_row_add_chip (GEZ_ROW (row), _("done"), GEZ_CHIP_NEUTRAL);
  else if (is_cancelled)
    gez_row_add_chip (GEZ_ROW (row), _("cancelled"), GEZ_CHIP_NEUTRAL);
  else
    gez_row_add_chip (GEZ_ROW (row), due,
                      strcmp (due_on, today) < 0 ? GEZ_CHIP_WARNING : GEZ_CHIP_ACCENT);
}

static void
append_question (GezDomainTouching *self,
                 GezRecord         *record)
{
  gboolean is_open = gez_record_is_null (record, "done_on");
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "day_on"));
  g_autofree char *title = g_strdup_printf (_("Question · %s"), day);
  GtkWidget *row = append_row (self, title, gez_record_get_text (record, "text"), "journal");

  gez_row_add_chip (GEZ_ROW (row), is_open ? _("open") : _("done"),
                    is_open ? GEZ_CHIP_ACCENT : GEZ_CHIP_NEUTRAL);
}

static void
append_journal (GezDomainTouching *self,
                GezRecord         *record)
{
  const char *by = gez_record_get_text (record, "by_name");
  g_autofree char *day = gez_format_date (gez_record_get_text (record, "day_on"));
  g_autofree char *title = g_strdup_printf (_("Journal · %s"), day);
  GtkWidget *row = append_row (self, title, gez_record_get_text (record, "text"), "journal");

  if (by != NULL)
    gez_row_add_chip (GEZ_ROW (row), by, GEZ_CHIP_NEUTRAL);
}

static void
append_record (GezDomainTouching *self,
               GezRecord         *record,
               const char        *today)
{
  const char *kind = gez_record_get_text (record, "kind");

  if (g_strcmp0 (kind, "referral") == 0)
    append_referral (self, record);
  else if (g_strcmp0 (kind, "followup") == 0)
    append_followup (self, record, today);
  else if (g_strcmp0 (kind, "question") == 0)
    append_question (self, record);
  else
    append_journal (self, record);
}

static void
row_activated_cb (GezDomainTouching *self,
                  GtkListBoxRow     *row)
{
  const char *tab = g_object_get_data (G_OBJECT (row), TAB_KEY);
  char household[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (&self->household, household);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", household, tab);
}

static void
more_cb (GezDomainTouching *self)
{
  g_signal_emit (self, signals[MORE], 0);
}

/* Adding ---------------------------------------------------------------------------------------- */

static void
add_referral_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  GezDomainTouching *self = GEZ_DOMAIN_TOUCHING (widget);

  gez_referral_dialog_present (widget, self->context, &self->household,
                               gez_domain_code (self->context, &self->domain));
}

static void
add_helper_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  GezDomainTouching *self = GEZ_DOMAIN_TOUCHING (widget);

  gez_helper_dialog_present_about (widget, self->context, &self->household,
                                   gez_domain_code (self->context, &self->domain));
}

/* A contact takes notes, questions and a follow-up with it; the page knows that it comes from here. */
static GtkWidget *
make_add (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("Contact, note, question or follow-up"), "file.start-contact");
  g_menu_append (menu, _("Referral"), "touching.add-referral");
  g_menu_append (menu, _("Helper"), "touching.add-helper");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Add something about this life domain"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add something about this life domain"), -1);

  return button;
}

static void
gez_domain_touching_dispose (GObject *object)
{
  GezDomainTouching *self = GEZ_DOMAIN_TOUCHING (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_domain_touching_parent_class)->dispose (object);
}

static void
gez_domain_touching_class_init (GezDomainTouchingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_domain_touching_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "touching.add-referral", NULL, add_referral_cb);
  gtk_widget_class_install_action (widget_class, "touching.add-helper", NULL, add_helper_cb);

  signals[MORE] = g_signal_new ("more", GEZ_TYPE_DOMAIN_TOUCHING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
gez_domain_touching_init (GezDomainTouching *self)
{
  self->section = gez_section_new (_("What belongs to this"));
  gez_section_set_empty (GEZ_SECTION (self->section),
                         _("Journal entries, questions, referrals, follow-ups and helpers of this "
                           "life domain will stand here."));
  gez_section_add_suffix (GEZ_SECTION (self->section), make_add ());
  g_signal_connect_object (self->section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->more = gtk_button_new_with_label (_("Show everything"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), self->section);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_domain_touching_new:
 * @context: where we work
 * @household: the file
 * @domain: the life domain
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
gez_domain_touching_new (GezContext  *context,
                         const GezId *household,
                         const GezId *domain)
{
  GezDomainTouching *self = g_object_new (GEZ_TYPE_DOMAIN_TOUCHING, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->domain = *domain;

  return GTK_WIDGET (self);
}

/**
 * gez_domain_touching_show:
 * @self: the list
 * @view: what gez_domain_view_query() gave
 */
void
gez_domain_touching_show (GezDomainTouching *self,
                          GezView           *view)
{
  GPtrArray *helpers, *touching;
  GezRecord *more;
  int n_touching;
  g_autofree char *today = NULL;
  g_autofree char *detail = NULL;

  g_return_if_fail (GEZ_IS_DOMAIN_TOUCHING (self));

  helpers = gez_view_get_list (view, "helpers");
  touching = gez_view_get_list (view, "touching");
  more = gez_view_get_record (view, "more");
  n_touching = (int) gez_record_get_integer (more, "n_touching");
  today = gez_context_dup_today (self->context);

  gez_section_clear (GEZ_SECTION (self->section));
  for (guint i = 0; i < helpers->len; i++)
    append_helper (self, g_ptr_array_index (helpers, i));
  for (guint i = 0; i < touching->len; i++)
    append_record (self, g_ptr_array_index (touching, i), today);

  if (n_touching > (int) touching->len)
    detail = g_strdup_printf (_("the latest %u of %d"), touching->len, n_touching);
  gez_section_set_detail (GEZ_SECTION (self->section), detail);
  gtk_widget_set_visible (self->more, n_touching > (int) touching->len);
}
