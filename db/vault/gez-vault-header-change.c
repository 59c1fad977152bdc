/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-vault-header-change.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "vault/gez-vault-file.h"
#include "vault/gez-vault-header-private.h"
#include "vault/gez-vault-slot.h"

/*
 * How what opens a store changes.
 *
 * 1. The header decides. Whatever the copy says, a sound header that does not open is the answer; so
 *    one rename, that of the header, is the moment of the change.
 * 2. The copy is replaced before the header. From that moment on nothing in the store opens with what
 *    was taken away; and before it, the next unlock makes the copy equal to the header again.
 * 3. A change that fails is taken back. When even that fails and the new header stands there, the change
 *    counts as made, because the store opens in the new way.
 */

static gboolean
stands (const char *directory,
        const char *name,
        GBytes     *content)
{
  g_autoptr (GBytes) now = gez_vault_file_read (directory, name, GEZ_HEADER_LONGEST, NULL);

  return now != NULL && g_bytes_equal (now, content);
}

static gboolean
remove_file (const char *directory,
             const char *name,
             GError    **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  gez_vault_file_set_error (error, errno, "remove", path);
  return FALSE;
}

/* Whether @content stands there again, durable or not. */
static gboolean
put_back (const char *directory,
          const char *name,
          GBytes     *content)
{
  g_autoptr (GError) error = NULL;

  if (gez_vault_file_replace (directory, name, content, &error))
    return TRUE;
  g_info ("%s", error->message);
  return stands (directory, name, content);
}

static void
put_back_copy (const char *directory,
               GBytes     *content)
{
  g_autoptr (GError) error = NULL;

  /* Without a copy the store opens, and gets one at the next unlock. */
  if (!put_back (directory, GEZ_HEADER_COPY_NAME, content) &&
      !remove_file (directory, GEZ_HEADER_COPY_NAME, &error))
    g_info ("%s", error->message);
}

static gboolean
replace_both (const char *directory,
              GBytes     *old,
              GBytes     *content,
              GError    **error)
{
  g_autoptr (GError) failure = NULL;

  if (!gez_vault_file_replace (directory, GEZ_HEADER_COPY_NAME, content, error))
    {
      put_back_copy (directory, old);
      return FALSE;
    }
  if (gez_vault_file_replace (directory, GEZ_HEADER_NAME, content, &failure))
    return TRUE;
  if (stands (directory, GEZ_HEADER_NAME, content) && !put_back (directory, GEZ_HEADER_NAME, old))
    {
      g_warning ("The header was replaced, but perhaps not durably: %s", failure->message);
      return TRUE;
    }
  put_back_copy (directory, old);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
adopt (GezVaultHeader *self,
       GezVaultHeader *changed,
       GBytes         *content)
{
  GArray *slots = self->slots;

  self->slots = changed->slots;
  changed->slots = slots;
  self->flags = changed->flags;
  g_clear_pointer (&self->parsed, g_bytes_unref);
  self->parsed = g_bytes_ref (content);
}

/**
 * gez_vault_header_clone:
 *
 * Returns: (transfer full): the same identity, flags and slots, to be changed
 *
 * Thread: any; a header belongs to one thread at a time, here and below.
 */
GezVaultHeader *
gez_vault_header_clone (GezVaultHeader *self)
{
  GezVaultHeader *clone = gez_vault_header_new ();

  clone->database_id = self->database_id;
  clone->flags = self->flags;
  for (guint i = 0; i < self->slots->len; i++)
    {
      GezVaultSlot *slot = &g_array_index (self->slots, GezVaultSlot, i);

      gez_vault_header_add_slot (clone, slot->kind, slot->payload);
    }
  return clone;
}

/**
 * gez_vault_header_find_slot:
 * @kind: what opens it
 *
 * Returns: (transfer none) (nullable): the payload of the first slot of this kind
 */
GBytes *
gez_vault_header_find_slot (GezVaultHeader *self,
                            guint16         kind)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      GezVaultSlot *slot = &g_array_index (self->slots, GezVaultSlot, i);

      if (slot->kind == kind)
        return slot->payload;
    }
  return NULL;
}

/**
 * gez_vault_header_remove_slots:
 * @kind: what opened them
 *
 * Takes every slot of this kind out.
 */
void
gez_vault_header_remove_slots (GezVaultHeader *self,
                               guint16         kind)
{
  for (guint i = self->slots->len; i > 0; i--)
    if (g_array_index (self->slots, GezVaultSlot, i - 1).kind == kind)
      g_array_remove_index (self->slots, i - 1);
}

/**
 * gez_vault_header_get_cost:
 *
 * Returns: what a guess costs at the first slot of a passphrase; the default without one
 */
GezKdfCost
gez_vault_header_get_cost (GezVaultHeader *self)
{
  GBytes *payload = gez_vault_header_find_slot (self, GEZ_SLOT_PASSPHRASE);

  return payload ? gez_slot_get_cost (payload) : GEZ_KDF_COST_DEFAULT;
}

/**
 * gez_vault_header_change:
 * @self: the header that stands in @directory
 * @changed: a clone of it, with other slots
 * @data_key: of both
 *
 * Replaces the copy and then the header, so that an interruption at any moment leaves a store that opens
 * either as before or as @changed says, and never both ways. @self is as @changed afterwards.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE, _NO_MEMORY or _IO; then the store opens as before
 */
gboolean
gez_vault_header_change (GezVaultHeader *self,
                         GezVaultHeader *changed,
                         const char     *directory,
                         GezSecret      *data_key,
                         GError        **error)
{
  g_autoptr (GBytes) old = NULL, content = NULL;

  old = self->parsed ? g_bytes_ref (self->parsed) : gez_vault_header_serialize (self, data_key, error);
  content = old ? gez_vault_header_serialize (changed, data_key, error) : NULL;
  if (content == NULL || !replace_both (directory, old, content, error))
    return FALSE;
  adopt (self, changed, content);
  return TRUE;
}

/**
 * gez_vault_header_begin:
 * @self: of a new database, which is complete
 *
 * Puts @self over the header of the old one, durably. gez_vault_header_settle() follows.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_NO_SPACE, _NO_MEMORY or _IO; either of the two may stand there then
 */
gboolean
gez_vault_header_begin (GezVaultHeader *self,
                        const char     *directory,
                        GezSecret      *data_key,
                        GError        **error)
{
  g_autoptr (GBytes) content = gez_vault_header_serialize (self, data_key, error);

  if (content == NULL || !gez_vault_file_replace (directory, GEZ_HEADER_NAME, content, error))
    return FALSE;
  g_clear_pointer (&self->parsed, g_bytes_unref);
  self->parsed = g_steal_pointer (&content);
  return TRUE;
}

static gboolean
settle_one (GezVaultHeader *self,
            const char     *directory,
            const char     *name,
            GError        **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GezVaultHeader) other = NULL;

  if (stands (directory, name, self->parsed) ||
      gez_vault_file_replace (directory, name, self->parsed, &failure))
    return TRUE;
  g_info ("%s", failure->message);
  /* On a full disk: none at all is better than one that leads elsewhere. */
  other = gez_vault_header_read (directory, name, NULL);
  return other == NULL || gez_id_equal (&other->database_id, &self->database_id) ||
         remove_file (directory, name, error);
}

/**
 * gez_vault_header_settle:
 * @self: a header that opened
 *
 * Makes sure, durably, that no header in @directory belongs to another database.
 *
 * Returns: %FALSE with GEZ_VAULT_ERROR_IO
 */
gboolean
gez_vault_header_settle (GezVaultHeader *self,
                         const char     *directory,
                         GError        **error)
{
  return settle_one (self, directory, GEZ_HEADER_NAME, error) &&
         settle_one (self, directory, GEZ_HEADER_COPY_NAME, error) &&
         gez_vault_file_sync_directory (directory, error);
}

/**
 * gez_vault_header_tidy:
 *
 * Removes what an interrupted replacement left beside the header.
 */
void
gez_vault_header_tidy (const char *directory)
{
  static const char *const names[] = { GEZ_HEADER_NAME ".new", GEZ_HEADER_COPY_NAME ".new" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!remove_file (directory, names[i], &error))
        g_info ("%s", error->message);
    }
}
