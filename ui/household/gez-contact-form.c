/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. Everything that can be filled in is in the draft, as it was typed: half a date comes back as
 *    half a date.
 * 2. The text never grows beyond %GEZ_NOTE_MAX_BYTES. A paste that would make it so is refused as a
 *    whole, with a sentence; what stood there stays.
 * 3. Who was there is kept by key ("person:", "helper:" and the identity), because the people of
 *    the household may be read after the draft.
 */

#include "household/gez-contact-form-private.h"

#include "common/gez-date-entry.h"
#include "common/gez-focus.h"
#include "common/gez-paste.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "household/gez-chip-picker.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-form.h"
#include "household/gez-question-editor.h"
#include "model/gez-note.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (GezContactForm, gez_contact_form, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_EDITED,
  SIGNAL_SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The commonest ways, one press away; the list has them all. */
static const char * const quick_codes[] = { "home_visit", "phone", "chat", "appointment", "desk",
                                            "accompaniment" };

static void
edited_cb (GezContactForm *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
watch (GezContactForm *self,
       gpointer        source,
       const char     *signal_name)
{
  g_signal_connect_object (source, signal_name, G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

/* Which chip stands for the chosen channel: none when it is a rarer one. */
void
gez_contact_form_show_channel (GezContactForm *self)
{
  const char *keys[] = { gez_choice_row_get_code (GEZ_CHOICE_ROW (self->channel)), NULL };

  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->quick_channels), keys);
}

static void
channel_cb (GezContactForm *self)
{
  gez_contact_form_show_channel (self);
  edited_cb (self);
}

static void
quick_channel_cb (GezContactForm *self)
{
  g_auto (GStrv) keys = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->quick_channels));

  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->channel), keys[0]);
}

static gsize
text_bytes (GtkTextBuffer *buffer)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);

  return strlen (text);
}

static void
insert_text_cb (GezContactForm *self,
                GtkTextIter    *place,
                const char     *text,
                int             length,
                GtkTextBuffer  *buffer)
{
  /* A character has at most four bytes: only a text near the limit is worth counting. */
  gsize most = (gsize) gtk_text_buffer_get_char_count (buffer) * 4 + length;

  if (most <= GEZ_NOTE_MAX_BYTES || text_bytes (buffer) + length <= GEZ_NOTE_MAX_BYTES)
    return;

  g_signal_stop_emission_by_name (buffer, "insert-text");
  gez_contact_form_complain (self, _("That text is too long for one note: it can hold 1 MB. What "
                                     "stood here is kept, nothing was added."));
}

static void
text_changed_cb (GezContactForm *self)
{
  gez_contact_form_complain (self, NULL);
  edited_cb (self);
}

static void
question_remove_cb (GezContactForm *self,
                    GtkWidget      *question)
{
  gtk_widget_grab_focus (self->text);
  gtk_box_remove (GTK_BOX (self->questions), question);
  edited_cb (self);
}

GtkWidget *
gez_contact_form_add_question (GezContactForm *self)
{
  GtkWidget *question = gez_question_editor_new (self->context);

  gtk_box_append (GTK_BOX (self->questions), question);
  watch (self, question, "edited");
  g_signal_connect_object (question, "remove", G_CALLBACK (question_remove_cb), self,
                           G_CONNECT_SWAPPED);

  return question;
}

static void
add_question_cb (GezContactForm *self)
{
  GtkWidget *question = gez_contact_form_add_question (self);

  gez_question_editor_set_domain (GEZ_QUESTION_EDITOR (question), self->domain);
  gtk_widget_child_focus (question, GTK_DIR_TAB_FORWARD);
  edited_cb (self);
}

static gboolean
save_shortcut_cb (GtkWidget *widget,
                  GVariant  *arguments,
                  gpointer   user_data)
{
  g_signal_emit (widget, signals[SIGNAL_SAVE], 0);

  return TRUE;
}

static GtkWidget *
labelled (const char *label,
          GtkWidget  *control)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *heading = gez_form_hint (label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), control);

  return box;
}

static GtkWidget *
narrow_entry (int chars)
{
  GtkWidget *entry = gtk_entry_new ();

  gez_paste_limit (entry, GEZ_PASTE_LINE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), chars);

  return entry;
}

static GtkWidget *
make_when (GezContactForm *self)
{
  GtkWidget *line = gez_wrap_box_new (18, 12);
  GtkWidget *row;

  self->date = gez_date_entry_new (gez_context_get_clock (self->context), _("Date"));
  self->time = narrow_entry (6);
  self->minutes = narrow_entry (5);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->minutes), GTK_INPUT_PURPOSE_DIGITS);
  gtk_box_append (GTK_BOX (line), labelled (_("Date"), self->date));
  gtk_box_append (GTK_BOX (line), labelled (_("Time"), self->time));
  gtk_box_append (GTK_BOX (line), labelled (_("Minutes"), self->minutes));
  watch (self, self->date, "notify::date");
  watch (self, self->time, "changed");
  watch (self, self->minutes, "changed");

  row = gez_form_wide_row (_("When"), line);
  /* Each of the three has its own words above it. */
  gtk_widget_set_visible (gtk_widget_get_prev_sibling (line), FALSE);

  return row;
}

static void
fill_channels (GezContactForm *self)
{
  gez_choices_add_list (GEZ_CHOICE_ROW (self->channel), self->context, "contact_channel",
                        _("Not said"));
  for (guint i = 0; i < G_N_ELEMENTS (quick_codes); i++)
    {
      const char *label = gez_choices_get_label (self->context, "contact_channel", quick_codes[i]);

      if (label != NULL)
        gez_chip_picker_add (GEZ_CHIP_PICKER (self->quick_channels), quick_codes[i], label);
    }
}

static GtkWidget *
make_how (GezContactForm *self)
{
  GtkWidget *list = gez_form_list (_("Contact"));

  self->quick_channels = gez_chip_picker_new (_("How"), TRUE);
  self->channel = gez_choice_row_new (_("Other way"));
  self->attempt = gez_form_switch (_("Only an attempt"), _("Nobody was reached"), FALSE);
  self->people = gez_chip_picker_new (_("Who took part"), FALSE);
  fill_channels (self);

  gtk_list_box_append (GTK_LIST_BOX (list), make_when (self));
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("How"), self->quick_channels));
  gtk_list_box_append (GTK_LIST_BOX (list), self->channel);
  gtk_list_box_append (GTK_LIST_BOX (list), self->attempt);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("Who took part"), self->people));

  g_signal_connect_object (self->quick_channels, "changed", G_CALLBACK (quick_channel_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->channel, "notify::selected", G_CALLBACK (channel_cb), self,
                           G_CONNECT_SWAPPED);
  watch (self, g_object_get_data (G_OBJECT (self->attempt), "switch"), "notify::active");
  watch (self, self->people, "changed");

  return list;
}

static GtkWidget *
make_text (GezContactForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gez_form_list (_("Who reads this text"));
  GtkTextBuffer *buffer;

  gtk_box_append (GTK_BOX (box), gez_form_heading (_("What was said and done")));
  gtk_box_append (GTK_BOX (box), gez_form_text (_("What was said and done"), 130, &self->text));

  self->circle = gez_choice_row_new (_("Who reads this text"));
  gez_choice_row_add_circles (GEZ_CHOICE_ROW (self->circle));
  gtk_widget_set_margin_top (list, 6);
  gtk_list_box_append (GTK_LIST_BOX (list), self->circle);
  gtk_box_append (GTK_BOX (box), list);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  watch (self, self->circle, "notify::selected");

  return box;
}

static GtkWidget *
make_questions (GezContactForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *add = gez_form_add_button (_("Add a _question"));

  self->questions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), gez_form_heading (_("Questions of the family")));
  gtk_box_append (GTK_BOX (box), self->questions);
  gtk_box_append (GTK_BOX (box), add);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_question_cb), self, G_CONNECT_SWAPPED);

  return box;
}

static GtkWidget *
make_after (GezContactForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gez_form_list (_("Follow-up"));
  GtkWidget *heading = gez_form_heading (_("Follow-up"));

  self->domains = gez_chip_picker_new (_("Life domains it was about"), FALSE);
  gez_choices_add_domain_chips (GEZ_CHIP_PICKER (self->domains), self->context);
  self->followup_what = gez_form_entry (_("What will be done?"), NULL);
  self->followup_on = gez_date_entry_new (gez_context_get_clock (self->context), _("When"));

  gtk_box_append (GTK_BOX (box), gez_form_heading (_("Life domains it was about")));
  gtk_box_append (GTK_BOX (box), self->domains);

  gtk_widget_set_margin_top (heading, 12);
  gtk_list_box_append (GTK_LIST_BOX (list), self->followup_what);
  gtk_list_box_append (GTK_LIST_BOX (list), gez_form_wide_row (_("When"), self->followup_on));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), list);

  watch (self, self->domains, "changed");
  watch (self, self->followup_what, "changed");
  watch (self, self->followup_on, "notify::date");

  return box;
}

static void
gez_contact_form_dispose (GObject *object)
{
  GezContactForm *self = GEZ_CONTACT_FORM (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_contact_form_parent_class)->dispose (object);
}

static void
gez_contact_form_finalize (GObject *object)
{
  g_strfreev (GEZ_CONTACT_FORM (object)->wanted_people);
  g_free (GEZ_CONTACT_FORM (object)->domain);

  G_OBJECT_CLASS (gez_contact_form_parent_class)->finalize (object);
}

static gboolean
gez_contact_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_CONTACT_FORM (widget)->text);
}

static void
gez_contact_form_class_init (GezContactFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_contact_form_dispose;
  object_class->finalize = gez_contact_form_finalize;
  widget_class->grab_focus = gez_contact_form_grab_focus;
  gez_focus_class_let_leave (widget_class);

  signals[SIGNAL_EDITED] = g_signal_new ("edited", GEZ_TYPE_CONTACT_FORM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE] = g_signal_new ("save", GEZ_TYPE_CONTACT_FORM, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gez_contact_form_init (GezContactForm *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->complaint = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                  "visible", FALSE, "wrap", TRUE, "xalign", 0.0f, NULL);
  gtk_widget_add_css_class (self->complaint, "error");
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gez_form_save_on_keys (GTK_WIDGET (self), save_shortcut_cb);
}

/**
 * gez_contact_form_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): an empty form, at this moment
 */
GtkWidget *
gez_contact_form_new (GezContext  *context,
                      const GezId *household)
{
  GezContactForm *self = g_object_new (GEZ_TYPE_CONTACT_FORM, NULL);

  self->context = g_object_ref (context);
  self->household = *household;

  gtk_box_append (GTK_BOX (self->content), make_how (self));
  gtk_box_append (GTK_BOX (self->content), make_text (self));
  gtk_box_append (GTK_BOX (self->content), make_questions (self));
  gtk_box_append (GTK_BOX (self->content), make_after (self));
  gtk_box_append (GTK_BOX (self->content), self->complaint);
  gez_contact_form_reset (self);

  return GTK_WIDGET (self);
}

static void
add_people (GezContactForm *self,
            GPtrArray      *records,
            const char     *kind,
            const char     *name_column)
{
  for (guint i = 0; i < records->len; i++)
    {
      GezRecord *record = records->pdata[i];
      g_autofree char *id = gez_id_to_string (gez_record_get_id (record));
      g_autofree char *key = g_strconcat (kind, ":", id, NULL);
      const char *name = gez_record_get_text (record, name_column);

      /* Whoever writes was there: she need not say so. */
      if (gez_record_has (record, "member_id") && !gez_record_is_null (record, "member_id")
          && gez_id_equal (gez_record_get_reference (record, "member_id"),
                           gez_context_get_member_id (self->context)))
        continue;
      gez_chip_picker_add (GEZ_CHIP_PICKER (self->people), key, name != NULL ? name : "–");
    }
}

/**
 * gez_contact_form_set_people:
 * @self: the form
 * @network: what gez_network_view_query() gave
 *
 * Who can have taken part. Whoever was chosen stays chosen.
 */
void
gez_contact_form_set_people (GezContactForm *self,
                             GezView        *network)
{
  g_auto (GStrv) chosen = NULL;

  g_return_if_fail (GEZ_IS_CONTACT_FORM (self));

  chosen = self->wanted_people != NULL
             ? g_steal_pointer (&self->wanted_people)
             : gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->people));
  gez_chip_picker_clear (GEZ_CHIP_PICKER (self->people));
  add_people (self, gez_view_get_list (network, "members"), "person", "name");
  add_people (self, gez_view_get_list (network, "professionals"), "helper", "helper_name");
  add_people (self, gez_view_get_list (network, "network"), "helper", "helper_name");
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->people), (const char * const *) chosen);
}

void
gez_contact_form_clear_questions (GezContactForm *self)
{
  GtkWidget *question;

  while ((question = gtk_widget_get_first_child (self->questions)) != NULL)
    gtk_box_remove (GTK_BOX (self->questions), question);
}

/**
 * gez_contact_form_reset:
 * @self: the form
 *
 * Empties the form and sets it to this moment. Does not emit `edited`.
 */
void
gez_contact_form_reset (GezContactForm *self)
{
  GezClock *clock;
  g_autofree char *today = NULL;
  g_autofree char *now = NULL;

  g_return_if_fail (GEZ_IS_CONTACT_FORM (self));

  clock = gez_context_get_clock (self->context);
  today = gez_clock_get_today (clock);
  now = gez_clock_time_of (clock, gez_clock_get_now (clock));

  self->is_setting = TRUE;
  g_clear_pointer (&self->wanted_people, g_strfreev);
  gez_date_entry_set_date (GEZ_DATE_ENTRY (self->date), today);
  gtk_editable_set_text (GTK_EDITABLE (self->time), now);
  gtk_editable_set_text (GTK_EDITABLE (self->minutes), "");
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->channel), NULL);
  gez_contact_form_show_channel (self);
  gez_form_switch_set (self->attempt, FALSE);
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->people), NULL);
  gez_form_set_text (self->text, NULL);
  gez_choice_row_set_code (GEZ_CHOICE_ROW (self->circle),
                           gez_circle_kind_to_code (gez_note_default_circle (self->context)));
  gez_contact_form_clear_questions (self);
  g_clear_pointer (&self->domain, g_free);
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->domains), NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->followup_what), "");
  gez_date_entry_set_text (GEZ_DATE_ENTRY (self->followup_on), "");
  gez_contact_form_complain (self, NULL);
  self->is_setting = FALSE;
}

/**
 * gez_contact_form_set_domain:
 * @self: the form, just reset
 * @code: (nullable): the life domain from which it was opened
 *
 * The contact, and every question in it, starts with this domain. Does not emit `edited`.
 */
void
gez_contact_form_set_domain (GezContactForm *self,
                             const char     *code)
{
  const char *codes[] = { code, NULL };

  g_return_if_fail (GEZ_IS_CONTACT_FORM (self));

  self->is_setting = TRUE;
  g_free (self->domain);
  self->domain = g_strdup (code);
  gez_chip_picker_set_selected (GEZ_CHIP_PICKER (self->domains), codes);
  self->is_setting = FALSE;
}

/* What it starts with nobody chose. */
static gboolean
has_own_domains (GezContactForm *self)
{
  g_auto (GStrv) domains = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->domains));

  if (domains[0] == NULL)
    return FALSE;

  return domains[1] != NULL || g_strcmp0 (domains[0], self->domain) != 0;
}

/**
 * gez_contact_form_is_empty:
 * @self: the form
 *
 * Returns: whether there is nothing in it that would be a pity to lose
 */
gboolean
gez_contact_form_is_empty (GezContactForm *self)
{
  g_auto (GStrv) people = NULL;

  g_return_val_if_fail (GEZ_IS_CONTACT_FORM (self), TRUE);

  for (GtkWidget *question = gtk_widget_get_first_child (self->questions); question != NULL;
       question = gtk_widget_get_next_sibling (question))
    if (!gez_question_editor_is_empty (GEZ_QUESTION_EDITOR (question)))
      return FALSE;

  people = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (self->people));

  return people[0] == NULL && !has_own_domains (self) && self->wanted_people == NULL
         && gez_choice_row_get_code (GEZ_CHOICE_ROW (self->channel)) == NULL
         && !gez_form_switch_get (self->attempt)
         && *gtk_editable_get_text (GTK_EDITABLE (self->minutes)) == '\0'
         && *gtk_editable_get_text (GTK_EDITABLE (self->followup_what)) == '\0'
         && gtk_text_buffer_get_char_count (
              gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text))) == 0;
}

/**
 * gez_contact_form_complain:
 * @self: the form
 * @sentence: (nullable): what is not right; %NULL when nothing is
 */
void
gez_contact_form_complain (GezContactForm *self,
                           const char     *sentence)
{
  g_return_if_fail (GEZ_IS_CONTACT_FORM (self));

  gtk_label_set_text (GTK_LABEL (self->complaint), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->complaint, sentence != NULL);
}

/**
 * gez_contact_form_get_length:
 * @self: the form
 *
 * Returns: how many characters its text has
 */
int
gez_contact_form_get_length (GezContactForm *self)
{
  g_return_val_if_fail (GEZ_IS_CONTACT_FORM (self), 0);

  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)));
}
