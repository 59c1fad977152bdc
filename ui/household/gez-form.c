/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-form.h"

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-entry-row.h"
#include "common/gez-field-row.h"

#define LONGEST_WORD 1000

/**
 * gez_form_heading:
 * @text: what follows below
 *
 * Returns: (transfer floating): a heading above a list or a control
 */
GtkWidget *
gez_form_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", text, "xalign", 0.0f, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, "heading");

  return label;
}

/**
 * gez_form_hint:
 * @text: a sentence
 *
 * Returns: (transfer floating): small, dim text under a control
 */
GtkWidget *
gez_form_hint (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

/**
 * gez_form_add_button:
 * @label: what it adds, with a mnemonic when there is one
 *
 * Returns: (transfer floating): a flat button with a plus
 */
GtkWidget *
gez_form_add_button (const char *label)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new_with_mnemonic (label);

  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_label_set_mnemonic_widget (GTK_LABEL (words), button);
  gtk_box_append (GTK_BOX (content), gez_ornament_new ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), words);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (words)), -1);

  return button;
}

/**
 * gez_form_list:
 * @name: what the rows are about, for a screen reader
 *
 * Returns: (transfer floating): a boxed list
 */
GtkWidget *
gez_form_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return list;
}

/**
 * gez_form_entry:
 * @title: what is asked
 * @text: (nullable): what stands there
 *
 * Returns: (transfer floating): a row with one line of text
 */
GtkWidget *
gez_form_entry (const char *title,
                const char *text)
{
  GtkWidget *row = gez_entry_row_new (title);

  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");

  return row;
}

/**
 * gez_form_switch:
 * @title: what is so or not
 * @subtitle: (nullable): what that means
 * @active: whether it is so
 *
 * Returns: (transfer floating): a row with a switch
 */
GtkWidget *
gez_form_switch (const char *title,
                 const char *subtitle,
                 gboolean    active)
{
  GtkWidget *control = gtk_switch_new ();
  GtkWidget *row = gez_form_row (title, control);

  gtk_switch_set_active (GTK_SWITCH (control), active);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_object_set_data (G_OBJECT (row), "switch", control);

  return row;
}

/**
 * gez_form_switch_get:
 * @row: what gez_form_switch() made
 *
 * Returns: whether the switch is on
 */
gboolean
gez_form_switch_get (GtkWidget *row)
{
  GtkWidget *control = g_object_get_data (G_OBJECT (row), "switch");

  g_return_val_if_fail (GTK_IS_SWITCH (control), FALSE);

  return gtk_switch_get_active (GTK_SWITCH (control));
}

/**
 * gez_form_switch_set:
 * @row: what gez_form_switch() made
 * @active: whether the switch is on from now on
 */
void
gez_form_switch_set (GtkWidget *row,
                     gboolean   active)
{
  GtkWidget *control = g_object_get_data (G_OBJECT (row), "switch");

  g_return_if_fail (GTK_IS_SWITCH (control));

  gtk_switch_set_active (GTK_SWITCH (control), active);
}

/**
 * gez_form_row:
 * @title: what is asked
 * @control: (transfer floating): where it is answered, at the end of the row
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
gez_form_row (const char *title,
              GtkWidget  *control)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE, NULL);

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);

  return row;
}

/**
 * gez_form_wide_row:
 * @title: what is asked
 * @control: (transfer floating): where it is answered, over the whole width below the title
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
gez_form_wide_row (const char *title,
                   GtkWidget  *control)
{
  GtkWidget *row = gez_field_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), gez_form_hint (title));
  gtk_box_append (GTK_BOX (box), control);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

static gsize
longest_word (const char *text,
              gsize       length)
{
  gsize longest = 0;
  gsize word = 0;

  for (gsize i = 0; i < length; i++)
    {
      word = g_ascii_isspace (text[i]) ? 0 : word + 1;
      longest = MAX (longest, word);
    }

  return longest;
}

/* Pango takes time with the square of the length to wrap a word that has no place to break: seconds
 * from 20,000 letters on. No person writes such a word; a paste can hold one. */
static void
insert_text_cb (GtkTextView *view,
                GtkTextIter *place,
                const char  *text,
                int          length)
{
  if (length > LONGEST_WORD && longest_word (text, length) > LONGEST_WORD)
    gtk_text_view_set_wrap_mode (view, GTK_WRAP_CHAR);
}

/**
 * gez_form_text:
 * @name: what is written there, for a screen reader
 * @height: least height in pixels
 * @view: (out) (transfer none): the #GtkTextView in it
 *
 * Tab leaves the field, because the keyboard must be able to; nobody writes tabs in a report.
 *
 * Returns: (transfer floating): a field for longer text
 */
GtkWidget *
gez_form_text (const char *name,
               int         height,
               GtkWidget **view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *text = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 10);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (text), 10);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (text), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE, -1);

  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "insert-text",
                           G_CALLBACK (insert_text_cb), text, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), height * 3);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "gez-text-field");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);

  *view = text;

  return scroller;
}

/**
 * gez_form_get_text:
 * @view: a #GtkTextView
 *
 * Returns: (transfer full): everything in it
 */
char *
gez_form_get_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/**
 * gez_form_set_text:
 * @view: a #GtkTextView
 * @text: (nullable): what stands there from now on
 */
void
gez_form_set_text (GtkWidget  *view,
                   const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            text != NULL ? text : "", -1);
}

/**
 * gez_form_entry_dup:
 * @entry: a #GtkEditable
 *
 * Returns: (transfer full) (nullable): what was typed without spaces around it; %NULL when that is
 *   nothing, because an empty answer is no answer
 */
char *
gez_form_entry_dup (GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  return gez_text_is_blank (text) ? NULL : g_strstrip (g_strdup (text));
}

/**
 * gez_form_save_on_keys:
 * @form: a form
 * @save: called with @form when a person presses Ctrl+Enter anywhere in it
 *
 * It is heard before the fields hear it: a #GtkTextView makes a new line of Enter, with Ctrl too.
 */
void
gez_form_save_on_keys (GtkWidget      *form,
                       GtkShortcutFunc save)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (form));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                      gtk_callback_action_new (save, NULL, NULL)));
  gtk_widget_add_controller (form, controller);
}
