/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/gez-reader-words.h"

#include <glib/gi18n.h>

#include "common/gez-format.h"
#include "common/gez-words.h"

const char *const gez_reader_tables[] = {
  "team", "team_member", "team_device", "team_lock", "circle_grant", "circle_key", "key_given",
  "rotation_due", NULL,
};

static guint
count_others (GezReadersView *view,
              GezFileReader **other)
{
  guint n = 0;

  for (guint i = 0; i < view->readers->len; i++)
    {
      GezFileReader *reader = g_ptr_array_index (view->readers, i);

      if (reader->is_self)
        continue;
      if (n == 0)
        *other = reader;
      n++;
    }
  return n;
}

/**
 * gez_reader_words_short:
 * @view: who reads a file
 *
 * Returns: (transfer full): a few words: "only you", "you and An", "you and 3 colleagues"
 */
char *
gez_reader_words_short (GezReadersView *view)
{
  GezFileReader *other = NULL;
  guint n = count_others (view, &other);

  if (n == 0)
    return g_strdup (_("only you"));
  if (n == 1)
    /* Translators: %s is the name of a colleague. */
    return g_strdup_printf (_("you and %s"), other->name);
  return g_strdup_printf (ngettext ("you and %u colleague", "you and %u colleagues", n), n);
}

/**
 * gez_reader_words_names:
 * @view: who reads a file
 * @kind: %GEZ_CIRCLE_OPEN or %GEZ_CIRCLE_CASEWORK
 *
 * Returns: (transfer full) (nullable): the names of those who read this part; %NULL: nobody else can
 */
char *
gez_reader_words_names (GezReadersView *view,
                        GezCircleKind   kind)
{
  GString *names = g_string_new (NULL);
  guint n_others = 0;

  for (guint i = 0; i < view->readers->len; i++)
    {
      const GezFileReader *reader = g_ptr_array_index (view->readers, i);

      if (!(kind == GEZ_CIRCLE_OPEN ? reader->reads_open : reader->reads_casework))
        continue;
      n_others += !reader->is_self;
      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, reader->is_self ? _("you") : reader->name);
    }
  return g_string_free (names, n_others == 0);
}

/**
 * gez_reader_words_name:
 * @reader: somebody of the team
 *
 * Returns: (transfer full): her name, and whether that is the one who works here
 */
char *
gez_reader_words_name (const GezFileReader *reader)
{
  return reader->is_self ? g_strdup_printf (_("%s (you)"), reader->name) : g_strdup (reader->name);
}

/**
 * gez_reader_words_part:
 * @kind: %GEZ_CIRCLE_OPEN or %GEZ_CIRCLE_CASEWORK
 *
 * Returns: (transfer none): what somebody of this circle reads
 */
const char *
gez_reader_words_part (GezCircleKind kind)
{
  return kind == GEZ_CIRCLE_CASEWORK ? _("the whole file") : _("the family circle");
}

static void
append (GString    *line,
        const char *part)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/**
 * gez_reader_words_access:
 * @reader: somebody of the team
 *
 * Returns: (transfer full): her role, which part she reads, until when, and from whom she has that
 */
char *
gez_reader_words_access (const GezFileReader *reader)
{
  g_autofree char *until_on = gez_format_date (reader->until);
  g_autofree char *until = g_strdup_printf (_("until %s"), until_on);
  /* Translators: %s is the name of a colleague. */
  g_autofree char *by = g_strdup_printf (_("access from %s"), reader->by_name);
  GString *line = g_string_new (gez_words_get (GEZ_WORDS_MEMBER_ROLE, reader->role));

  if (reader->reads_casework)
    append (line, gez_reader_words_part (GEZ_CIRCLE_CASEWORK));
  else if (reader->reads_open)
    append (line, gez_reader_words_part (GEZ_CIRCLE_OPEN));
  if (reader->until != NULL)
    append (line, until);
  if (reader->by_name != NULL && !reader->is_self)
    append (line, by);
  return g_string_free (line, FALSE);
}
