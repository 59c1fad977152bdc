/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/gez-referral-board-row.h"

#include <glib/gi18n.h>

#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "household/gez-choices.h"
#include "household/gez-text-scale.h"
#include "households/gez-chip-line.h"

/*
 * 1. `content` is what a referral needs, and gives every row its height, also that of a heading.
 * 2. `heading` is made in the few rows that ever are one.
 */

#define MOST_CHIPS 3
#define NARROWEST_WITH_CHIPS_BESIDE 620

struct _GezReferralBoardRow
{
  GtkWidget parent_instance;

  GezRecord *line;
  char *name;
  GtkWidget *content;
  GtkWidget *partner;
  GtkWidget *details;
  GtkWidget *chip_line;
  GtkWidget *chips[MOST_CHIPS]; /* NULL: none needed so far */
  guint n_chips;                /* that show */
  GtkWidget *note;
  GtkWidget *heading;
  GtkWidget *section;
  GtkWidget *count;
  GtkWidget *advice;
};

G_DEFINE_FINAL_TYPE (GezReferralBoardRow, gez_referral_board_row, GTK_TYPE_WIDGET)

typedef struct
{
  const char *section;
  const char *title;
  const char *advice;
} Section;

static const Section sections[] = {
  { "to_send", N_("To be sent"), N_("Agree with the family, and send the question") },
  { "under_way", N_("On their way"), N_("Sent or accepted: we wait for news") },
  { "waiting_list", N_("On a waiting list"), N_("The family waits for its turn") },
  { "did_not_show", N_("Did not get there"), N_("Ask what came in between, and offer to go along") },
  { "arrived", N_("Arrived"), N_("Ask the family whether it helps") },
  { "ended", N_("Ended"), N_("Nobody waits for anything any more") },
  { "late", N_("Too late"), N_("Call these first") },
  { "today", N_("Today"), N_("To call today") },
  { "soon", N_("Within a week"), N_("Nothing to do yet") },
  { "later", N_("Later"), N_("Nothing to do yet") },
};

static const Section *
find_section (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_strcmp0 (sections[i].section, name) == 0)
      return &sections[i];

  return &sections[0];
}

static gboolean
is_heading (GezRecord *line)
{
  return gez_record_get_integer (line, "is_heading") != 0;
}

static gboolean
is_of_call_list (GezRecord *line)
{
  static const char * const calls[] = { "late", "today", "soon", "later", NULL };

  return g_strv_contains (calls, gez_record_get_text (line, "section"));
}

static const char *
get_partner (GezRecord *line)
{
  const char *partner = gez_record_get_text (line, "partner");

  return partner != NULL ? partner : _("Not said to whom");
}

/* The number to call where that is what one comes for, household, domain, who made it unless that is
 * me, and the question, as far as they are known. */
static char *
describe (GezRecord  *line,
          GezContext *context)
{
  const char *domain = gez_record_get_text (line, "domain_code");
  const char *by = gez_record_get_text (line, "by_name");
  const char *parts[] = {
    is_of_call_list (line) ? gez_record_get_text (line, "phone") : NULL,
    gez_discreet (gez_record_get_text (line, "household_name")),
    domain != NULL ? gez_choices_get_domain_label (context, domain) : NULL,
    g_strcmp0 (by, gez_context_get_member_name (context)) == 0 ? NULL : by,
    gez_discreet (gez_record_get_text (line, "question")),
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, parts[i]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GezChipStyle
style_of_state (GezRecord *line)
{
  const char *state = gez_record_get_text (line, "state");

  if (g_str_equal (gez_record_get_text (line, "section"), "ended"))
    return g_strcmp0 (state, "helped") == 0 || g_strcmp0 (state, "partly_helped") == 0
             ? GEZ_CHIP_SUCCESS : GEZ_CHIP_NEUTRAL;

  return g_strcmp0 (state, "arrived") == 0 ? GEZ_CHIP_SUCCESS : GEZ_CHIP_ACCENT;
}

/* Each chip is less important than those before it, and does not show where there is no room. */
static void
add_chip (GezReferralBoardRow *self,
          GString             *name,
          const char          *text,
          GezChipStyle         style)
{
  g_assert (self->n_chips < MOST_CHIPS);

  if (self->chips[self->n_chips] == NULL)
    {
      self->chips[self->n_chips] = gez_chip_new (text, style);
      gez_chip_line_append (GEZ_CHIP_LINE (self->chip_line), self->chips[self->n_chips]);
    }
  else
    gez_chip_set (self->chips[self->n_chips], text, style);
  gtk_widget_set_visible (self->chips[self->n_chips], TRUE);
  self->n_chips++;
  g_string_append_printf (name, ", %s", text);
}

static void
add_age (GezReferralBoardRow *self,
         GString             *name)
{
  int days = (int) gez_record_get_integer (self->line, "days_in_state");
  gboolean has_no_news = gez_record_get_integer (self->line, "has_no_news") != 0;
  g_autofree char *text = NULL;

  if (has_no_news)
    text = g_strdup_printf (ngettext ("no news for %d day", "no news for %d days", days), days);
  else if (days > 0)
    text = g_strdup_printf (ngettext ("for %d day", "for %d days", days), days);
  else
    text = g_strdup (_("since today"));
  add_chip (self, name, text, has_no_news ? GEZ_CHIP_WARNING : GEZ_CHIP_NEUTRAL);
}

/* Among those to call the day speaks for itself; elsewhere silence that lasted too long says it. */
static void
add_call (GezReferralBoardRow *self,
          GString             *name,
          const char          *today)
{
  const char *call_on = gez_record_get_text (self->line, "call_back_on");
  GezChipStyle style = g_strcmp0 (call_on, today) <= 0 ? GEZ_CHIP_WARNING : GEZ_CHIP_NEUTRAL;
  g_autofree char *due = NULL, *text = NULL;

  if (call_on == NULL)
    return;

  due = gez_format_due (call_on, today);
  /* Translators: %s is a day: "tomorrow", "3 days late". */
  text = g_strdup_printf (_("call back: %s"), due);
  if (is_of_call_list (self->line))
    add_chip (self, name, due, style);
  else if (gez_record_get_integer (self->line, "has_no_news") == 0)
    add_chip (self, name, text, style);
}

static void
add_chips (GezReferralBoardRow *self,
           GString             *name,
           const char          *today)
{
  const char *state = gez_record_get_text (self->line, "state");

  if (!is_of_call_list (self->line) && gez_record_get_text (self->line, "state_on") != NULL)
    add_age (self, name);
  add_call (self, name, today);
  /* A section of one state says it already. */
  if (state != NULL && !g_str_equal (state, gez_record_get_text (self->line, "section")))
    add_chip (self, name, gez_words_get (GEZ_WORDS_REFERRAL_STATE, state),
              style_of_state (self->line));
}

static GtkWidget *
make_line (const char *css_class)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (line), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (line), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 8);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (line), 24);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (line), PANGO_WRAP_CHAR);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (line, css_class);

  return line;
}

static void
make_heading (GezReferralBoardRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->section = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->section), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->section, "title-4");
  self->count = gtk_label_new (NULL);
  gtk_widget_set_valign (self->count, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->count, "gez-badge");
  self->advice = make_line ("gez-detail");
  gtk_box_append (GTK_BOX (line), self->section);
  gtk_box_append (GTK_BOX (line), self->count);
  gtk_box_append (GTK_BOX (self->heading), line);
  gtk_box_append (GTK_BOX (self->heading), self->advice);
  gtk_widget_set_valign (self->heading, GTK_ALIGN_END);
  gtk_widget_set_parent (self->heading, GTK_WIDGET (self));
}

static void
show_heading (GezReferralBoardRow *self)
{
  const Section *section = find_section (gez_record_get_text (self->line, "section"));
  guint n = (guint) gez_record_get_integer (self->line, "n_referrals");
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *count = g_strdup_printf (ngettext ("%u referral", "%u referrals", n), n);

  if (self->heading == NULL)
    make_heading (self);
  gtk_label_set_text (GTK_LABEL (self->section), _(section->title));
  gtk_label_set_text (GTK_LABEL (self->count), number);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->advice), _(section->advice));
  g_free (self->name);
  self->name = g_strdup_printf ("%s, %s, %s", _(section->title), count, _(section->advice));
}

static void
show_note (GezReferralBoardRow *self)
{
  g_autofree char *id = gez_id_to_string (gez_record_get_id (self->line));
  /* Translators: %s is the organisation that was referred to. */
  g_autofree char *name = g_strdup_printf (_("Note news: %s"), get_partner (self->line));

  /* The name last: an action is never without what it is for. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->note), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->note), "referrals.note");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
show_referral (GezReferralBoardRow *self,
               GezContext          *context,
               const char          *today)
{
  g_autofree char *details = describe (self->line, context);
  g_autoptr (GString) name = g_string_new (get_partner (self->line));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  /* A list of names keeps the direction of the window, whoever comes first (U+200E, no letter). */
  g_autofree char *line = g_strconcat (is_mirrored ? "" : "\342\200\216", details, NULL);

  gtk_inscription_set_text (GTK_INSCRIPTION (self->partner), get_partner (self->line));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->details), line);
  g_string_append_printf (name, ", %s", details);
  for (guint i = 0; i < MOST_CHIPS && self->chips[i] != NULL; i++)
    gtk_widget_set_visible (self->chips[i], FALSE);
  self->n_chips = 0;
  add_chips (self, name, today);
  show_note (self);
  g_free (self->name);
  self->name = g_string_free (g_steal_pointer (&name), FALSE);
}

static void
gez_referral_board_row_measure (GtkWidget     *widget,
                                GtkOrientation orientation,
                                int            for_size,
                                int           *minimum,
                                int           *natural,
                                int           *minimum_baseline,
                                int           *natural_baseline)
{
  GezReferralBoardRow *self = GEZ_REFERRAL_BOARD_ROW (widget);
  int heading_minimum, heading_natural;

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum_baseline = *natural_baseline = -1;
  if (self->heading == NULL || orientation == GTK_ORIENTATION_VERTICAL)
    return;

  gtk_widget_measure (self->heading, orientation, for_size, &heading_minimum, &heading_natural,
                      NULL, NULL);
  *minimum = MAX (*minimum, heading_minimum);
  *natural = MAX (*natural, heading_natural);
}

static void
gez_referral_board_row_size_allocate (GtkWidget *widget,
                                      int        width,
                                      int        height,
                                      int        baseline)
{
  GezReferralBoardRow *self = GEZ_REFERRAL_BOARD_ROW (widget);

  gtk_widget_size_allocate (self->content, &(GtkAllocation) { 0, 0, width, height }, -1);
  if (self->heading != NULL)
    gtk_widget_size_allocate (self->heading, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static GtkSizeRequestMode
gez_referral_board_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gez_referral_board_row_dispose (GObject *object)
{
  GezReferralBoardRow *self = GEZ_REFERRAL_BOARD_ROW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->heading, gtk_widget_unparent);
  g_clear_object (&self->line);

  G_OBJECT_CLASS (gez_referral_board_row_parent_class)->dispose (object);
}

static void
gez_referral_board_row_finalize (GObject *object)
{
  g_free (GEZ_REFERRAL_BOARD_ROW (object)->name);

  G_OBJECT_CLASS (gez_referral_board_row_parent_class)->finalize (object);
}

static void
gez_referral_board_row_class_init (GezReferralBoardRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_referral_board_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = gez_referral_board_row_finalize;
  widget_class->measure = gez_referral_board_row_measure;
  widget_class->size_allocate = gez_referral_board_row_size_allocate;
  widget_class->get_request_mode = gez_referral_board_row_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "referralrow");
}

/* No stop for the focus: it would take the place of the row. The row has keys for it. The label is
 * short, so that a narrow window has room for how long it has been. */
static GtkWidget *
make_note (void)
{
  GtkWidget *note = gtk_button_new_with_label (_("News"));

  gtk_widget_set_focusable (note, FALSE);
  gtk_widget_set_valign (note, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (note, _("Note news (Ctrl+Enter)"));

  return note;
}

static void
gez_referral_board_row_init (GezReferralBoardRow *self)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->chip_line = gez_chip_line_new (6);
  self->partner = make_line ("heading");
  self->details = make_line ("dim-label");
  gtk_box_append (GTK_BOX (text), self->partner);
  gtk_box_append (GTK_BOX (text), self->details);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);

  gtk_widget_set_hexpand (self->chip_line, TRUE);
  gtk_widget_set_valign (self->chip_line, GTK_ALIGN_CENTER);

  self->note = make_note ();
  gtk_box_append (GTK_BOX (side), self->chip_line);
  gtk_box_append (GTK_BOX (side), self->note);
  gtk_widget_set_valign (side, GTK_ALIGN_CENTER);

  self->content = gez_fold_new (text, side, 6);
  gez_fold_set_threshold (GEZ_FOLD (self->content),
                          gez_text_scale (GTK_WIDGET (self), NARROWEST_WITH_CHIPS_BESIDE));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

/**
 * gez_referral_board_row_new:
 *
 * Returns: (transfer floating): a row without anything to show
 */
GtkWidget *
gez_referral_board_row_new (void)
{
  return g_object_new (GEZ_TYPE_REFERRAL_BOARD_ROW, NULL);
}

/**
 * gez_referral_board_row_set_line:
 * @self: a row
 * @context: (transfer none): for the words of the lists, and who works here
 * @line: (transfer none): as gez_referral_board_query() gave it
 * @today: YYYY-MM-DD
 */
void
gez_referral_board_row_set_line (GezReferralBoardRow *self,
                                 GezContext          *context,
                                 GezRecord           *line,
                                 const char          *today)
{
  g_return_if_fail (GEZ_IS_REFERRAL_BOARD_ROW (self));
  g_return_if_fail (GEZ_IS_CONTEXT (context) && GEZ_IS_RECORD (line) && today != NULL);

  g_set_object (&self->line, line);
  if (is_heading (line))
    show_heading (self);
  else
    show_referral (self, context, today);
  gtk_widget_set_child_visible (self->content, !is_heading (line));
  if (self->heading != NULL)
    gtk_widget_set_child_visible (self->heading, is_heading (line));
}

/**
 * gez_referral_board_row_get_line:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
GezRecord *
gez_referral_board_row_get_line (GezReferralBoardRow *self)
{
  g_return_val_if_fail (GEZ_IS_REFERRAL_BOARD_ROW (self), NULL);

  return self->line;
}

/**
 * gez_referral_board_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the row in words, for who cannot see it
 */
const char *
gez_referral_board_row_get_name (GezReferralBoardRow *self)
{
  g_return_val_if_fail (GEZ_IS_REFERRAL_BOARD_ROW (self), NULL);

  return self->name;
}

/**
 * gez_referral_section_get_title:
 * @section: a section of gez_referral_board_query()
 *
 * Returns: (transfer none): what people call it
 */
const char *
gez_referral_section_get_title (const char *section)
{
  return _(find_section (section)->title);
}
