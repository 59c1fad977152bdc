/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-command.h"

#include "base/gez-text.h"

static char *
trimmed (const char *text)
{
  return text && !gez_text_is_blank (text) ? g_strstrip (g_strdup (text)) : NULL;
}

/*
 * gez_command_insert:
 * @id: (out) (optional): receives the identity
 *
 * Begins a new row with an identity of its own.
 */
GezId
gez_command_insert (GezContext *context,
                    GezChange  *change,
                    const char *table,
                    GezCircle   circle,
                    GezId      *id)
{
  GezId made = gez_id_new (gez_context_get_clock (context));

  gez_change_insert (change, table, &made, circle);
  if (id)
    *id = made;
  return made;
}

/* For a new row: nothing said, nothing written, so that the default of the column holds. */
void
gez_command_text (GezChange  *change,
                  const char *column,
                  const char *text)
{
  g_autofree char *value = trimmed (text);

  if (value)
    gez_change_set_text (change, column, value);
}

/* For a row that exists: blank takes the value away. */
void
gez_command_write_text (GezChange  *change,
                        const char *column,
                        const char *text)
{
  g_autofree char *value = trimmed (text);

  gez_change_set_text (change, column, value);
}

void
gez_command_number (GezChange  *change,
                    const char *column,
                    gint64      value)
{
  if (value != 0)
    gez_change_set_integer (change, column, value);
}

void
gez_command_yes (GezChange  *change,
                 const char *column,
                 gboolean    value)
{
  if (value)
    gez_change_set_integer (change, column, 1);
}

void
gez_command_id (GezChange   *change,
                const char  *column,
                const GezId *id)
{
  if (!gez_id_is_none (id))
    gez_change_set_id (change, column, id);
}

/* @date: (nullable): %NULL writes today. */
void
gez_command_date (GezContext *context,
                  GezChange  *change,
                  const char *column,
                  const char *date)
{
  g_autofree char *today = date ? NULL : gez_context_dup_today (context);

  gez_change_set_text (change, column, date ? date : today);
}

/* @member: (nullable): none writes the current member. */
void
gez_command_by (GezContext  *context,
                GezChange   *change,
                const char  *column,
                const GezId *member)
{
  gez_command_id (change, column,
                  gez_id_is_none (member) ? gez_context_get_member_id (context) : member);
}

/*
 * gez_command_circle:
 * @household: (nullable): none: it belongs to the team
 * @domain: (nullable): what the row is about
 *
 * Returns: casework for a sensitive domain, open for the others
 */
GezCircle
gez_command_circle (GezContext  *context,
                    const GezId *household,
                    const GezId *domain)
{
  if (gez_id_is_none (household))
    return gez_circle_team ();
  if (gez_lists_is_sensitive (gez_context_get_lists (context), domain))
    return gez_circle_casework (household);
  return gez_circle_open (household);
}
