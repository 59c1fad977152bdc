/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "store-side.h"

#include "store/gez-database-private.h"
#include "store/gez-search-index.h"
#include "sync/gez-merge-private.h"
#include "sync/gez-snapshot.h"

/* What it costs a store to take in what colleagues wrote: 2,000 households of 100 rows. The measure is a plain file
 * into which the same rows are inserted, with the same indexes and the same search, and nothing else. Prints as
 * bench-storage does. */

#define HOUSEHOLDS 2000
#define HOUSEHOLDS_PER_SEGMENT 10

typedef struct
{
  const char *table;
  guint count;
  const char *columns; /* name:kind …: h household, p the last row of the table in question, i number, d day, t word, w words */
} Kind;

static const Kind kinds[] = {
  { "household", 1, "name:t address:t needs_interpreter:i" },
  { "person", 4, "household_id:h first_name:t last_name:t born_on:d phones:t" },
  { "membership", 4, "household_id:h person_id:person role:t" },
  { "trajectory", 1, "household_id:h intensity_percent:i" },
  { "trajectory_event", 2, "trajectory_id:trajectory happened_on:d state:t" },
  { "contact", 20, "household_id:h happened_at:i minutes:i channel:t is_attempt:i" },
  { "note", 20, "household_id:h contact_id:contact written_at:i origin:t is_minor_in_confidence:i content:w" },
  { "contact_link", 20, "contact_id:contact kind:t person_id:person" },
  { "followup", 10, "household_id:h what:t due_on:d kind:t is_suggested:i" },
  { "goal", 3, "household_id:h words:w state:t" },
  { "step", 6, "goal_id:goal what:t due_on:d" },
  { "referral", 4, "household_id:h direction:t partner_name:t is_warm:i has_consent:i question:t" },
  { "appointment", 5, "household_id:h title:t held_on:d zone:t state:t" },
};

typedef struct
{
  GezTeam *team;
  GPtrArray *writes;  /* GezWrite */
  GArray *circles;    /* GezCircle: of each household, then the team's */
  GezId device;
  WorkloadRandom random;
} Caseload;

static guint64 next_counter;

static GezId
new_id (GezClock *clock)
{
  gez_clock_set_now (clock, gez_clock_get_now (clock) + 1);
  return gez_id_new (clock);
}

static GVariant *
id_value (GezId id)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, id.bytes, GEZ_ID_SIZE, 1);
}

static GVariant *
value_of (Caseload   *self,
          const char *kind,
          GezId       household,
          GHashTable *last)
{
  char words[400];

  switch (kind[1] == '\0' ? *kind : 0)
    {
    case 'h':
      return id_value (household);
    case 'i':
      return g_variant_new_int64 ((gint64) next_counter % 100);
    case 'd':
      return g_variant_new_string ("2026-03-12");
    case 't':
      workload_write_words (&self->random, 1, words, sizeof words);
      return g_variant_new_string (words);
    case 'w':
      workload_write_words (&self->random, 25, words, sizeof words);
      return g_variant_new_string (words);
    default:
      return id_value (*(GezId *) g_hash_table_lookup (last, kind));
    }
}

static void
add_cell (GVariantBuilder *cells,
          const char      *column,
          GVariant        *value)
{
  g_variant_builder_add (cells, "(sva(ayt))", column, value, NULL);
}

static void
add_row (Caseload   *self,
         GezClock   *clock,
         const Kind *kind,
         GezId      *household,
         GHashTable *last)
{
  g_auto (GStrv) columns = g_strsplit (kind->columns, " ", -1);
  g_auto (GVariantBuilder) cells = { 0 };
  GezWrite *write = g_new0 (GezWrite, 1);
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];
  gsize size;

  write->id = new_id (clock);
  if (g_str_equal (kind->table, "household"))
    *household = write->id;
  size = gez_circle_encode (gez_circle_open (household), circle);
  g_variant_builder_init (&cells, G_VARIANT_TYPE (GEZ_LOG_CELLS_TYPE));
  add_cell (&cells, "circle", g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, circle, size, 1));
  for (guint i = 0; columns[i]; i++)
    {
      char *colon = strchr (columns[i], ':');

      *colon = '\0';
      add_cell (&cells, columns[i], value_of (self, colon + 1, *household, last));
    }
  write->version = (GezVersion) { self->device, ++next_counter };
  write->command = next_counter;
  write->act = g_strdup ("work");
  write->table = g_strdup (kind->table);
  write->is_birth = TRUE;
  write->wall_at = gez_clock_get_now (clock);
  write->cells = gez_log_cells_to_bytes (&cells);
  g_hash_table_replace (last, (gpointer) kind->table, gez_id_copy (&write->id));
  g_ptr_array_add (self->writes, write);
}

static void
add_household (Caseload *self,
               GezClock *clock)
{
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GezId household = GEZ_ID_NONE;
  GezCircle circle;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; i < kinds[k].count; i++)
      add_row (self, clock, &kinds[k], &household, last);
  circle = gez_circle_open (&household);
  g_array_append_val (self->circles, circle);
}

/* A plain file --------------------------------------------------------------------------------- */

typedef struct
{
  const GezTable *table;
  GVariant **values;
} PlainRow;

static PlainRow *
decode (StoreSide *side,
        Caseload  *load)
{
  PlainRow *rows = g_new0 (PlainRow, load->writes->len);

  for (guint i = 0; i < load->writes->len; i++)
    {
      GezWrite *write = g_ptr_array_index (load->writes, i);
      g_autoptr (GVariant) cells = gez_log_cells_from_bytes (write->cells);
      const GezTable *table = gez_schema_find (gez_database_get_schema (side->database), write->table);

      rows[i].table = table;
      rows[i].values = g_new0 (GVariant *, table->n_columns);
      for (guint c = 1; c < table->n_columns; c++)
        {
          rows[i].values[c] = gez_log_find_cell (cells, table->columns[c].name);
          if (rows[i].values[c] == NULL)
            rows[i].values[c] = gez_column_absent (&table->columns[c]);
        }
    }
  return rows;
}

static void
bind (GezStatement *statement,
      int           place,
      GVariant     *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    gez_statement_bind_integer (statement, place, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    gez_statement_bind_text (statement, place, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    gez_statement_bind_bytes (statement, place, g_variant_get_data (value), g_variant_get_size (value));
  else
    gez_statement_bind_null (statement, place);
}

static void
insert_plain_row (StoreSide *side,
                  PlainRow  *row,
                  GezWrite  *write)
{
  g_autoptr (GString) sql = g_string_new (NULL), places = g_string_new (NULL);
  g_autoptr (GezStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  int place = 2;

  g_string_printf (sql, "INSERT INTO \"%s\" (id", row->table->name);
  for (guint i = 1; i < row->table->n_columns; i++)
    if (i != row->table->id_column)
      {
        g_string_append_printf (sql, ", \"%s\"", row->table->columns[i].name);
        g_string_append (places, ", ?");
      }
  g_string_append_printf (sql, ") VALUES (?%s)", places->str);
  statement = gez_database_prepare (side->database, sql->str, &error);
  store_side_expect (statement != NULL, error);
  gez_statement_bind_bytes (statement, 1, write->id.bytes, GEZ_ID_SIZE);
  for (guint i = 1; i < row->table->n_columns; i++)
    if (i != row->table->id_column)
      bind (statement, place++, row->values[i]);
  store_side_expect (gez_statement_run (statement, &error), error);
  store_side_expect (gez_search_index_add (side->database, row->table, &write->id, &error), error);
}

static WorkloadTime
insert_plain (StoreSide *side,
              Caseload  *load)
{
  PlainRow *rows = decode (side, load);
  guint per_batch = load->writes->len / HOUSEHOLDS * HOUSEHOLDS_PER_SEGMENT;
  g_autoptr (GError) error = NULL;
  WorkloadTime start = workload_now ();

  for (guint i = 0; i < load->writes->len; i++)
    {
      if (i % per_batch == 0)
        store_side_expect (gez_database_begin (side->database, &error), error);
      insert_plain_row (side, &rows[i], g_ptr_array_index (load->writes, i));
      if ((i + 1) % per_batch == 0)
        store_side_expect (gez_database_commit (side->database, &error), error);
    }
  return workload_since (start);
}

/* The merge alone ------------------------------------------------------------------------------- */

static WorkloadTime
apply (StoreSide *side,
       Caseload  *load)
{
  guint per_household = load->writes->len / HOUSEHOLDS;
  g_autoptr (GError) error = NULL;
  WorkloadTime start = workload_now ();

  for (guint h = 0; h < HOUSEHOLDS; h++)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new ();

      for (guint i = 0; i < per_household; i++)
        g_ptr_array_add (batch, load->writes->pdata[h * per_household + i]);
      if (h % HOUSEHOLDS_PER_SEGMENT == 0)
        store_side_expect (gez_database_begin (side->database, &error), error);
      store_side_expect (gez_merge_apply_received (side->database, &g_array_index (load->circles, GezCircle, h),
                                                   &load->device, batch, NULL, NULL, &error), error);
      if ((h + 1) % HOUSEHOLDS_PER_SEGMENT == 0)
        store_side_expect (gez_database_commit (side->database, &error), error);
    }
  return workload_since (start);
}

/* The whole way from files ---------------------------------------------------------------------- */

static GezSecret *
copy_team_key (GezTeam *team)
{
  GezCircle circle = gez_circle_team ();
  GezKeyring *keyring = gez_team_get_keyring (team);
  g_autoptr (GArray) places = gez_keyring_find (keyring, &circle);
  GezSecret *key = gez_secret_new (NULL);

  store_side_expect (gez_keyring_copy_key (keyring, g_array_index (places, guint, 0), key), NULL);
  return key;
}

static const guint8 *
device_key (GezTeam *team)
{
  return gez_roster_find_device (gez_team_get_roster (team), gez_team_get_device (team))->public_key;
}

static GPtrArray *
make_snapshot (StoreSide *side,
               Caseload  *load)
{
  g_autoptr (GezSnapshotWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *parts;
  gboolean is_over = FALSE;

  store_side_expect (gez_database_begin (side->database, &error), error);
  writer = gez_snapshot_writer_new (side->database, load->team, load->circles, &error);
  store_side_expect (writer != NULL, error);
  while (!is_over)
    store_side_expect (gez_snapshot_writer_step (writer, side->database, load->team, &is_over, &error), error);
  parts = gez_snapshot_writer_finish (writer, side->database, load->team, &error);
  store_side_expect (parts != NULL, error);
  store_side_expect (gez_database_commit (side->database, &error), error);
  return parts;
}

static WorkloadTime
join_from_snapshot (StoreSide *side,
                    Caseload  *load,
                    GPtrArray *parts)
{
  g_autoptr (GezSecret) key = copy_team_key (load->team);
  g_autoptr (GezSnapshotReader) reader = gez_snapshot_reader_new ();
  g_autoptr (GError) error = NULL;
  guint n_applied = 0, n_covered;
  WorkloadTime start = workload_now ();

  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (GezSegment) part =
        gez_segment_open (((GezSnapshotPart *) parts->pdata[i])->bytes, key, device_key (load->team), &error);

      store_side_expect (part != NULL, error);
      store_side_expect (gez_database_begin (side->database, &error), error);
      store_side_expect (gez_snapshot_read_part (reader, side->database, load->team, part, NULL, &n_applied, &error),
                         error);
      store_side_expect (gez_database_commit (side->database, &error), error);
    }
  store_side_expect (gez_database_begin (side->database, &error), error);
  store_side_expect (gez_snapshot_reader_finish (reader, side->database, &n_covered, &error), error);
  store_side_expect (gez_database_commit (side->database, &error), error);
  store_side_expect (n_covered >= HOUSEHOLDS && n_applied == load->writes->len, NULL);
  return workload_since (start);
}

static GPtrArray *
make_segments (Caseload *load)
{
  GPtrArray *segments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GezSecret) team_key = copy_team_key (load->team);
  guint per_household = load->writes->len / HOUSEHOLDS;
  GezKeyring *keyring = gez_team_get_keyring (load->team);
  g_autoptr (GError) error = NULL;
  GezHash heads = { 0 }, hash;

  for (guint h = 0; h < HOUSEHOLDS;)
    {
      GezSegmentHead head = { .team = *gez_team_get_id (load->team), .device = *gez_team_get_device (load->team),
                              .sequence = segments->len + 1, .key_number = 1 };
      g_autoptr (GezSegmentWriter) writer = gez_segment_writer_new (&head);
      GBytes *file;

      for (guint i = 0; i < HOUSEHOLDS_PER_SEGMENT; i++, h++)
        {
          g_autoptr (GPtrArray) batch = g_ptr_array_new ();
          g_autoptr (GArray) places = gez_keyring_find (keyring, &g_array_index (load->circles, GezCircle, h));
          g_autoptr (GezSecret) key = gez_secret_new (NULL);
          g_autoptr (GVariant) value = NULL;

          for (guint w = 0; w < per_household; w++)
            g_ptr_array_add (batch, load->writes->pdata[h * per_household + w]);
          value = g_variant_ref_sink (gez_writes_to_variant (batch));
          gez_keyring_copy_key (keyring, g_array_index (places, guint, 0), key);
          store_side_expect (gez_segment_writer_add (writer, key, "writes", value, &error), error);
        }
      file = gez_segment_writer_finish (writer, STORE_SIDE_NOW, &heads, team_key,
                                        gez_team_get_device_secret (load->team), &hash, &error);
      store_side_expect (file != NULL, error);
      g_ptr_array_add (segments, file);
    }
  return segments;
}

static void
apply_segment (StoreSide  *side,
               Caseload   *load,
               GezSegment *segment)
{
  GezKeyring *keyring = gez_team_get_keyring (load->team);
  g_autoptr (GError) error = NULL;

  gez_keyring_set_nonce (keyring, segment->nonce);
  for (guint i = 0; i < segment->records->len; i++)
    {
      GezSegmentRecord *record = g_ptr_array_index (segment->records, i);
      int place = gez_keyring_find_hint (keyring, gez_segment_get_hint (record));
      g_autoptr (GezSecret) key = gez_secret_new (NULL);
      g_autoptr (GPtrArray) writes = NULL;
      g_autoptr (GVariant) value = NULL;
      g_autofree char *name = NULL;

      store_side_expect (place >= 0 && gez_keyring_copy_key (keyring, (guint) place, key), NULL);
      value = gez_segment_open_record (segment, record, key, &name, &error);
      store_side_expect (value != NULL, error);
      writes = gez_writes_from_variant (value);
      store_side_expect (gez_merge_apply_received (side->database, &gez_keyring_get (keyring, (guint) place)->circle,
                                                   &load->device, writes, NULL, NULL, &error), error);
    }
}

static WorkloadTime
join_from_log (StoreSide *side,
               Caseload  *load,
               GPtrArray *segments)
{
  g_autoptr (GezSecret) key = copy_team_key (load->team);
  g_autoptr (GError) error = NULL;
  WorkloadTime start = workload_now ();

  for (guint i = 0; i < segments->len; i++)
    {
      g_autoptr (GezSegment) segment = gez_segment_open (segments->pdata[i], key, device_key (load->team), &error);

      store_side_expect (segment != NULL, error);
      store_side_expect (gez_database_begin (side->database, &error), error);
      apply_segment (side, load, segment);
      store_side_expect (gez_database_commit (side->database, &error), error);
    }
  return workload_since (start);
}

/* ----------------------------------------------------------------------------------------------- */

/* Somebody who founded a team and has a key of each household. */
static void
found (StoreSide *side,
       Caseload  *load)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GezStatement) row = NULL;
  GezId member = new_id (side->clock);
  guint8 circle[GEZ_CIRCLE_SIZE_MAX];
  g_autoptr (GBytes) team = g_bytes_new (circle, gez_circle_encode (gez_circle_team (), circle));

  store_side_expect (gez_database_begin (side->database, &error), error);
  store_side_expect (gez_database_execute (side->database, &error, "INSERT INTO member (id, circle, name, role) "
                                           "VALUES (?, ?, 'Els Verzonnen', 'teamleider')", GEZ_ID, &member, GEZ_BLOB,
                                           team, GEZ_END), error);
  store_side_expect (gez_database_execute (side->database, &error, "UPDATE device SET member_id = ?", GEZ_ID, &member,
                                           GEZ_END), error);
  store_side_expect (gez_team_found (side->database, NULL, NULL, &error), error);
  load->team = gez_team_load (side->database, &error);
  store_side_expect (load->team != NULL, error);
  load->device = new_id (side->clock);
  for (guint h = 0; h < HOUSEHOLDS; h++)
    add_household (load, side->clock);
  for (guint h = 0; h < HOUSEHOLDS; h++)
    store_side_expect (gez_team_prepare_circle (load->team, &g_array_index (load->circles, GezCircle, h), &error) >= 0,
                       error);
  store_side_expect (gez_database_commit (side->database, &error), error);
}

int
main (int    argc,
      char **argv)
{
  int runs = argc > 1 ? atoi (argv[1]) : 1;
  const char *parent = argc > 2 ? argv[2] : g_get_tmp_dir ();

  for (int run = 0; run < runs; run++)
    {
      StoreSide *office = store_side_new ("encrypted", parent, TRUE), *plain, *log, *late;
      Caseload load = { .random = { 88172645463325252ULL } };
      GPtrArray *parts, *segments;
      WorkloadTime time;

      load.writes = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_write_free);
      load.circles = g_array_new (FALSE, FALSE, sizeof (GezCircle));
      found (office, &load);
      workload_report ("join-apply", "encrypted", run, apply (office, &load));
      plain = store_side_new ("plain", parent, FALSE);
      time = insert_plain (plain, &load);
      workload_report ("join-apply", "plain", run, time);
      workload_report ("join-snapshot", "plain", run, time);
      workload_report ("join-log", "plain", run, time);
      store_side_free (plain);
      parts = make_snapshot (office, &load);
      segments = make_segments (&load);
      late = store_side_new ("encrypted", parent, TRUE);
      workload_report ("join-snapshot", "encrypted", run, join_from_snapshot (late, &load, parts));
      store_side_free (late);
      log = store_side_new ("encrypted", parent, TRUE);
      workload_report ("join-log", "encrypted", run, join_from_log (log, &load, segments));
      store_side_free (log);
      g_ptr_array_unref (parts);
      g_ptr_array_unref (segments);
      gez_team_free (load.team);
      g_ptr_array_unref (load.writes);
      g_array_unref (load.circles);
      store_side_free (office);
    }
  return 0;
}
