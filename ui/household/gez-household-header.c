/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-household-header.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-paste.h"
#include "common/gez-reader.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-field-entry.h"
#include "household/gez-text-scale.h"
#include "model/gez-record-edit.h"
#include "readers/gez-reader-words.h"

/* The parts of the line below the name, and the facts at the end: each opens where it is edited. */
enum
{
  PART_MEMBERS,
  PART_ADDRESS,
  PART_DISTRICT,
  PART_LANGUAGE,
  PART_N
};

enum
{
  FACT_CONTACT_PERSON,
  FACT_LAST_CONTACT,
  FACT_NEXT_APPOINTMENT,
  FACT_READERS,
  FACT_N
};

static const struct
{
  const char *title;
  const char *tab; /* NULL: it opens a window of its own */
} facts[FACT_N] = {
  [FACT_CONTACT_PERSON] = { N_ ("Contact person"), "network" },
  [FACT_LAST_CONTACT] = { N_ ("Last contact"), "journal" },
  [FACT_NEXT_APPOINTMENT] = { N_ ("Next appointment"), "agenda" },
  [FACT_READERS] = { N_ ("Who can read this"), NULL },
};

struct _GezHouseholdHeader
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;

  GezReader *reader; /* of who can read the file */
  GtkWidget *box;
  GtkWidget *name;
  GtkWidget *line;
  GtkWidget *parts[PART_N];
  GtkWidget *facts[FACT_N];
};

G_DEFINE_FINAL_TYPE (GezHouseholdHeader, gez_household_header, GTK_TYPE_WIDGET)

#define FOLD_BELOW_WIDTH 760

static void
save_name (GtkWidget  *owner,
           const char *column,
           const char *text)
{
  GezHouseholdHeader *self = GEZ_HOUSEHOLD_HEADER (owner);

  /* A file without a name cannot be found again: what it had stays. */
  if (gez_text_is_blank (text))
    {
      gez_say (owner, _("A household needs a name or an alias."));
      gtk_widget_activate_action (owner, "file.refresh", NULL);
      return;
    }

  gez_act (owner, self->context,
           gez_record_edit_text (self->context, "edit-household", "household", &self->household,
                                 column, text),
           _("Name changed"));
}

/* What stands here opens the tab where it is edited, or who can read the file. */
static GtkWidget *
make_leading_button (GtkWidget  *content,
                     const char *tab)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  tab != NULL ? "file.show-tab" : "file.show-readers");
  if (tab != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tab);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "gez-header-part");

  return button;
}

static void
append_part (GString    *line,
             const char *part)
{
  if (part == NULL || part[0] == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static char *
describe_members (GPtrArray *members)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < members->len; i++)
    {
      GezRecord *member = g_ptr_array_index (members, i);
      const char *first = gez_discreet (gez_record_get_text (member, "first_name"));

      if (i > 0)
        g_string_append (line, ", ");
      if (gez_record_is_null (member, "age"))
        g_string_append (line, first);
      else
        g_string_append_printf (line, "%s (%d)", first,
                                (int) gez_record_get_integer (member, "age"));
    }

  return g_string_free (line, FALSE);
}

/* Where the family lives, as far as it may stand on a screen that others see too. */
static const char *
describe_address (GezRecord *household)
{
  const char *address = gez_discreet (gez_record_get_text (household, "address"));
  const char *residence = gez_record_get_text (household, "residence");

  if (g_strcmp0 (residence, "none") == 0 || g_strcmp0 (residence, "hidden") == 0
      || (address == NULL && residence != NULL))
    return gez_words_get (GEZ_WORDS_RESIDENCE, residence);

  return address != NULL ? address : _("Address not known");
}

static void
show_part (GezHouseholdHeader *self,
           int                 part,
           const char         *text)
{
  GtkWidget *button = self->parts[part];
  GtkWidget *label = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_widget_set_visible (button, text != NULL && text[0] != '\0');
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
}

/* A dot after each part but the last: a line that is broken never begins with one. */
static void
show_dots (GezHouseholdHeader *self)
{
  gboolean is_last = TRUE;

  for (int part = PART_N - 1; part >= 0; part--)
    {
      GtkWidget *button = self->parts[part];

      gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button))),
                              !is_last);
      is_last = is_last && !gtk_widget_get_visible (button);
    }
}

static void
show_parts (GezHouseholdHeader *self,
            GezRecord          *household,
            GPtrArray          *members)
{
  g_autofree char *names = describe_members (members);

  show_part (self, PART_MEMBERS, members->len > 0 ? names : _("Nobody in the family yet"));
  show_part (self, PART_ADDRESS, describe_address (household));
  show_part (self, PART_DISTRICT, gez_record_get_text (household, "district_name"));
  show_part (self, PART_LANGUAGE, gez_record_get_text (household, "language"));
  show_dots (self);
}

static void
append_chip (GezHouseholdHeader *self,
             const char         *text,
             const char         *tooltip,
             GezChipStyle        style)
{
  GtkWidget *chip = gez_chip_new (text, style);
  GtkWidget *button = make_leading_button (chip, "overview");

  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (button, tooltip != NULL ? tooltip : text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (GTK_BOX (self->line), button);
}

/* "Large dog · seen by the district nurse · until 3 Mar 2027" */
static void
append_flag (GezHouseholdHeader *self,
             GezRecord          *flag)
{
  const char *fact = gez_record_get_text (flag, "fact");
  const char *until_on = gez_record_get_text (flag, "until_on");
  g_autofree char *day = gez_format_date (until_on);
  g_autofree char *until = g_strdup_printf (_("until %s"), day);
  g_autoptr (GString) tooltip = g_string_new (NULL);

  append_part (tooltip, fact);
  append_part (tooltip, gez_record_get_text (flag, "source"));
  if (until_on != NULL)
    append_part (tooltip, until);
  append_chip (self, fact, tooltip->str, GEZ_CHIP_WARNING);
}

static void
show_chips (GezHouseholdHeader *self,
            GezRecord          *household,
            GPtrArray          *flags)
{
  const char *state = gez_record_get_text (household, "state");
  GtkWidget *child;

  while ((child = gtk_widget_get_last_child (self->line)) != self->parts[PART_N - 1])
    gtk_box_remove (GTK_BOX (self->line), child);

  if (gez_record_get_integer (household, "is_pseudonymous") != 0)
    append_chip (self, _("alias"), _("The name of this file is an alias"), GEZ_CHIP_NEUTRAL);
  if (state != NULL)
    append_chip (self, gez_words_get (GEZ_WORDS_TRAJECTORY_STATE, state), NULL, GEZ_CHIP_NEUTRAL);
  if (gez_record_get_integer (household, "needs_interpreter") != 0)
    append_chip (self, _("interpreter needed"), NULL, GEZ_CHIP_ACCENT);
  /* Not even that there are any. */
  for (guint i = 0; i < flags->len && !gez_discretion_is_active (); i++)
    append_flag (self, g_ptr_array_index (flags, i));
}

static char *
describe_appointment (GezRecord  *appointment,
                      const char *today)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  GString *line;

  if (appointment == NULL)
    return g_strdup (_("none planned"));

  day = gez_format_date_near (gez_record_get_text (appointment, "held_on"), today);
  time = gez_format_time (gez_record_get_text (appointment, "start_time"));
  line = g_string_new (day);
  if (time[0] != '\0')
    g_string_append_printf (line, ", %s", time);
  append_part (line, gez_discreet (gez_record_get_text (appointment, "place")));

  return g_string_free (line, FALSE);
}

static void
show_fact (GezHouseholdHeader *self,
           int                 fact,
           const char         *text,
           const char         *tooltip)
{
  GtkWidget *widget = self->facts[fact];
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (widget));
  g_autofree char *name = g_strdup_printf ("%s: %s", _(facts[fact].title), text);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), text);
  gtk_widget_set_tooltip_text (widget, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_facts (GezHouseholdHeader *self,
            GezView            *file)
{
  GezRecord *household = gez_view_get_record (file, "household");
  GezRecord *appointment = gez_view_get_record (file, "next_appointment");
  const char *person = gez_discreet (gez_record_get_text (household, "contact_person"));
  const char *last = gez_record_get_text (household, "last_contact_on");
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autofree char *ago = gez_format_days_ago (last, today);
  g_autofree char *last_day = gez_format_date_long (last);
  g_autofree char *next = describe_appointment (appointment, today);
  g_autofree char *next_day = NULL;

  if (appointment != NULL)
    next_day = gez_format_date_long (gez_record_get_text (appointment, "held_on"));
  show_fact (self, FACT_CONTACT_PERSON, person != NULL ? person : _("nobody yet"), NULL);
  show_fact (self, FACT_LAST_CONTACT, last != NULL ? ago : _("not yet"),
             last != NULL ? last_day : NULL);
  show_fact (self, FACT_NEXT_APPOINTMENT, next, next_day);
}

static GezQuery *
make_readers_query (gpointer widget)
{
  return gez_readers_view_query (&GEZ_HOUSEHOLD_HEADER (widget)->household);
}

static void
show_readers (gpointer      widget,
              gpointer      result,
              const GError *error)
{
  GezReadersView *view = result;
  g_autofree char *words = NULL;

  if (view == NULL) /* whoever asks for all of it is told why */
    return;
  words = gez_reader_words_short (view);
  show_fact (widget, FACT_READERS, words, view->has_team ? NULL : _("Nobody else works with this store."));
}

static GtkWidget *
make_fact (int fact)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (_(facts[fact].title));
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 22);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (value, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), value);
  return make_leading_button (box, facts[fact].tab);
}

static GtkWidget *
make_facts (GezHouseholdHeader *self)
{
  GtkWidget *line = gez_wrap_box_new (8, 4);
  GtkWidget *note = gtk_button_new_with_label (_("Note a contact"));

  for (int fact = 0; fact < FACT_N; fact++)
    {
      self->facts[fact] = make_fact (fact);
      gtk_widget_set_valign (self->facts[fact], GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), self->facts[fact]);
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (note), "file.start-contact");
  gtk_widget_set_valign (note, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (note, "suggested-action");
  gtk_box_append (GTK_BOX (line), note);

  return line;
}

static GtkWidget *
make_part (const char *tab)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_label_new ("·"));
  gtk_widget_add_css_class (box, "dim-label");

  return make_leading_button (box, tab);
}

static GtkWidget *
make_name (GezHouseholdHeader *self)
{
  self->name = gtk_entry_new ();
  gez_paste_limit (self->name, GEZ_PASTE_LINE);
  gtk_widget_add_css_class (self->name, "flat");
  gtk_widget_add_css_class (self->name, "title-2");
  gtk_widget_add_css_class (self->name, "gez-household-name");
  gtk_widget_set_valign (self->name, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the household"), -1);
  gez_field_entry_watch (self->name, GTK_WIDGET (self), "name", save_name);

  return self->name;
}

/* Who lives where and speaks what, and what one must know, as one line that wraps. */
static GtkWidget *
make_line (GezHouseholdHeader *self)
{
  self->line = gez_wrap_box_new (0, 2);
  for (int part = 0; part < PART_N; part++)
    {
      self->parts[part] = make_part (part == PART_MEMBERS ? "network" : "overview");
      gtk_box_append (GTK_BOX (self->line), self->parts[part]);
    }

  return self->line;
}

static void
gez_household_header_dispose (GObject *object)
{
  GezHouseholdHeader *self = GEZ_HOUSEHOLD_HEADER (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_household_header_parent_class)->dispose (object);
}

static void
gez_household_header_class_init (GezHouseholdHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_household_header_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "householdheader");
}

static void
gez_household_header_init (GezHouseholdHeader *self)
{
  GtkWidget *fold = gez_fold_new (make_name (self), make_facts (self), 6);

  gez_fold_set_threshold (GEZ_FOLD (fold), gez_text_scale (GTK_WIDGET (self), FOLD_BELOW_WIDTH));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->box), fold);
  gtk_box_append (GTK_BOX (self->box), make_line (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_household_header_new:
 * @context: where we work
 * @household: whose file
 *
 * Returns: (transfer floating): an empty header
 */
GtkWidget *
gez_household_header_new (GezContext  *context,
                          const GezId *household)
{
  GezHouseholdHeader *self = g_object_new (GEZ_TYPE_HOUSEHOLD_HEADER, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), gez_reader_tables,
                                 make_readers_query, show_readers);

  return GTK_WIDGET (self);
}

/**
 * gez_household_header_show:
 * @self: the header
 * @file: what gez_household_file_query() gave
 */
void
gez_household_header_show (GezHouseholdHeader *self,
                           GezView            *file)
{
  GezRecord *household;
  const char *name;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (GEZ_IS_HOUSEHOLD_HEADER (self));

  household = gez_view_get_record (file, "household");
  name = gez_record_get_text (household, "name");
  /* Of a long name the entry shows the beginning. */
  tooltip = g_strdup_printf ("%s\n%s", gez_discreet (name),
                             _("Name or alias; click to change it"));
  gez_field_entry_show (self->name, name);
  gtk_widget_set_tooltip_text (self->name, tooltip);
  show_parts (self, household, gez_view_get_list (file, "members"));
  show_chips (self, household, gez_view_get_list (file, "flags"));
  show_facts (self, file);
}

/**
 * gez_household_header_get_name:
 * @self: the header
 *
 * Returns: (transfer none): the entry with the name
 */
GtkWidget *
gez_household_header_get_name (GezHouseholdHeader *self)
{
  g_return_val_if_fail (GEZ_IS_HOUSEHOLD_HEADER (self), NULL);

  return self->name;
}
