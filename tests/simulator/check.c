/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <string.h>

/* What must hold after the quiet time. */

static void
row_free (SimRow *row)
{
  g_free (row->circle);
  g_string_free (row->text, TRUE);
  g_free (row);
}

static void
view_free (SimView *view)
{
  g_hash_table_unref (view->rows);
  g_hash_table_unref (view->log);
  g_hash_table_unref (view->keys);
  g_clear_pointer (&view->team, gez_team_free);
  g_free (view);
}

char *
sim_hex (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  char *text = g_malloc (2 * size + 1);

  text[0] = '\0';
  for (gsize i = 0; i < size; i++)
    g_snprintf (text + 2 * i, 3, "%02x", data[i]);
  return text;
}

static char *
hex_column (GezStatement *statement, int column)
{
  g_autoptr (GBytes) bytes = gez_statement_get_blob (statement, column);

  return sim_hex (bytes);
}

static void
append_cell (GString *text, GezStatement *statement, int column)
{
  g_string_append_c (text, '|');
  if (gez_statement_is_null (statement, column))
    g_string_append (text, "NULL");
  else if (gez_statement_is_blob (statement, column))
    {
      g_autofree char *hex = hex_column (statement, column);

      g_string_append (text, hex);
    }
  else
    g_string_append (text, gez_statement_get_text (statement, column));
}

static void
read_table (SimView *view, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (GezStatement) statement
      = gez_database_query (view->device->memory->database, NULL, sql, GEZ_END);

  g_assert_nonnull (statement);
  while (gez_statement_next (statement, NULL))
    {
      SimRow *row = g_new0 (SimRow, 1);

      row->text = g_string_new (table);
      for (int i = 1; i < gez_statement_get_n_columns (statement); i++)
        {
          const char *name = gez_statement_get_name (statement, i);

          append_cell (row->text, statement, i);
          if (g_str_equal (name, "circle"))
            row->circle = hex_column (statement, i);
        }
      g_hash_table_insert (view->rows, hex_column (statement, 1), row);
    }
}

/* The heads belong to a row as much as its cells: that is what a conflict is. */
static void
read_heads (SimView *view)
{
  g_autoptr (GezStatement) statement = NULL;

  statement = gez_database_query (view->device->memory->database, NULL,
                                  "SELECT id, column_name, device, counter FROM head "
                                  "ORDER BY id, column_name, device, counter",
                                  GEZ_END);
  g_assert_nonnull (statement);
  while (gez_statement_next (statement, NULL))
    {
      g_autofree char *id = hex_column (statement, 0);
      SimRow *row = g_hash_table_lookup (view->rows, id);

      if (row == NULL)
        continue;
      g_string_append_c (row->text, '\n');
      for (int i = 1; i < 4; i++)
        append_cell (row->text, statement, i);
    }
}

static void
read_set (SimView *view, GHashTable *set, const char *sql)
{
  g_autoptr (GezStatement) statement
      = gez_database_query (view->device->memory->database, NULL, sql, GEZ_END);

  g_assert_nonnull (statement);
  while (gez_statement_next (statement, NULL))
    g_hash_table_add (set, g_strdup (gez_statement_get_text (statement, 0)));
}

static SimView *
view_new (SimDevice *device)
{
  SimView *view = g_new0 (SimView, 1);
  GPtrArray *tables = gez_schema_get_tables (gez_database_get_schema (device->memory->database));

  view->device = device;
  view->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)row_free);
  view->log = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  view->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < tables->len; i++)
    read_table (view, ((GezTable *)g_ptr_array_index (tables, i))->name);
  read_heads (view);
  read_set (view, view->log, "SELECT " SIM_ACK_KEY " FROM change_log AS l");
  read_set (view, view->keys, "SELECT DISTINCT lower(hex(of_circle)) FROM circle_key");
  view->team = gez_team_load (device->memory->database, NULL);
  return view;
}

/* Who is in the team ------------------------------------------------------------------------------- */

static gboolean
sees_present (SimView *view, SimView *other)
{
  GezRoster *roster = gez_team_get_roster (view->team);
  const GezRosterDevice *device = gez_roster_find_device (roster, gez_team_get_device (other->team));
  const GezRosterMember *member = gez_roster_find_member (roster, gez_team_get_member (other->team));

  return device != NULL && !device->is_removed && member != NULL && member->is_active;
}

/* Nobody whom one of the others knows to be removed: who is removed may not be able to know. */
static void
find_present (SimCheck *check)
{
  for (guint i = 0; i < check->views->len; i++)
    {
      SimView *view = g_ptr_array_index (check->views, i);

      view->is_present = TRUE;
      for (guint j = 0; view->is_present && j < check->views->len; j++)
        {
          SimView *other = g_ptr_array_index (check->views, j);

          view->is_present = !sees_present (other, other) || sees_present (other, view);
        }
    }
  for (guint i = check->views->len; i > 0; i--)
    if (!((SimView *)g_ptr_array_index (check->views, i - 1))->is_present)
      g_ptr_array_remove_index (check->views, i - 1);
}

static gboolean
check_roster (SimCheck *check)
{
  GezHash first, other;

  for (guint i = 0; i < check->views->len; i++)
    {
      SimView *view = g_ptr_array_index (check->views, i);

      gez_roster_get_heads_hash (gez_team_get_roster (view->team), i ? &other : &first);
      if (i && !gez_hash_equal (&first, &other))
        return sim_fail (check->world, "devices %u and %u know different rosters",
                         ((SimView *)check->views->pdata[0])->device->number, view->device->number);
    }
  return TRUE;
}

/* Who reads what ------------------------------------------------------------------------------------ */

static char *
grant_key (const char *circle, const char *member)
{
  return g_strconcat (circle, " ", member, NULL);
}

/* What somebody gave who was removed, some may have heard and others not. */
static gboolean
is_by_removed (SimWorld *world, GezStatement *statement)
{
  GezId id = gez_statement_get_id (statement, 5);
  SimMember *member = sim_world_find_member (world, &id);

  return member != NULL && member->is_removed;
}

/* What all of them together know of grants: one is over as soon as one of them knows that. */
static void
read_grants (SimCheck *check)
{
  g_autoptr (GHashTable) over = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < check->views->len; i++)
      {
        SimView *view = g_ptr_array_index (check->views, i);
        g_autoptr (GezStatement) statement = NULL;

        statement
            = gez_database_query (view->device->memory->database, NULL,
                                  "SELECT lower(hex(id)), lower(hex(of_circle)), lower(hex(member_id)), "
                                  "revoked_at IS NOT NULL, granted_at IS NOT NULL AND until_on IS NULL, "
                                  "by_member_id FROM circle_grant",
                                  GEZ_END);
        g_assert_nonnull (statement);
        while (gez_statement_next (statement, NULL))
          if (pass == 0 && gez_statement_get_integer (statement, 3))
            g_hash_table_add (over, g_strdup (gez_statement_get_text (statement, 0)));
          else if (pass == 1 && gez_statement_get_integer (statement, 4)
                   && !is_by_removed (check->world, statement)
                   && !g_hash_table_contains (over, gez_statement_get_text (statement, 0)))
            g_hash_table_add (check->grants, grant_key (gez_statement_get_text (statement, 1),
                                                        gez_statement_get_text (statement, 2)));
      }
}

static gboolean
parse_circle (const char *hex, GezCircle *circle)
{
  guint8 bytes[GEZ_CIRCLE_SIZE_MAX];
  gsize size = strlen (hex) / 2;

  if (size > sizeof bytes)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return gez_circle_decode (bytes, size, circle);
}

/* Somebody who writes where she does not read makes a key and a grant of her own: that lets nobody in. */
static gboolean
was_let_in (SimWorld *world, const GezCircle *circle, SimMember *member)
{
  int household = sim_world_find_household (world, &circle->subject);

  return household >= 0
         && (sim_world_readers (world, (guint)household, circle->kind == GEZ_CIRCLE_CASEWORK)
             & (1u << member->number));
}

gboolean
sim_view_reads (SimCheck *check, SimView *view, const char *circle_hex)
{
  const GezId *member = gez_team_get_member (view->team);
  g_autoptr (GBytes) bytes = g_bytes_new_static (member->bytes, GEZ_ID_SIZE);
  g_autofree char *member_hex = sim_hex (bytes);
  g_autofree char *key = grant_key (circle_hex, member_hex);
  GezCircle circle;

  /* Nobody is let into a sitting place by hand: who writes there first makes a key alone. */
  if (!parse_circle (circle_hex, &circle) || circle.kind == GEZ_CIRCLE_LEADERS
      || circle.kind == GEZ_CIRCLE_SITTING)
    return FALSE;
  if (circle.kind == GEZ_CIRCLE_TEAM)
    return TRUE;
  if (circle.kind == GEZ_CIRCLE_PRIVATE)
    return gez_id_equal (&circle.subject, member);
  return g_hash_table_contains (check->grants, key)
         && was_let_in (check->world, &circle, view->device->member)
         && !gez_roster_is_locked (gez_team_get_roster (view->team), member, &circle.subject);
}

static void
find_loose (SimCheck *check)
{
  for (guint i = 0; i < check->world->acks->len; i++)
    {
      SimAck *ack = g_ptr_array_index (check->world->acks, i);
      SimDevice *device = g_ptr_array_index (check->world->devices, ack->device);

      if (device->member->is_removed || device->is_gone)
        g_hash_table_add (check->loose, g_strdup (ack->row));
    }
}

/* Such a row, or one that refers to it. */
gboolean
sim_is_loose (SimCheck *check, SimRow *row)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, check->loose);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (strstr (row->text->str, id))
      return TRUE;
  return FALSE;
}

/* The checks ---------------------------------------------------------------------------------------- */

static gboolean
check_pair (SimCheck *check, SimView *one, SimView *other)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, one->rows);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      SimRow *row = value;
      SimRow *same = g_hash_table_lookup (other->rows, id);

      if (!sim_view_reads (check, one, row->circle) || !sim_view_reads (check, other, row->circle))
        continue;
      check->world->n_compared++;
      if ((same == NULL || !g_string_equal (row->text, same->text)) && !sim_is_loose (check, row))
        return sim_fail (check->world, "device %u has\n%s\nbut device %u has\n%s", one->device->number,
                         row->text->str, other->device->number, same ? same->text->str : "nothing");
    }
  return TRUE;
}

static gboolean
check_equal (SimCheck *check)
{
  for (guint i = 0; i < check->views->len; i++)
    for (guint j = 0; j < check->views->len; j++)
      if (i != j
          && !check_pair (check, g_ptr_array_index (check->views, i), g_ptr_array_index (check->views, j)))
        return FALSE;
  return TRUE;
}

static gboolean
check_entitled (SimCheck *check)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, check->grants);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *circle = g_strndup (key, strcspn (key, " "));

      for (guint i = 0; i < check->views->len; i++)
        {
          SimView *view = g_ptr_array_index (check->views, i);

          if (sim_view_reads (check, view, circle) && !g_hash_table_contains (view->keys, circle))
            return sim_fail (check->world, "device %u was let into %s and has no key of it",
                             view->device->number, circle);
        }
    }
  return TRUE;
}

gboolean
sim_check (SimWorld *self)
{
  SimCheck check = { .world = self };
  gboolean holds;

  check.views = g_ptr_array_new_with_free_func ((GDestroyNotify)view_free);
  check.grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.loose = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  find_loose (&check);
  for (guint i = 0; i < self->devices->len; i++)
    {
      SimDevice *device = g_ptr_array_index (self->devices, i);

      if (!device->is_gone)
        g_ptr_array_add (check.views, view_new (device));
    }
  find_present (&check);
  read_grants (&check);
  holds = check_roster (&check) && sim_check_markers (&check);
  /* Two machines that went on as one device may have given one number to two writes. */
  self->is_forked |= hostile_folder_is_forked (self->folder);
  if (!self->is_forked)
    holds = holds && check_entitled (&check) && check_equal (&check) && sim_check_acks (&check)
            && sim_check_heads (&check) && sim_check_replay (&check);
  g_ptr_array_unref (check.views);
  g_hash_table_unref (check.grants);
  g_hash_table_unref (check.loose);
  return holds;
}
