/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A clipboard can hold anything: ten megabytes would keep GTK busy for minutes, control characters are
 * neither seen nor spoken, and lines of Windows end twice. What a person puts into a field is cleaned and
 * cut to what the field is for, and of what is cut it is said how much was kept. What the program shows
 * in a field is what the store holds, and stays whole.
 */

#include "common/gez-paste.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-act.h"

typedef struct
{
  GtkWidget *field;
  int most;
} Limit;

static gboolean
is_kept (gunichar letter)
{
  return letter == '\n' || letter == '\t' || !g_unichar_iscntrl (letter);
}

/* Returns: (transfer full): at most @most characters of @text, with one sign for the end of a line */
static char *
clean (const char *text,
       int         length,
       glong       most)
{
  GString *kept = g_string_sized_new ((gsize) MIN (length, most * 4) + 1);
  const char *end = text + length;
  glong characters = 0;

  for (const char *at = text; at < end && characters < most; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '\r')
        {
          if (at + 1 < end && at[1] == '\n')
            continue;
          letter = '\n';
        }
      if (!is_kept (letter))
        continue;
      g_string_append_unichar (kept, letter);
      characters++;
    }
  return g_string_free (kept, FALSE);
}

static void
say_kept (Limit *limit)
{
  g_autofree char *sentence = g_strdup_printf (
    ngettext ("That is too long for this field. The first %d character is there; the rest is still "
              "where you copied it.",
              "That is too long for this field. The first %d characters are there; the rest is still "
              "where you copied it.",
              (gulong) limit->most),
    limit->most);

  gez_say (limit->field, sentence);
}

/* Returns: (transfer full) (nullable): what to insert instead of @text; %NULL when it can stay */
static char *
clean_for (Limit      *limit,
           const char *text,
           int         length,
           glong       characters_before)
{
  g_autofree char *kept = NULL;
  glong room = MAX (limit->most - characters_before, 0);

  if (!(gtk_widget_get_state_flags (limit->field) & GTK_STATE_FLAG_FOCUS_WITHIN))
    return NULL;
  kept = clean (text, length, room);
  if (strlen (kept) == (gsize) length)
    return NULL;
  if (g_utf8_strlen (text, length) > room)
    say_kept (limit);
  return g_steal_pointer (&kept);
}

static void
inserting_in_line_cb (GtkEditable *editable,
                      const char  *text,
                      int          length,
                      int         *position,
                      Limit       *limit)
{
  g_autofree char *kept = NULL;

  length = length < 0 ? (int) strlen (text) : length;
  kept = clean_for (limit, text, length,
                    gtk_entry_buffer_get_length (gtk_text_get_buffer (GTK_TEXT (editable))));
  if (kept == NULL)
    return;
  g_signal_stop_emission_by_name (editable, "insert-text");
  if (*kept != '\0')
    gtk_editable_insert_text (editable, kept, -1, position);
}

static void
inserting_in_text_cb (GtkTextBuffer *buffer,
                      GtkTextIter   *place,
                      const char    *text,
                      int            length,
                      Limit         *limit)
{
  g_autofree char *kept = NULL;

  length = length < 0 ? (int) strlen (text) : length;
  kept = clean_for (limit, text, length, gtk_text_buffer_get_char_count (buffer));
  if (kept == NULL)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  if (*kept != '\0')
    gtk_text_buffer_insert (buffer, place, kept, -1);
}

/**
 * gez_paste_limit:
 * @field: a #GtkTextView, or a #GtkEditable of GTK such as an entry
 * @most: characters
 *
 * From now on takes no more than @most characters from a person, and says so.
 */
void
gez_paste_limit (GtkWidget *field,
                 int        most)
{
  Limit *limit;

  g_return_if_fail (GTK_IS_TEXT_VIEW (field) || GTK_IS_EDITABLE (field));
  g_return_if_fail (most > 0);

  limit = g_new (Limit, 1);
  *limit = (Limit) { field, most };
  g_object_set_data_full (G_OBJECT (field), "gez-paste-limit", limit, g_free);
  if (GTK_IS_TEXT_VIEW (field))
    g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), "insert-text",
                      G_CALLBACK (inserting_in_text_cb), limit);
  else
    g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (field)), "insert-text",
                      G_CALLBACK (inserting_in_line_cb), limit);
}
