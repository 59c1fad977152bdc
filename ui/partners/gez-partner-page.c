/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "partners/gez-partner-page.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-focus.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-record-section.h"
#include "common/gez-row.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-choices.h"
#include "model/gez-partner-view.h"
#include "model/gez-partner.h"
#include "model/gez-record-edit.h"
#include "partners/gez-partner-dialog.h"
#include "partners/gez-partner-fact.h"
#include "partners/gez-partner-row.h"

typedef struct
{
  const char *column;
  const char *title;
} Fact;

#define N_FACTS 8
#define N_OFFERED 4 /* the first of them are about what they do, the others about reaching them */

static const Fact facts[N_FACTS] = {
  { "offer", N_("What they offer") },
  { "target_group", N_("For whom") },
  { "conditions", N_("Conditions") },
  { "secrecy", N_("Secrecy of those who work there") },
  { "phone", N_("Phone number") },
  { "email", N_("E-mail") },
  { "contact_persons", N_("Contact persons") },
  { "address", N_("Address") },
};

#define N_QUALITIES 5

static const Fact qualities[N_QUALITIES] = {
  { "affordable", N_("Affordable") },
  { "understandable", N_("Understandable") },
  { "available", N_("Available") },
  { "reliable", N_("Reliable") },
  { "reachable", N_("Reachable") },
};

/*
 * 1. While no partner is chosen, or the chosen one was not read yet, the page says to choose one.
 * 2. The rows of facts are made once and told what they say: going through the list with the arrow
 *    keys makes no widgets. They are told only when the partner itself changed: a referral
 *    elsewhere does not take away what somebody is selecting to copy.
 */
struct _GezPartnerPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId partner;
  GezRecord *shown; /* what the facts show; NULL: nothing */
  GezReader *reader;
  gboolean wants_focus; /* once the partner is read */

  GtkWidget *stack;
  GtkWidget *page;
  GtkWidget *name;
  GtkWidget *about;
  GtkWidget *chips;
  GtkWidget *edit;
  GtkWidget *check;
  GtkWidget *check_title;
  GtkWidget *check_by;
  GtkWidget *check_chip;
  GtkWidget *check_button;
  GtkWidget *facts[N_FACTS];
  GtkWidget *qualities[N_QUALITIES]; /* GezRow, with an icon and a chip */
  GtkWidget *icons[N_QUALITIES];
  GtkWidget *answers[N_QUALITIES];
  GtkWidget *states;
  GtkWidget *referrals;
};

G_DEFINE_FINAL_TYPE (GezPartnerPage, gez_partner_page, GTK_TYPE_WIDGET)

#define PAGE_WIDTH 860
#define COLUMNS_FROM_WIDTH 560
#define RIGHT_WIDTH 250
#define CHECK_BESIDE_FROM_WIDTH 400
#define MOST_REFERRALS 6

enum
{
  GONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char * const tables[] = { "partner", "referral", "referral_event", "household",
                                       "member", NULL };

static void
edit_cb (GezPartnerPage *self)
{
  if (self->shown != NULL)
    gez_partner_dialog_present (GTK_WIDGET (self), self->context, self->shown);
}

static void
check_cb (GezPartnerPage *self)
{
  gez_act (GTK_WIDGET (self), self->context, gez_partner_check (self->context, &self->partner),
           _("Checked today"));
}

static void
withdraw_cb (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  GezPartnerPage *self = GEZ_PARTNER_PAGE (widget);

  gez_act (widget, self->context,
           gez_record_withdraw (self->context, "withdraw-partner", "partner", &self->partner, NULL),
           _("Taken out of the social map"));
}

/* The partner itself --------------------------------------------------------------------------- */

static char *
describe_about (GezRecord *partner)
{
  const char *kind = gez_record_get_text (partner, "kind");
  const char *area = gez_record_get_text (partner, "area");

  if (kind != NULL && area != NULL)
    return g_strdup_printf ("%s · %s", kind, area);

  return g_strdup (kind != NULL ? kind : area);
}

static void
show_head (GezPartnerPage *self,
           GezRecord      *partner)
{
  g_auto (GStrv) labels = gez_partner_domain_labels (self->context, partner);
  g_autofree char *about = describe_about (partner);
  GtkWidget *chip;

  gtk_label_set_text (GTK_LABEL (self->name), gez_record_get_text (partner, "name"));
  gtk_label_set_text (GTK_LABEL (self->about), about != NULL ? about : "");
  gtk_widget_set_visible (self->about, about != NULL);
  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), chip);
  for (guint i = 0; labels[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->chips), gez_chip_new (labels[i], GEZ_CHIP_NEUTRAL));
  gtk_widget_set_visible (self->chips, labels[0] != NULL);
}

static void
show_check (GezPartnerPage *self,
            GezRecord      *partner)
{
  const char *checked_on = gez_record_get_text (partner, "checked_on");
  const char *by = gez_record_get_text (partner, "checked_by_name");
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autofree char *day = gez_format_date_long (checked_on);
  g_autofree char *title = NULL;
  gboolean is_of_today = g_strcmp0 (checked_on, today) == 0;

  if (checked_on == NULL)
    title = g_strdup (_("Nobody has checked this yet"));
  else if (is_of_today)
    title = g_strdup (_("Checked today"));
  else
    /* Translators: %s is a whole date. */
    title = g_strdup_printf (_("Checked on %s"), day);
  gtk_label_set_text (GTK_LABEL (self->check_title), title);
  gtk_label_set_text (GTK_LABEL (self->check_by), by != NULL ? by : "");
  gtk_widget_set_visible (self->check_by, by != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_widget_set_visible (self->check_chip, gez_record_get_integer (partner, "is_unchecked") != 0);
  if (is_of_today && gtk_widget_has_focus (self->check_button))
    gtk_widget_grab_focus (self->edit);
  gtk_widget_set_visible (self->check_button, !is_of_today);
}

static void
show_facts (GezPartnerPage *self,
            GezRecord      *partner)
{
  for (guint i = 0; i < N_FACTS; i++)
    {
      const char *text = gez_record_get_text (partner, facts[i].column);

      if (text != NULL && g_str_equal (facts[i].column, "secrecy"))
        text = gez_words_get (GEZ_WORDS_SECRECY, text);
      gez_partner_fact_set_text (GEZ_PARTNER_FACT (self->facts[i]), text);
    }
}

static const char *
icon_for (const char *answer)
{
  static const struct { const char *code; const char *icon; } icons[] = {
    { "yes", "object-select-symbolic" },
    { "partly", "list-remove-symbolic" },
    { "no", "window-close-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i].code, answer) == 0)
      return icons[i].icon;

  return "dialog-question-symbolic";
}

static void
show_qualities (GezPartnerPage *self,
                GezRecord      *partner)
{
  for (guint i = 0; i < N_QUALITIES; i++)
    {
      const char *code = gez_record_get_text (partner, qualities[i].column);
      const char *words = code != NULL ? gez_words_get (GEZ_WORDS_YES_PARTLY_NO, code) : NULL;
      const char *answer = words != NULL ? words : _("Not known");
      g_autofree char *name = g_strdup_printf ("%s, %s", _(qualities[i].title), answer);

      gtk_image_set_from_icon_name (GTK_IMAGE (self->icons[i]), icon_for (code));
      gez_chip_set (self->answers[i], answer, GEZ_CHIP_NEUTRAL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->qualities[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
show_partner (GezPartnerPage *self,
              GezRecord      *partner)
{
  if (self->shown != NULL && gez_record_equal (self->shown, partner))
    return;

  g_set_object (&self->shown, partner);
  show_head (self, partner);
  show_check (self, partner);
  show_facts (self, partner);
  show_qualities (self, partner);
}

/* Referrals to them ---------------------------------------------------------------------------- */

static GezChipStyle
style_of_state (GezRecord *record)
{
  const char *state = gez_record_get_text (record, "state");

  if (gez_record_get_integer (record, "is_waiting") != 0)
    return GEZ_CHIP_ACCENT;
  if (g_strcmp0 (state, "helped") == 0 || g_strcmp0 (state, "partly_helped") == 0
      || g_strcmp0 (state, "arrived") == 0)
    return GEZ_CHIP_SUCCESS;

  return GEZ_CHIP_NEUTRAL;
}

static const char *
name_state (GezRecord *record)
{
  const char *state = gez_record_get_text (record, "state");

  return state != NULL ? gez_words_get (GEZ_WORDS_REFERRAL_STATE, state) : _("Not known");
}

static void
show_states (GezPartnerPage *self,
             GPtrArray      *states)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->states)) != NULL)
    gtk_box_remove (GTK_BOX (self->states), chip);
  for (guint i = 0; i < states->len; i++)
    {
      GezRecord *record = g_ptr_array_index (states, i);
      g_autofree char *text = g_strdup_printf ("%d × %s",
                                               (int) gez_record_get_integer (record, "n"),
                                               name_state (record));

      gtk_box_append (GTK_BOX (self->states), gez_chip_new (text, style_of_state (record)));
    }
  gtk_widget_set_visible (self->states, states->len > 0);
}

static char *
describe_referral (GezPartnerPage *self,
                   GezRecord      *referral)
{
  const char *domain = gez_record_get_text (referral, "domain_code");
  const char *question = gez_discreet (gez_record_get_text (referral, "question"));
  const char *label = domain != NULL ? gez_choices_get_domain_label (self->context, domain) : NULL;

  if (label != NULL && question != NULL)
    return g_strdup_printf ("%s · %s", label, question);

  return g_strdup (label != NULL ? label : question);
}

static GtkWidget *
make_referral_row (GezRecord *referral,
                   gpointer   user_data)
{
  g_autofree char *subtitle = describe_referral (user_data, referral);
  GtkWidget *row = gez_row_new (gez_discreet (gez_record_get_text (referral, "household_name")),
                                subtitle);

  gez_row_set_lines (GEZ_ROW (row), 1, 1);
  if (gez_record_get_integer (referral, "has_no_news") != 0)
    {
      int days = (int) gez_record_get_integer (referral, "days_without_news");
      g_autofree char *text =
        g_strdup_printf (ngettext ("no news for %d day", "no news for %d days", (gulong) days),
                         days);

      gez_row_add_chip (GEZ_ROW (row), text, GEZ_CHIP_WARNING);
    }
  gez_row_add_chip (GEZ_ROW (row), name_state (referral), style_of_state (referral));
  gez_row_set_leads (GEZ_ROW (row), TRUE);

  return row;
}

static void
open_referral_cb (GezPartnerPage *self,
                  GezRecord      *referral)
{
  g_autofree char *id = gez_id_to_string (gez_record_get_id (referral));
  g_autofree char *household =
    gez_id_to_string (gez_record_get_reference (referral, "household_id"));
  g_autofree char *tab = g_strconcat ("referrals/", id, NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-household-tab", "(ss)", household, tab);
}

/* Reading -------------------------------------------------------------------------------------- */

static GezQuery *
make_query (gpointer widget)
{
  GezPartnerPage *self = widget;

  return gez_id_is_none (&self->partner) ? NULL : gez_partner_view_query (&self->partner);
}

static void
forget_partner (GezPartnerPage *self)
{
  self->partner = GEZ_ID_NONE;
  g_clear_object (&self->shown);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezPartnerPage *self = widget;
  g_autofree char *today = NULL;
  GezRecord *partner;

  if (result == NULL)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }

  partner = gez_view_get_record (result, "partner");
  if (partner == NULL)
    {
      forget_partner (self);
      g_signal_emit (self, signals[GONE], 0);
      return;
    }
  today = gez_context_dup_today (self->context);
  show_partner (self, partner);
  show_states (self, gez_view_get_list (result, "states"));
  gez_record_section_set_records (GEZ_RECORD_SECTION (self->referrals),
                                  gez_view_get_list (result, "referrals"), today);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "partner");
  if (self->wants_focus)
    gtk_widget_grab_focus (self->edit);
  self->wants_focus = FALSE;
}

static gboolean
gez_partner_page_grab_focus (GtkWidget *widget)
{
  GezPartnerPage *self = GEZ_PARTNER_PAGE (widget);

  self->wants_focus = gez_reader_is_reading (self->reader);

  return self->wants_focus || gtk_widget_grab_focus (self->edit);
}

static void
gez_partner_page_dispose (GObject *object)
{
  GezPartnerPage *self = GEZ_PARTNER_PAGE (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_partner_page_parent_class)->dispose (object);
}

static void
gez_partner_page_class_init (GezPartnerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_partner_page_dispose;
  widget_class->grab_focus = gez_partner_page_grab_focus;
  gez_focus_class_let_leave (widget_class);

  signals[GONE] = g_signal_new ("gone", GEZ_TYPE_PARTNER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "partner.withdraw", NULL, withdraw_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_partner_page_init (GezPartnerPage *self)
{
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _("_Take out of the social map"), "partner.withdraw");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("More for this partner"), -1);

  return button;
}

static GtkWidget *
make_head (GezPartnerPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *menu = make_menu ();

  self->name = make_label ("gez-partner-name");
  gtk_label_set_selectable (GTK_LABEL (self->name), TRUE);
  self->edit = gtk_button_new_with_mnemonic (_("_Edit"));
  g_signal_connect_object (self->edit, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_valign (self->edit, GTK_ALIGN_START);
  gtk_widget_set_valign (menu, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (buttons), self->edit);
  gtk_box_append (GTK_BOX (buttons), menu);
  gtk_widget_set_halign (buttons, GTK_ALIGN_START);

  self->about = make_label ("dim-label");
  self->chips = gez_wrap_box_new (6, 6);
  gtk_box_append (GTK_BOX (head), gez_fold_new (self->name, buttons, 6));
  gtk_box_append (GTK_BOX (head), self->about);
  gtk_box_append (GTK_BOX (head), self->chips);
  gtk_widget_add_css_class (head, "gez-block");

  return head;
}

/* Where there is little room, the button stands below what it is about. */
static GtkWidget *
make_check (GezPartnerPage *self)
{
  GtkWidget *section = gez_section_new (_("Does this still hold?"));
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *fold;

  self->check_title = make_label ("gez-row-title");
  self->check_by = make_label ("gez-row-subtitle");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->check_title);
  gtk_box_append (GTK_BOX (texts), self->check_by);
  self->check_button = gtk_button_new_with_mnemonic (_("Checked _today"));
  gtk_widget_set_valign (self->check_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->check_button, _("Somebody made sure today that this is right"));
  g_signal_connect_object (self->check_button, "clicked", G_CALLBACK (check_cb), self,
                           G_CONNECT_SWAPPED);
  fold = gez_fold_new (texts, self->check_button, 9);
  gez_fold_set_threshold (GEZ_FOLD (fold), CHECK_BESIDE_FROM_WIDTH);
  gtk_widget_add_css_class (fold, "gez-row-line");

  self->check = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->check), fold);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->check), FALSE);
  gtk_widget_set_focusable (self->check, FALSE);
  self->check_chip = gez_chip_new (_("to check"), GEZ_CHIP_WARNING);
  gez_section_add_suffix (GEZ_SECTION (section), self->check_chip);
  gez_section_append (GEZ_SECTION (section), self->check);

  return section;
}

static GtkWidget *
make_fact_section (GezPartnerPage *self,
                   const char     *title,
                   const char     *empty,
                   guint           first,
                   guint           last)
{
  GtkWidget *section = gez_section_new (title);

  gez_section_set_empty (GEZ_SECTION (section), empty);
  for (guint i = first; i <= last; i++)
    {
      self->facts[i] = gez_partner_fact_new (_(facts[i].title), first >= N_OFFERED);
      gez_section_append (GEZ_SECTION (section), self->facts[i]);
    }

  return section;
}

static GtkWidget *
make_qualities (GezPartnerPage *self)
{
  /* Translators: five qualities that in Dutch all begin with a B. */
  GtkWidget *section = gez_section_new (_("The five B’s"));

  for (guint i = 0; i < N_QUALITIES; i++)
    {
      GtkWidget *row = gez_row_new (_(qualities[i].title), NULL);

      self->qualities[i] = row;
      self->icons[i] = gez_ornament_new (NULL);
      self->answers[i] = gez_chip_new (NULL, GEZ_CHIP_NEUTRAL);
      gez_row_set_lines (GEZ_ROW (row), 1, 1);
      gez_row_add_prefix (GEZ_ROW (row), self->icons[i]);
      /* Not as a chip of the row: this column is so narrow that it would stand below. */
      gez_row_add_suffix (GEZ_ROW (row), self->answers[i]);
      gez_section_append (GEZ_SECTION (section), row);
    }

  return section;
}

static GtkWidget *
make_facts (GezPartnerPage *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *columns;

  gtk_box_append (GTK_BOX (left), make_fact_section (
    self, _("What they do"), _("Nothing noted yet. Write what they offer, and to whom."),
    0, N_OFFERED - 1));
  gtk_box_append (GTK_BOX (left), make_fact_section (
    self, _("How to reach them"),
    _("Nothing noted yet. A phone number saves a colleague a search."), N_OFFERED, N_FACTS - 1));
  gtk_box_append (GTK_BOX (right), make_qualities (self));
  gtk_box_append (GTK_BOX (right), make_check (self));

  columns = gez_fold_new (left, right, 18);
  gez_fold_set_threshold (GEZ_FOLD (columns), COLUMNS_FROM_WIDTH);
  gez_fold_set_second_width (GEZ_FOLD (columns), RIGHT_WIDTH);

  return columns;
}

static GtkWidget *
make_referrals (GezPartnerPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->states = gez_wrap_box_new (6, 6);
  self->referrals = gez_record_section_new (_("Referrals to them"), MOST_REFERRALS,
                                            make_referral_row, self);
  gez_section_set_empty (gez_record_section_get_section (GEZ_RECORD_SECTION (self->referrals)),
                         _("Nobody was referred to them yet. A referral is made in a file."));
  g_signal_connect_object (self->referrals, "open", G_CALLBACK (open_referral_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->referrals);
  gtk_box_append (GTK_BOX (box), self->states);

  return box;
}

/**
 * gez_partner_page_new:
 * @context: where we work
 *
 * Returns: (transfer floating): a page on which no partner is chosen yet
 */
GtkWidget *
gez_partner_page_new (GezContext *context)
{
  GezPartnerPage *self;
  GtkWidget *content;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_PARTNER_PAGE, NULL);
  self->context = g_object_ref (context);
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (content), make_head (self));
  gtk_box_append (GTK_BOX (content), make_facts (self));
  gtk_box_append (GTK_BOX (content), make_referrals (self));
  self->page = gez_clamp_page_new (content, PAGE_WIDTH);

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack),
                       gez_empty_new ("x-office-address-book-symbolic", _("No partner chosen"),
                                      _("Choose one on the list to see what they do and how to "
                                        "reach them."),
                                      NULL, NULL),
                       "nothing");
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "partner");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);

  return GTK_WIDGET (self);
}

/**
 * gez_partner_page_show:
 * @self: the page
 * @partner: (nullable): which partner from now on
 */
void
gez_partner_page_show (GezPartnerPage *self,
                       const GezId    *partner)
{
  g_return_if_fail (GEZ_IS_PARTNER_PAGE (self));

  if (partner == NULL || gez_id_is_none (partner))
    forget_partner (self);
  else if (gez_id_equal (&self->partner, partner))
    return;
  else
    self->partner = *partner;
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->page)), 0);
  gez_reader_refresh (self->reader);
}
