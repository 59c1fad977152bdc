/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-list-entry.h"

#include <string.h>

#include "base/gez-date.h"
#include "model/gez-command.h"

/* Files refer to a row of a list by its identity or by its code. Neither ever changes, so another
 * label shows at once in every file, and a row that is out of use keeps its label there. */

#define CODE_PREFIX "team_"
#define CODE_TAIL 12 /* hexadecimal digits of the identity, the last ones, which are random */

typedef struct
{
  const char *table;
  const char *list; /* list_item only */
  const char *label; /* the column with the name that people see */
  const char *query;
} Kind;

#define ITEMS "SELECT * FROM list_item WHERE list = ? AND withdrawn_at IS NULL ORDER BY position, code"

static const Kind kinds[GEZ_LIST_N] = {
  [GEZ_LIST_DOMAINS] = { "domain", NULL, "label_nl",
                         "SELECT * FROM domain WHERE withdrawn_at IS NULL ORDER BY position, code" },
  [GEZ_LIST_CONTACT_CHANNELS] = { "list_item", "contact_channel", "label_nl", ITEMS },
  [GEZ_LIST_REFERRAL_REASONS] = { "list_item", "referral_reason", "label_nl", ITEMS },
  [GEZ_LIST_BARRIERS] = { "list_item", "barrier", "label_nl", ITEMS },
  [GEZ_LIST_ENTRY_GATES] = { "list_item", "entry_gate", "label_nl", ITEMS },
  [GEZ_LIST_SCHOOLS] = { "school", NULL, "name",
                         "SELECT * FROM school WHERE withdrawn_at IS NULL "
                         "ORDER BY name COLLATE NOCASE, id" },
  [GEZ_LIST_DISTRICTS] = { "district", NULL, "name",
                           "SELECT * FROM district WHERE withdrawn_at IS NULL "
                           "ORDER BY municipality COLLATE NOCASE, name COLLATE NOCASE, id" },
  [GEZ_LIST_CRISIS_LINES] = { "list_item", "crisis_line", "label_nl", ITEMS },
};

static char *
make_code (const GezId *id)
{
  char text[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (id, text);
  return g_strconcat (CODE_PREFIX, text + strlen (text) - CODE_TAIL, NULL);
}

static void
write_input (GezChange               *change,
             GezListKind              kind,
             const GezListEntryInput *input)
{
  gez_command_write_text (change, kinds[kind].label, input->label);
  if (gez_list_kind_is_place (kind))
    {
      gez_command_write_text (change, "municipality", input->municipality);
      return;
    }
  gez_command_write_text (change, "label_en", input->label_en);
  gez_command_write_text (change, "label_fr", input->label_fr);
  if (kind != GEZ_LIST_DOMAINS)
    return;
  gez_command_write_text (change, "short_label_nl", input->short_label);
  gez_command_write_text (change, "description_nl", input->description);
  gez_change_set_integer (change, "is_sensitive", input->is_sensitive != FALSE);
}

static GezChange *
begin (const char  *act,
       GezListKind  kind,
       const GezId *id)
{
  GezChange *change = gez_change_new (act);

  gez_change_update (change, kinds[kind].table, id);
  return change;
}

/**
 * gez_list_entry_add:
 * @position: its place, from 1; lists without an order pass it over
 * @id: (out) (optional): receives the identity
 *
 * Adds a row, with a code of its own that never changes.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change; the store refuses it when the label is blank
 */
GezChange *
gez_list_entry_add (GezContext              *context,
                    GezListKind              kind,
                    const GezListEntryInput *input,
                    gint64                   position,
                    GezId                   *id)
{
  g_autofree char *code = NULL;
  GezChange *change;
  GezId made;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && kind < GEZ_LIST_N && input != NULL, NULL);

  change = gez_change_new ("add-list-entry");
  made = gez_command_insert (context, change, kinds[kind].table, gez_circle_team (), id);
  code = make_code (&made);
  gez_change_set_text (change, "code", code);
  if (kinds[kind].list)
    gez_change_set_text (change, "list", kinds[kind].list);
  if (kind == GEZ_LIST_DOMAINS)
    gez_change_set_text (change, "kind", "team");
  if (gez_list_kind_has_order (kind))
    gez_change_set_integer (change, "position", position);
  write_input (change, kind, input);
  return change;
}

/**
 * gez_list_entry_update:
 * @input: everything as it is from now on, in old files too
 *
 * Returns: (transfer full): the change; the store refuses it when the label is blank
 */
GezChange *
gez_list_entry_update (GezContext              *context,
                       GezListKind              kind,
                       const GezId             *id,
                       const GezListEntryInput *input)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && kind < GEZ_LIST_N, NULL);
  g_return_val_if_fail (!gez_id_is_none (id) && input != NULL, NULL);

  change = begin ("update-list-entry", kind, id);
  write_input (change, kind, input);
  return change;
}

/**
 * gez_list_entry_set_period:
 * @from_on: (nullable): the first day on which it can be chosen; %NULL: always could
 * @to_on: (nullable): the last day; %NULL: no end
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_list_entry_set_period (GezContext  *context,
                           GezListKind  kind,
                           const GezId *id,
                           const char  *from_on,
                           const char  *to_on)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && kind < GEZ_LIST_N && !gez_id_is_none (id), NULL);

  change = begin ("set-list-entry-period", kind, id);
  gez_command_write_text (change, "active_from_on", from_on);
  gez_command_write_text (change, "active_to_on", to_on);
  return change;
}

/**
 * gez_list_entry_set_in_use:
 * @in_use: whether it can be chosen from today on
 *
 * Takes a row out of use, or back.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_list_entry_set_in_use (GezContext  *context,
                           GezListKind  kind,
                           const GezId *id,
                           gboolean     in_use)
{
  g_autofree char *today = NULL, *yesterday = NULL;
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && kind < GEZ_LIST_N && !gez_id_is_none (id), NULL);

  today = gez_context_dup_today (context);
  yesterday = gez_date_add_days (today, -1);
  change = begin (in_use ? "use-list-entry" : "end-list-entry", kind, id);
  gez_change_set_text (change, "active_to_on", in_use ? NULL : yesterday);
  if (in_use)
    gez_change_set_text (change, "active_from_on", NULL);
  return change;
}

/**
 * gez_list_entry_reorder:
 * @kind: a list with an order
 * @entries: (element-type GezRecord): its rows, in the order in which they are wanted
 *
 * Returns: (transfer full): the change, which writes only to rows that get another place
 */
GezChange *
gez_list_entry_reorder (GezContext  *context,
                        GezListKind  kind,
                        GPtrArray   *entries)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && entries != NULL, NULL);
  g_return_val_if_fail (gez_list_kind_has_order (kind), NULL);

  change = gez_change_new ("reorder-list");
  for (guint i = 0; i < entries->len; i++)
    {
      GezRecord *entry = g_ptr_array_index (entries, i);

      if (gez_record_get_integer (entry, "position") == (gint64) i + 1)
        continue;
      gez_change_update (change, kinds[kind].table, gez_record_get_id (entry));
      gez_change_set_integer (change, "position", (gint64) i + 1);
    }
  return change;
}

const char *
gez_list_kind_get_table (GezListKind kind)
{
  g_return_val_if_fail (kind < GEZ_LIST_N, NULL);

  return kinds[kind].table;
}

/* Whether the team decides the order; the others stand by name. */
gboolean
gez_list_kind_has_order (GezListKind kind)
{
  return kind < GEZ_LIST_N && !gez_list_kind_is_place (kind);
}

/* Whether its rows are places with a name and a municipality. */
gboolean
gez_list_kind_is_place (GezListKind kind)
{
  return kind == GEZ_LIST_SCHOOLS || kind == GEZ_LIST_DISTRICTS;
}

/**
 * gez_list_entry_query:
 *
 * Returns: (transfer full): a query that gives every row (#GezRecord) of the list in its order, also
 *   those that are out of use
 */
GezQuery *
gez_list_entry_query (GezListKind kind)
{
  g_return_val_if_fail (kind < GEZ_LIST_N, NULL);

  if (kinds[kind].list)
    return gez_record_query (kinds[kind].query, GEZ_TEXT, kinds[kind].list, GEZ_END);
  return gez_record_query (kinds[kind].query, GEZ_END);
}
