/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "households/gez-household-row.h"

#include <glib/gi18n.h>

#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "households/gez-chip-line.h"

struct _GezHouseholdRow
{
  GtkWidget parent_instance;

  GezHouseholdItem *item;
  GtkWidget *fold;
  GtkWidget *name;
  GtkWidget *members;
  GtkWidget *last_contact;
  GtkWidget *state;
  GtkWidget *stale;
  GtkWidget *overdue;
  GtkWidget *no_news;
};

G_DEFINE_FINAL_TYPE (GezHouseholdRow, gez_household_row, GTK_TYPE_WIDGET)

/* What is the rule (a running trajectory) needs no word; the exceptions do. */
static const char *
name_of_state (const char *state)
{
  if (state == NULL || g_str_equal (state, "active"))
    return NULL;

  return gez_words_get (GEZ_WORDS_TRAJECTORY_STATE, state);
}

static char *
describe_last_contact (GezHouseholdItem *item,
                       const char       *today)
{
  const char *day = gez_household_item_get_last_contact_on (item);

  return day == NULL ? g_strdup (_("no contact yet")) : gez_format_days_ago (day, today);
}

/* Where the short form would not say what happened then. */
static char *
describe_last_contact_long (GezHouseholdItem *item,
                            const char       *today)
{
  g_autofree char *last_contact = describe_last_contact (item, today);

  if (gez_household_item_get_last_contact_on (item) == NULL)
    return g_steal_pointer (&last_contact);

  /* Translators: %s is "yesterday" or "12 days ago". */
  return g_strdup_printf (_("last contact %s"), last_contact);
}

static char *
describe_overdue (GezHouseholdItem *item)
{
  int n = gez_household_item_get_n_overdue (item);

  return n == 0 ? NULL : g_strdup_printf (ngettext ("%d late", "%d late", n), n);
}

static char *
describe_no_news (GezHouseholdItem *item)
{
  int n = gez_household_item_get_n_no_news (item);

  if (n == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%d referral without news", "%d referrals without news", n), n);
}

static const char *
describe_stale (GezHouseholdItem *item)
{
  return gez_household_item_is_stale (item) ? _("long without contact") : NULL;
}

/* Members, district and contact person on one line, as far as they are known. That I am the contact
 * person myself is known. */
static char *
describe_members (GezHouseholdItem *item,
                  const char       *me)
{
  const char *contact_person = gez_household_item_get_contact_person (item);
  const char *parts[] = {
    gez_discreet (gez_household_item_get_members (item)),
    gez_household_item_get_district (item),
    g_strcmp0 (contact_person, me) == 0 ? NULL : gez_discreet (contact_person),
  };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;
      if (line->len > 0)
        g_string_append (line, " · ");
      g_string_append (line, parts[i]);
    }
  if (line->len == 0)
    g_string_append (line, _("no members yet"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static GtkWidget *
add_line (GtkWidget  *box,
          const char *css_class)
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
  gtk_box_append (GTK_BOX (box), line);

  return line;
}

static GtkWidget *
add_chip (GtkWidget    *line,
          GezChipStyle  style)
{
  GtkWidget *chip = gez_chip_new ("", style);

  gtk_widget_set_visible (chip, FALSE);
  gez_chip_line_append (GEZ_CHIP_LINE (line), chip);

  return chip;
}

static void
show_chip (GtkWidget  *chip,
           const char *text)
{
  gtk_widget_set_visible (chip, text != NULL);
  if (text != NULL)
    gtk_label_set_text (GTK_LABEL (chip), text);
}

static void
update (GezHouseholdRow *self,
        const char      *today,
        const char      *me)
{
  g_autofree char *members = describe_members (self->item, me);
  g_autofree char *last_contact = describe_last_contact (self->item, today);
  g_autofree char *overdue = describe_overdue (self->item);
  g_autofree char *no_news = describe_no_news (self->item);
  g_autofree char *long_last_contact = describe_last_contact_long (self->item, today);
  const char *name = gez_discreet (gez_household_item_get_name (self->item));

  gtk_inscription_set_text (GTK_INSCRIPTION (self->name), name);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_LTR)
    {
      /* Pango takes the direction of a line from its first letter. A list of names keeps that of the
       * window, whoever comes first; U+200E is a letter that does not show. */
      g_autofree char *line = g_strconcat ("\342\200\216", members, NULL);

      gtk_inscription_set_text (GTK_INSCRIPTION (self->members), line);
    }
  else
    gtk_inscription_set_text (GTK_INSCRIPTION (self->members), members);
  show_chip (self->overdue, overdue);
  show_chip (self->no_news, no_news);
  show_chip (self->stale, describe_stale (self->item));
  show_chip (self->state, name_of_state (gez_household_item_get_state (self->item)));
  show_chip (self->last_contact, last_contact);
  gtk_widget_set_tooltip_text (self->last_contact, long_last_contact);
}

static void
gez_household_row_dispose (GObject *object)
{
  GezHouseholdRow *self = GEZ_HOUSEHOLD_ROW (object);

  g_clear_pointer (&self->fold, gtk_widget_unparent);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (gez_household_row_parent_class)->dispose (object);
}

static void
gez_household_row_class_init (GezHouseholdRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_household_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "householdrow");
}

static void
gez_household_row_init (GezHouseholdRow *self)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *chips = gez_chip_line_new (6);

  self->name = add_line (text, "heading");
  self->members = add_line (text, "dim-label");
  self->overdue = add_chip (chips, GEZ_CHIP_WARNING);
  self->stale = add_chip (chips, GEZ_CHIP_WARNING);
  self->no_news = add_chip (chips, GEZ_CHIP_WARNING);
  self->state = add_chip (chips, GEZ_CHIP_ACCENT);
  self->last_contact = add_chip (chips, GEZ_CHIP_NEUTRAL);

  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (chips, GTK_ALIGN_CENTER);
  self->fold = gez_fold_new (text, chips, 6);
  gez_fold_set_threshold (GEZ_FOLD (self->fold), 560);
  gtk_widget_set_parent (self->fold, GTK_WIDGET (self));
}

/**
 * gez_household_row_new:
 *
 * Returns: (transfer floating): a row without household
 */
GtkWidget *
gez_household_row_new (void)
{
  return g_object_new (GEZ_TYPE_HOUSEHOLD_ROW, NULL);
}

/**
 * gez_household_row_set_item:
 * @self: a row
 * @item: (transfer none): the household to show
 * @today: YYYY-MM-DD, for "12 days ago"
 * @me: (nullable): name of who works here
 */
void
gez_household_row_set_item (GezHouseholdRow  *self,
                            GezHouseholdItem *item,
                            const char       *today,
                            const char       *me)
{
  g_return_if_fail (GEZ_IS_HOUSEHOLD_ROW (self));
  g_return_if_fail (GEZ_IS_HOUSEHOLD_ITEM (item));

  g_set_object (&self->item, item);
  update (self, today, me);
}

/**
 * gez_household_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the household that it shows
 */
GezHouseholdItem *
gez_household_row_get_item (GezHouseholdRow *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ROW (self), NULL);

  return self->item;
}

/**
 * gez_household_row_describe:
 * @item: a household
 * @today: YYYY-MM-DD
 * @me: (nullable): name of who works here
 *
 * Returns: (transfer full): the row in words, for who cannot see it: name, members, state
 */
char *
gez_household_row_describe (GezHouseholdItem *item,
                            const char       *today,
                            const char       *me)
{
  g_autofree char *members = NULL;
  g_autofree char *last_contact = NULL;
  g_autofree char *overdue = NULL;
  g_autofree char *no_news = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_ITEM (item), NULL);

  members = describe_members (item, me);
  last_contact = describe_last_contact_long (item, today);
  overdue = describe_overdue (item);
  no_news = describe_no_news (item);
  text = g_string_new (gez_discreet (gez_household_item_get_name (item)));

  const char *parts[] = {
    members, name_of_state (gez_household_item_get_state (item)), last_contact,
    describe_stale (item), overdue, no_news,
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL)
        g_string_append_printf (text, ", %s", parts[i]);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
