/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conflicts/gez-conflict-words.h"

#include <glib/gi18n.h>

#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "household/gez-history-values.h"

const char *const gez_conflict_tables[] = {
  "household", "trajectory", "trajectory_event", "person", "membership", "relation", "helper", "flag",
  "assessment", "goal", "step", "contact", "contact_link", "note", "question", "referral", "referral_event",
  "followup", "appointment", "document", "partner", "member", "domain", "scale", "scale_point", "list_item",
  "school", "district", NULL,
};

/**
 * gez_conflict_words_title:
 * @conflict: a cell
 *
 * Returns: (transfer full): what the field is called: "The address"
 */
char *
gez_conflict_words_title (GezConflict *conflict)
{
  GezHistoryCell cell = { .column = conflict->column };
  const char *noun = gez_history_noun (conflict->table, &cell);

  return gez_capitalise (noun != NULL ? noun : conflict->column);
}

/**
 * gez_conflict_words_about:
 * @conflict: a cell
 *
 * Returns: (transfer full) (nullable): whose file, and which row of it
 */
char *
gez_conflict_words_about (GezConflict *conflict)
{
  const char *name = gez_discreet (conflict->household_name);
  const char *label = gez_discreet (conflict->label);

  if (name == NULL || g_strcmp0 (conflict->label, conflict->household_name) == 0)
    return g_strdup (name != NULL ? name : label);
  return label == NULL ? g_strdup (name) : g_strdup_printf ("%s · %s", name, label);
}

/**
 * gez_conflict_words_value:
 * @context: where we work
 * @conflict: a cell
 * @value: one of its values
 *
 * Returns: (transfer full): what was written, as people read it
 */
char *
gez_conflict_words_value (GezContext             *context,
                          GezConflict            *conflict,
                          const GezConflictValue *value)
{
  g_autofree char *words = gez_history_value (context, conflict->table, conflict->column, &value->value);

  if (words == NULL || *words == '\0')
    return g_strdup (_("Nothing: it was emptied."));
  return g_strdup (gez_discreet (words));
}

/**
 * gez_conflict_words_author:
 * @context: where we work
 * @value: one of the values
 *
 * Returns: (transfer full): who wrote it and when, by the clock of that device
 */
char *
gez_conflict_words_author (GezContext             *context,
                           const GezConflictValue *value)
{
  GezClock *clock = gez_context_get_clock (context);
  g_autofree char *today = gez_context_dup_today (context);
  g_autofree char *day_on = gez_clock_date_of (clock, value->written_at);
  g_autofree char *hours = gez_clock_time_of (clock, value->written_at);
  g_autofree char *day = gez_format_date_near (day_on, today);
  g_autofree char *time = gez_format_time (hours);

  /* Translators: %1$s is the name of a colleague, %2$s a day ("yesterday"), %3$s a time. */
  return g_strdup_printf (_("%1$s wrote, %2$s at %3$s:"),
                          value->by_name != NULL ? value->by_name : _("Somebody of the team"), day, time);
}

/**
 * gez_conflict_words_count:
 * @n_conflicts: how many cells
 *
 * Returns: (transfer full): a sentence
 */
char *
gez_conflict_words_count (guint n_conflicts)
{
  return g_strdup_printf (ngettext ("%u field was filled in differently by two people.",
                                    "%u fields were filled in differently by two people.", n_conflicts),
                          n_conflicts);
}
