/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. What an act was is read from what it wrote, not from its name: an act of a newer version of the
 *    program, or one that was brought in, reads as well as one of today.
 * 2. An act of several rows is told by its main row; the values of all of them stand below it.
 */

#include "household/gez-history-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/gez-format.h"
#include "common/gez-words.h"
#include "household/gez-domain-names.h"
#include "household/gez-history-values.h"

/* What happened to a kind of row. Translators: %s is the name of who did it. In the order in which a
 * row tells what an act of several rows was about. */
static const struct
{
  const char *table;
  const char *born;
  const char *changed;
  const char *removed;
} tables[] = {
  { "contact", N_ ("%s noted a contact"), N_ ("%s changed a contact"),
    N_ ("%s removed a contact") },
  { "referral", N_ ("%s started a referral"), N_ ("%s changed a referral"),
    N_ ("%s removed a referral") },
  { "referral_event", N_ ("%s noted news of a referral"), N_ ("%s changed the news of a referral"),
    N_ ("%s removed the news of a referral") },
  { "goal", N_ ("%s added a goal"), N_ ("%s changed a goal"), N_ ("%s removed a goal") },
  { "step", N_ ("%s added a step"), N_ ("%s changed a step"), N_ ("%s removed a step") },
  { "person", N_ ("%s added somebody to the family"), N_ ("%s changed somebody of the family"),
    N_ ("%s removed somebody of the family") },
  { "membership", N_ ("%s noted who belongs to the family"),
    N_ ("%s changed who belongs to the family"), N_ ("%s removed somebody of the family") },
  { "relation", N_ ("%s noted who is related"), N_ ("%s changed who is related"),
    N_ ("%s removed who is related") },
  { "helper", N_ ("%s added a helper"), N_ ("%s changed a helper"), N_ ("%s removed a helper") },
  { "flag", N_ ("%s added a point of attention"), N_ ("%s changed a point of attention"),
    N_ ("%s removed a point of attention") },
  { "assessment", N_ ("%s noted what was said about a life domain"),
    N_ ("%s changed what was said about a life domain"),
    N_ ("%s removed what was said about a life domain") },
  { "appointment", N_ ("%s planned an appointment"), N_ ("%s changed an appointment"),
    N_ ("%s removed an appointment") },
  { "document", N_ ("%s added a document"), N_ ("%s changed a document"),
    N_ ("%s removed a document") },
  { "question", N_ ("%s noted a question"), N_ ("%s changed a question"),
    N_ ("%s removed a question") },
  { "note", N_ ("%s wrote a note"), N_ ("%s changed a note"), N_ ("%s removed a note") },
  { "followup", N_ ("%s planned a follow-up"), N_ ("%s changed a follow-up"),
    N_ ("%s removed a follow-up") },
  { "trajectory", N_ ("%s started a trajectory"), N_ ("%s changed the trajectory"),
    N_ ("%s removed a trajectory") },
  { "trajectory_event", N_ ("%s noted where the trajectory stands"),
    N_ ("%s changed where the trajectory stands"), N_ ("%s removed where the trajectory stood") },
  { "contact_link", N_ ("%s noted who took part in a contact"),
    N_ ("%s changed who took part in a contact"), N_ ("%s removed who took part in a contact") },
  { "duplicate_link", N_ ("%s linked this file to another one"), N_ ("%s changed a link to another file"),
    N_ ("%s removed the link to another file") },
  { "fingerprint_choice", N_ ("%s left this file out of the search for one family"),
    N_ ("%s changed whether this file is left out"), N_ ("%s let colleagues find this file again") },
  { "household", N_ ("%s opened the file"), N_ ("%s changed the data of the family"),
    N_ ("%s removed the file") },
};

/* What one value says better than that something changed. */
static const struct
{
  const char *table;
  const char *column;
  const char *value; /* NULL: any; "": none any more */
  const char *sentence;
} turns[] = {
  { "goal", "state", "reached", N_ ("%s marked a goal as reached") },
  { "goal", "state", "stopped", N_ ("%s stopped a goal") },
  { "goal", "state", "open", N_ ("%s opened a goal again") },
  { "step", "done_on", "", N_ ("%s opened a step again") },
  { "step", "done_on", NULL, N_ ("%s ticked off a step") },
  { "followup", "done_on", NULL, N_ ("%s ticked off a follow-up") },
  { "followup", "cancelled_on", NULL, N_ ("%s cancelled a follow-up") },
  { "followup", "due_on", NULL, N_ ("%s moved a follow-up") },
  { "question", "done_on", NULL, N_ ("%s ticked off a question") },
  { "flag", "resolved_on", NULL, N_ ("%s noted that a point of attention is over") },
  { "appointment", "state", "held", N_ ("%s noted that an appointment took place") },
  { "appointment", "state", "cancelled", N_ ("%s cancelled an appointment") },
  { "appointment", "state", "missed", N_ ("%s noted that an appointment did not take place") },
  { "appointment", "held_on", NULL, N_ ("%s moved an appointment") },
  { "appointment", "start_time", NULL, N_ ("%s moved an appointment") },
  { "document", "name", NULL, N_ ("%s renamed a document") },
  { "document", "tags", NULL, N_ ("%s changed the labels of a document") },
  { "document", "tags", "", N_ ("%s changed the labels of a document") },
  { "membership", "to_on", NULL, N_ ("%s noted that somebody left the family") },
  { "helper", "until_on", NULL, N_ ("%s noted that a helper stopped") },
};

static guint
rank_of (const GezHistoryRow *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].table, row->table) == 0)
      return strcmp (row->table, "household") == 0 && row->is_birth ? 0 : i + 1;

  return G_N_ELEMENTS (tables) + 1;
}

/**
 * gez_history_main_row:
 * @act: an act
 *
 * Returns: (transfer none) (nullable): the row that tells what the act was about
 */
const GezHistoryRow *
gez_history_main_row (GezHistoryAct *act)
{
  GPtrArray *rows = gez_history_act_get_rows (act);
  const GezHistoryRow *main_row = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const GezHistoryRow *row = g_ptr_array_index (rows, i);

      if (main_row == NULL || rank_of (row) < rank_of (main_row))
        main_row = row;
    }

  return main_row;
}

static gboolean
is_removal (const GezHistoryRow *row)
{
  const GezHistoryCell *cell = gez_history_row_find (row, "withdrawn_at");

  return !row->is_birth && cell != NULL && cell->after.kind != GEZ_HISTORY_NOTHING;
}

static gboolean
is_return (const GezHistoryRow *row)
{
  const GezHistoryCell *cell = gez_history_row_find (row, "withdrawn_at");

  return !row->is_birth && cell != NULL && cell->after.kind == GEZ_HISTORY_NOTHING;
}

static const char *
find_turn (const GezHistoryRow *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      const GezHistoryCell *cell = strcmp (turns[i].table, row->table) == 0
                                     ? gez_history_row_find (row, turns[i].column)
                                     : NULL;
      const char *after = cell != NULL && cell->after.kind == GEZ_HISTORY_TEXT ? cell->after.text : "";

      if (cell != NULL && turns[i].value == NULL && after[0] != '\0')
        return turns[i].sentence;
      if (cell != NULL && g_strcmp0 (turns[i].value, after) == 0)
        return turns[i].sentence;
    }

  return NULL;
}

/* The one thing that changed in a row, when there is one. */
static const char *
find_only_noun (const GezHistoryRow *row)
{
  const char *only = NULL;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const char *noun = gez_history_noun (row->table,
                                           &g_array_index (row->cells, GezHistoryCell, i));

      if (noun == NULL)
        continue;
      if (only != NULL)
        return NULL;
      only = noun;
    }

  return only;
}

/* The sentences stand in tables, where the compiler cannot see that each holds one name. */
static char *
put_name (const char *sentence,
          const char *who)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", 2);

  return g_strjoinv (who, parts);
}

static char *
say_change (const GezHistoryRow *row,
            const char          *who)
{
  const char *turn = find_turn (row);
  const char *noun = turn == NULL ? find_only_noun (row) : NULL;
  guint rank = rank_of (row);

  if (turn != NULL)
    return put_name (_(turn), who);
  if (noun != NULL)
    /* Translators: who changed what, as in "Els changed the address". */
    return g_strdup_printf (_("%1$s changed %2$s"), who, noun);
  if (rank - 1 < G_N_ELEMENTS (tables))
    return put_name (_(tables[rank - 1].changed), who);

  return g_strdup_printf (_("%s changed something"), who);
}

static char *
say_row (const GezHistoryRow *row,
         const char          *who)
{
  guint rank = rank_of (row);
  guint table = rank == 0 ? G_N_ELEMENTS (tables) - 1 : rank - 1;

  if (is_return (row))
    return g_strdup_printf (_("%s brought back something that was removed"), who);
  if (is_removal (row))
    return put_name (table < G_N_ELEMENTS (tables) ? _(tables[table].removed)
                                                   : _("%s removed something"), who);
  if (row->is_birth)
    return put_name (table < G_N_ELEMENTS (tables) ? _(tables[table].born)
                                                   : _("%s added something"), who);

  return say_change (row, who);
}

/**
 * gez_history_sentence:
 * @act: an act
 *
 * Returns: (transfer full): who did what, as a sentence without a full stop
 */
char *
gez_history_sentence (GezHistoryAct *act)
{
  const GezHistoryRow *row = gez_history_main_row (act);
  const char *code = gez_history_act_get_code (act);
  const char *name = gez_history_act_get_name (act);
  /* A name in another direction must not turn the sentence around. */
  g_autofree char *who = name != NULL ? g_strdup_printf ("\u2068%s\u2069", name)
                                      : g_strdup (_("Somebody on another device"));

  if (strcmp (code, "undo") == 0)
    return g_strdup_printf (_("%s undid a change"), who);
  if (strcmp (code, "import-json") == 0)
    return g_strdup_printf (_("%s brought in data from another file"), who);
  if (strcmp (code, "demonstration") == 0)
    return g_strdup (_("The demonstration was filled in"));

  return row != NULL ? say_row (row, who) : g_strdup_printf (_("%s changed something"), who);
}

/**
 * gez_history_subject:
 * @context: where we work
 * @row: a row of an act
 *
 * Returns: (transfer full) (nullable): what the row is about; %NULL for the file itself
 */
char *
gez_history_subject (GezContext          *context,
                     const GezHistoryRow *row)
{
  if (strcmp (row->table, "household") == 0)
    return NULL;
  if (row->subject != NULL)
    return g_strdup (row->subject);
  if (!gez_id_is_none (&row->domain_id))
    return g_strdup (gez_domain_label (context, &row->domain_id));
  if (row->at != 0)
    {
      g_autofree char *day = gez_clock_date_of (gez_context_get_clock (context), row->at);
      g_autofree char *date = gez_format_date (day);

      /* Translators: %s is a date. */
      return g_strdup_printf (_("Contact of %s"), date);
    }

  return NULL;
}

/* Lines ----------------------------------------------------------------------------------------- */

/* What everything starts with says nothing about the thing that was added. */
static gboolean
is_usual (const GezHistoryRow  *row,
          const GezHistoryCell *cell)
{
  static const char * const usual[] = { "goal.state", "appointment.state", "followup.kind",
                                        "trajectory.intensity_percent", "question.first_asked_on",
                                        NULL };
  g_autofree char *name = g_strconcat (row->table, ".", cell->column, NULL);
  gboolean is_no = cell->after.kind == GEZ_HISTORY_NUMBER && cell->after.number == 0;

  return is_no || strcmp (cell->column, "circle") == 0 || g_strv_contains (usual, name);
}

static char *
say_cell (GezContext           *context,
          const GezHistoryRow  *row,
          const GezHistoryCell *cell)
{
  const char *noun = gez_history_noun (row->table, cell);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *title = NULL;

  if (noun == NULL || (row->is_birth && is_usual (row, cell)))
    return NULL;

  title = gez_capitalise (noun);
  before = gez_history_value (context, row->table, cell->column, &cell->before);
  after = gez_history_value (context, row->table, cell->column, &cell->after);
  if (before != NULL && after != NULL)
    /* Translators: what changed, what it was and what it became. */
    return g_strdup_printf (_("%1$s: from “%2$s” to “%3$s”"), title, before, after);
  if (before != NULL)
    /* Translators: what was made empty, and what it was. */
    return g_strdup_printf (_("%1$s: was “%2$s”, now empty"), title, before);

  return after != NULL ? g_strdup_printf ("%s: %s", title, after) : NULL;
}

/* Who took part in a contact, and what it was about: names without what they are. */
static char *
say_link (GezContext          *context,
          const GezHistoryRow *row)
{
  const GezHistoryCell *kind = gez_history_row_find (row, "kind");
  g_autofree char *subject = gez_history_subject (context, row);

  if (subject == NULL)
    return NULL;
  if (kind != NULL && g_strcmp0 (kind->after.text, "about") == 0)
    return g_strdup_printf (_("About: %s"), subject);

  return g_strdup_printf (_("Took part: %s"), subject);
}

static void
take_line (GPtrArray *lines,
           char      *line)
{
  if (line != NULL)
    g_ptr_array_add (lines, line);
}

static void
add_row (GezContext          *context,
         GPtrArray           *lines,
         const GezHistoryRow *row,
         gboolean             is_main)
{
  g_autofree char *subject = gez_history_subject (context, row);

  if (is_removal (row) || is_return (row))
    {
      if (!is_main && subject != NULL)
        take_line (lines, g_strdup_printf (is_removal (row) ? _("Removed: %s")
                                                            : _("Brought back: %s"), subject));
      return;
    }
  if (strcmp (row->table, "contact_link") == 0)
    {
      take_line (lines, say_link (context, row));
      return;
    }
  for (guint i = 0; i < row->cells->len; i++)
    take_line (lines, say_cell (context, row, &g_array_index (row->cells, GezHistoryCell, i)));
}

/**
 * gez_history_lines:
 * @context: where we work
 * @act: an act
 *
 * Returns: (transfer full) (element-type utf8): what was written, a line for each value, from the
 *   main row on
 */
GPtrArray *
gez_history_lines (GezContext    *context,
                   GezHistoryAct *act)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *rows = gez_history_act_get_rows (act);
  const GezHistoryRow *main_row = gez_history_main_row (act);
  guint n_left = gez_history_act_get_n_rows (act) - rows->len;

  /* Invented as a whole: a thousand values would tell nothing. */
  if (strcmp (gez_history_act_get_code (act), "demonstration") == 0)
    return lines;
  if (main_row != NULL)
    add_row (context, lines, main_row, TRUE);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != main_row)
      add_row (context, lines, g_ptr_array_index (rows, i), FALSE);
  if (n_left > 0)
    take_line (lines, g_strdup_printf (ngettext ("and %u more", "and %u more", n_left), n_left));

  return lines;
}

/**
 * gez_history_is_disputed:
 * @act: an act
 * @stands: (out): whether it is what this act wrote that the file shows
 *
 * Returns: whether somebody else wrote something else in the same place without knowing of this
 */
gboolean
gez_history_is_disputed (GezHistoryAct *act,
                         gboolean      *stands)
{
  GPtrArray *rows = gez_history_act_get_rows (act);
  gboolean is_disputed = FALSE;

  *stands = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      const GezHistoryRow *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          const GezHistoryCell *cell = &g_array_index (row->cells, GezHistoryCell, j);

          if (!cell->is_disputed)
            continue;
          is_disputed = TRUE;
          *stands &= cell->stands;
        }
    }

  return is_disputed;
}
