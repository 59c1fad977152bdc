/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-household-header.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-act.h"
#include "common/gez-chip.h"
#include "common/gez-discretion.h"
#include "common/gez-fold.h"
#include "common/gez-format.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-field-entry.h"
#include "household/gez-text-scale.h"
#include "model/gez-record-edit.h"

struct _GezHouseholdHeader
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;

  GtkWidget *fold;
  GtkWidget *name;
  GtkWidget *members;
  GtkWidget *chips;
  GtkWidget *contact_person;
  GtkWidget *last_contact;
  GtkWidget *next_appointment;
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

/* "Anna (34), Bilal (9) · Voorbeeldstraat 1 · Wijk Noord · Arabisch" */
static char *
describe (GezRecord *household,
          GPtrArray *members)
{
  GString *line = g_string_new (NULL);
  g_autofree char *names = describe_members (members);
  const char *address = gez_discreet (gez_record_get_text (household, "address"));
  const char *residence = gez_record_get_text (household, "residence");

  append_part (line, names);
  if (g_strcmp0 (residence, "none") == 0 || (address == NULL && residence != NULL))
    append_part (line, gez_words_get (GEZ_WORDS_RESIDENCE, residence));
  else
    append_part (line, address);
  append_part (line, gez_record_get_text (household, "district_name"));
  append_part (line, gez_record_get_text (household, "language"));

  return g_string_free (line, FALSE);
}

static void
append_chip (GezHouseholdHeader *self,
             const char         *text,
             GezChipStyle        style)
{
  gtk_box_append (GTK_BOX (self->chips), gez_chip_new (text, style));
}

static void
show_chips (GezHouseholdHeader *self,
            GezRecord          *household,
            GPtrArray          *flags)
{
  const char *state = gez_record_get_text (household, "state");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);

  if (state != NULL)
    append_chip (self, gez_words_get (GEZ_WORDS_TRAJECTORY_STATE, state), GEZ_CHIP_NEUTRAL);
  if (gez_record_get_integer (household, "needs_interpreter") != 0)
    append_chip (self, _("interpreter needed"), GEZ_CHIP_ACCENT);
  /* Not even that there are any. */
  for (guint i = 0; i < flags->len && !gez_discretion_is_active (); i++)
    append_chip (self, gez_record_get_text (g_ptr_array_index (flags, i), "fact"),
                 GEZ_CHIP_WARNING);
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
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
show_facts (GezHouseholdHeader *self,
            GezView            *file)
{
  GezRecord *household = gez_view_get_record (file, "household");
  const char *person = gez_discreet (gez_record_get_text (household, "contact_person"));
  const char *last = gez_record_get_text (household, "last_contact_on");
  g_autofree char *today = gez_context_dup_today (self->context);
  g_autofree char *ago = gez_format_days_ago (last, today);
  g_autofree char *full = gez_format_date_long (last);
  g_autofree char *next = describe_appointment (gez_view_get_record (file, "next_appointment"),
                                                today);

  gtk_label_set_text (GTK_LABEL (self->contact_person), person != NULL ? person : _("nobody yet"));
  gtk_label_set_text (GTK_LABEL (self->last_contact), last != NULL ? ago : _("not yet"));
  gtk_widget_set_tooltip_text (self->last_contact, last != NULL ? full : NULL);
  gtk_label_set_text (GTK_LABEL (self->next_appointment), next);
}

static GtkWidget *
make_fact (const char *title,
           GtkWidget **value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);

  *value = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (*value), 0);
  gtk_label_set_wrap (GTK_LABEL (*value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (*value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (*value), 22);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (*value, "caption");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (*value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), *value);

  return box;
}

static GtkWidget *
make_facts (GezHouseholdHeader *self)
{
  GtkWidget *facts = gez_wrap_box_new (24, 6);
  GtkWidget *note = gtk_button_new_with_label (_("Note a contact"));

  gtk_box_append (GTK_BOX (facts), make_fact (_("Contact person"), &self->contact_person));
  gtk_box_append (GTK_BOX (facts), make_fact (_("Last contact"), &self->last_contact));
  gtk_box_append (GTK_BOX (facts), make_fact (_("Next appointment"), &self->next_appointment));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (note), "file.start-contact");
  gtk_widget_set_valign (note, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (note, "suggested-action");
  gtk_widget_add_css_class (facts, "gez-household-who");
  gtk_box_append (GTK_BOX (facts), note);

  return facts;
}

static GtkWidget *
make_who (GezHouseholdHeader *self)
{
  GtkWidget *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->name = gtk_entry_new ();
  gtk_widget_add_css_class (self->name, "flat");
  gtk_widget_add_css_class (self->name, "title-2");
  gtk_widget_add_css_class (self->name, "gez-household-name");
  gtk_widget_set_tooltip_text (self->name, _("Name or alias; click to change it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the household"), -1);
  gez_field_entry_watch (self->name, GTK_WIDGET (self), "name", save_name);

  self->members = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->members), 0);
  gtk_label_set_wrap (GTK_LABEL (self->members), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->members), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->members), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->members), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->members, "dim-label");

  self->chips = gez_wrap_box_new (6, 4);
  gtk_widget_add_css_class (self->members, "gez-household-who");
  gtk_widget_add_css_class (self->chips, "gez-household-who");
  gtk_box_append (GTK_BOX (who), self->name);
  gtk_box_append (GTK_BOX (who), self->members);
  gtk_box_append (GTK_BOX (who), self->chips);

  return who;
}

static void
gez_household_header_dispose (GObject *object)
{
  GezHouseholdHeader *self = GEZ_HOUSEHOLD_HEADER (object);

  g_clear_pointer (&self->fold, gtk_widget_unparent);
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
  self->fold = gez_fold_new (make_who (self), make_facts (self), 12);
  gez_fold_set_threshold (GEZ_FOLD (self->fold),
                          gez_text_scale (GTK_WIDGET (self), FOLD_BELOW_WIDTH));
  gtk_widget_set_parent (self->fold, GTK_WIDGET (self));
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
  GPtrArray *members;
  g_autofree char *line = NULL;

  g_return_if_fail (GEZ_IS_HOUSEHOLD_HEADER (self));

  household = gez_view_get_record (file, "household");
  members = gez_view_get_list (file, "members");
  line = describe (household, members);

  gez_field_entry_show (self->name, gez_record_get_text (household, "name"));
  gtk_label_set_text (GTK_LABEL (self->members), line);
  gtk_widget_set_tooltip_text (self->members, line);
  gtk_widget_set_visible (self->members, line[0] != '\0');
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
