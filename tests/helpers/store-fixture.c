/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "remove-tree.h"
#include "store/gez-record.h"
#include "store/gez-store-private.h"
#include "vault/gez-vault-private.h"

StoreFixture *
store_fixture_new (gint64 now)
{
  return store_fixture_new_as (now, 1, NULL);
}

StoreFixture *
store_fixture_new_as (gint64       now,
                      guint32      seed,
                      const GezId *member)
{
  StoreFixture *self = g_new0 (StoreFixture, 1);
  GezStoreOwner owner = { "Testteam", "Testa Verzonnen", "casemanager", member };
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  char *parent = g_dir_make_tmp ("gezinsplan-test-XXXXXX", &error);

  g_assert_no_error (error);
  self->directory = parent;
  self->clock = gez_clock_new_fixed (now, seed);
  vault = gez_vault_create (self->directory, STORE_FIXTURE_PASSPHRASE, GEZ_KDF_COST_TEST, &error);
  g_assert_no_error (error);
  self->store = gez_store_create (vault, self->clock, &owner, &error);
  g_assert_no_error (error);
  return self;
}

void
store_fixture_close (StoreFixture *self)
{
  g_autoptr (GezVault) vault = self->store->vault ? g_object_ref (self->store->vault) : NULL;
  g_autoptr (GError) error = NULL;

  gez_store_close (self->store, &error);
  g_assert_no_error (error);
  /* SQLite did nothing meanwhile that the file system of a vault refuses. */
  if (vault)
    g_assert_cmpuint (gez_vault_get_n_refusals (vault), ==, 0);
  g_clear_object (&self->store);
}

void
store_fixture_open (StoreFixture *self)
{
  g_autoptr (GezVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  vault = gez_vault_unlock (self->directory, STORE_FIXTURE_PASSPHRASE, &error);
  g_assert_no_error (error);
  self->store = gez_store_open (vault, self->clock, &error);
  g_assert_no_error (error);
}

void
store_fixture_free (StoreFixture *self)
{
  if (self->store)
    store_fixture_close (self);
  remove_tree (self->directory);
  g_free (self->directory);
  g_object_unref (self->clock);
  g_free (self);
}

GPtrArray *
store_fixture_select (StoreFixture *self,
                      const char   *sql)
{
  g_autoptr (GezQuery) query = gez_record_query (sql, GEZ_END);
  g_autoptr (GError) error = NULL;
  GPtrArray *records = gez_store_run (self->store, query, &error);

  g_assert_no_error (error);
  return records;
}

/* @sql names its one column "count". */
gint64
store_fixture_count (StoreFixture *self,
                     const char   *sql)
{
  g_autoptr (GPtrArray) records = store_fixture_select (self, sql);

  g_assert_cmpint (records->len, ==, 1);
  return gez_record_get_integer (g_ptr_array_index (records, 0), "count");
}
