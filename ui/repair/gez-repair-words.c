/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/gez-repair-words.h"

#include <glib/gi18n.h>

/* What is damaged, in the words of who works with it. Several tables are one thing to a person: a note and what it
 * is about are the journal. */

typedef struct
{
  const char *name;
  const char *tables[6];
} Part;

static const Part parts[] = {
  { N_("Households"), { "household" } },
  { N_("People and who belongs together"), { "person", "membership", "relation" } },
  { N_("Journal"), { "note", "contact", "contact_link" } },
  { N_("Questions"), { "question" } },
  { N_("Follow-ups"), { "followup" } },
  { N_("Plan"), { "goal", "step" } },
  { N_("Scores"), { "assessment" } },
  { N_("Referrals"), { "referral", "referral_event" } },
  { N_("Appointments"), { "appointment" } },
  { N_("Helpers"), { "helper" } },
  { N_("Safety facts"), { "flag" } },
  { N_("Trajectories"), { "trajectory", "trajectory_event" } },
  { N_("Documents"), { "document" } },
  { N_("Partners"), { "partner" } },
  { N_("Colleagues"), { "member" } },
  { N_("Lists of the team"), { "domain", "scale", "scale_point", "list_item", "school", "district" } },
  { N_("Drafts and saved filters"), { "draft", "saved_filter" } },
  { N_("History of changes"), { "change_log" } },
};

static const Part *
find_part (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (parts[i].tables) && parts[i].tables[j]; j++)
      if (g_str_equal (parts[i].tables[j], table))
        return &parts[i];
  return NULL;
}

/* How many households a part is known to miss rows of. The tables of a part touch the same ones, so the greatest
 * number is the safest. */
static gboolean
sum_up (const GezDamage *damage,
        const Part      *part,
        gint64          *n_households,
        gint64          *n_lost)
{
  gboolean is_damaged = FALSE;

  *n_households = *n_lost = 0;
  for (guint i = 0; damage->tables && i < damage->tables->len; i++)
    {
      const GezDamageTable *table = damage->tables->pdata[i];

      if (find_part (table->table) != part)
        continue;
      *n_lost += table->n_lost;
      if (!table->is_damaged)
        continue;
      is_damaged = TRUE;
      *n_households = MAX (*n_households, table->n_households);
    }
  return is_damaged;
}

static void
add_tables (GStrvBuilder    *lines,
            const GezDamage *damage)
{
  gboolean any = FALSE;

  for (guint i = 0; damage->tables && i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *line = NULL;
      gint64 n_households, n_lost;

      if (!sum_up (damage, &parts[i], &n_households, &n_lost))
        continue;
      any = TRUE;
      /* Translators: "Journal of 2 households" */
      line = n_households > 0
               ? g_strdup_printf (ngettext ("%s of %d household", "%s of %d households", (gulong) n_households),
                                  _(parts[i].name), (int) n_households)
               : g_strdup (_(parts[i].name));
      g_strv_builder_add (lines, line);
    }
  if (!any && damage->tables && damage->check->n_damaged > 0)
    g_strv_builder_add (lines, _("Only places that hold nothing of their own, such as the index for searching"));
}

static void
add_files (GStrvBuilder        *lines,
           const GezVaultCheck *check)
{
  if (!check->has_header && !check->has_copy)
    g_strv_builder_add (lines, _("The two small files that hold the lock of the file: without them no passphrase "
                                 "opens it"));
  if (!check->has_database)
    g_strv_builder_add (lines, _("The file with everything in it: it is gone or empty"));
  else if (check->n_damaged > 0)
    {
      g_autofree char *line =
        g_strdup_printf (ngettext ("%ld of %ld page cannot be read", "%ld of %ld pages cannot be read",
                                   (gulong) check->n_pages),
                         (glong) check->n_damaged, (glong) check->n_pages);

      g_strv_builder_add (lines, line);
    }
  if (check->is_epoch_damaged || check->n_lost_frames > 0)
    g_strv_builder_add (lines, _("The last things that were saved before the program ended"));
}

static void
add_problems (GStrvBuilder    *lines,
              const GezDamage *damage)
{
  g_autofree char *line = g_strdup_printf (ngettext ("%u thing does not fit together",
                                                     "%u things do not fit together", damage->problems->len),
                                           damage->problems->len);

  if (damage->problems->len > 0)
    g_strv_builder_add (lines, line);
}

/**
 * gez_repair_list_damage:
 *
 * Returns: (transfer full): what is known to be damaged, one line for each thing
 */
GStrv
gez_repair_list_damage (const GezDamage *damage)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  add_files (lines, damage->check);
  add_tables (lines, damage);
  add_problems (lines, damage);
  return g_strv_builder_end (lines);
}

/**
 * gez_repair_tell_kept:
 *
 * Returns: (transfer full): what is still there, as a sentence
 */
char *
gez_repair_tell_kept (const GezDamage *damage)
{
  if (damage->tables)
    return g_strdup (_("Everything else can still be read. The file was left as it is; nothing was written to it."));
  return g_strdup (_("The file was left as it is; nothing was written to it."));
}

/**
 * gez_repair_list_saved:
 *
 * Returns: (transfer full): what became of a rescue, one line for each thing
 */
GStrv
gez_repair_list_saved (const GezDamage *saved)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char *read = g_strdup_printf (ngettext ("%ld row could be read", "%ld rows could be read",
                                                     (gulong) saved->n_rows), (glong) saved->n_rows);
  g_autofree char *rebuilt = NULL;

  g_strv_builder_add (lines, read);
  if (saved->n_rebuilt > 0)
    {
      rebuilt = g_strdup_printf (ngettext ("%ld row was made again from the history of changes",
                                           "%ld rows were made again from the history of changes",
                                           (gulong) saved->n_rebuilt), (glong) saved->n_rebuilt);
      g_strv_builder_add (lines, rebuilt);
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *line = NULL;
      gint64 n_households, n_lost;

      sum_up (saved, &parts[i], &n_households, &n_lost);
      if (n_lost == 0)
        continue;
      line = g_strdup_printf (ngettext ("Lost: %ld row of “%s”", "Lost: %ld rows of “%s”", (gulong) n_lost),
                              (glong) n_lost, _(parts[i].name));
      g_strv_builder_add (lines, line);
    }
  if (saved->n_lost == 0 && saved->n_stand_ins == 0)
    g_strv_builder_add (lines, _("As far as can be told, nothing is missing"));
  add_problems (lines, saved);
  if (saved->n_stand_ins > 0)
    g_strv_builder_add (lines, _("Where a name was lost there is a question mark now: look for “?” and fill it in"));
  return g_strv_builder_end (lines);
}

/**
 * gez_repair_details:
 * @damage: (nullable): what is known
 * @directory: of the store
 *
 * Returns: (transfer full): for who helps; without names of people
 */
char *
gez_repair_details (const GezDamage *damage,
                    const GError    *error,
                    const char      *directory)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("Folder: %s"), directory);
  if (error)
    g_string_append_printf (text, "\n%s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
  if (damage == NULL)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, "\nheader %s, header.copy %s, pages %" G_GINT64_FORMAT ", damaged %" G_GINT64_FORMAT,
                          damage->check->has_header ? "ok" : "-", damage->check->has_copy ? "ok" : "-",
                          damage->check->n_pages, damage->check->n_damaged);
  for (guint i = 0; i < MIN (damage->check->damaged->len, 40); i++)
    {
      GezPageRange *range = &g_array_index (damage->check->damaged, GezPageRange, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i == 0 ? ": " : ", ", range->first);
      if (range->last > range->first)
        g_string_append_printf (text, "-%" G_GINT64_FORMAT, range->last);
    }
  g_string_append_printf (text, "\nlog %" G_GINT64_FORMAT " frames, lost %" G_GINT64_FORMAT "%s",
                          damage->check->n_frames, damage->check->n_lost_frames,
                          damage->check->is_epoch_damaged ? ", epoch -" : "");
  for (guint i = 0; damage->tables && i < damage->tables->len; i++)
    {
      GezDamageTable *table = damage->tables->pdata[i];

      if (table->is_damaged)
        g_string_append_printf (text, "\n%s: %" G_GINT64_FORMAT " rows, damaged", table->table, table->n_rows);
    }
  for (guint i = 0; i < damage->problems->len; i++)
    g_string_append_printf (text, "\n%s", (char *) damage->problems->pdata[i]);
  return g_string_free (text, FALSE);
}
