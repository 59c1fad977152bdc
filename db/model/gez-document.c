/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-document.h"

#include "model/gez-command.h"
#include "model/gez-document-name.h"
#include "model/gez-document-work.h"
#include "model/gez-record-edit.h"

/*
 * Adding a document, in this order:
 *
 * 1. a thread reads the content and makes the sealed file, whole and synced;
 * 2. the store is asked whether the household has that content already;
 * 3. the row is written in one transaction.
 *
 * What ends before 3 removes the file again. A crash leaves a file that no row names, which goes later
 * (gez-attachment.c); there is never a row without its file. Once the row is on its way cancelling does
 * nothing any more.
 */

typedef struct
{
  GezId household;
  GezCircleKind circle_kind;
  GFile *file;
  GBytes *content;
  char *name;
  char *media_type;
  char *tags;
  gint64 added_at;
  char *directory;
  GezFileName *file_name;
  GezDocumentMeter meter;
  GezDocumentSealed sealed;
  GezDocumentAdded added;
} Adding;

static void
adding_free (gpointer data)
{
  Adding *self = data;

  g_clear_object (&self->file);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->name);
  g_free (self->media_type);
  g_free (self->tags);
  g_free (self->directory);
  gez_file_name_free (self->file_name);
  gez_document_meter_clear (&self->meter);
  gez_document_sealed_clear (&self->sealed);
  g_free (self);
}

static GezCircle
circle_of (GezContext   *context,
           const Adding *self)
{
  GezCircleKind kind = self->circle_kind;

  if (kind == 0)
    kind = gez_context_is_brugfiguur (context) ? GEZ_CIRCLE_OPEN : GEZ_CIRCLE_CASEWORK;
  return kind == GEZ_CIRCLE_OPEN ? gez_circle_open (&self->household)
                                 : gez_circle_casework (&self->household);
}

static GezChange *
make_change (GezContext *context,
             Adding     *self)
{
  GezChange *change = gez_change_new ("add-document");

  gez_command_insert (context, change, "document", circle_of (context, self), &self->added.id);
  gez_command_id (change, "household_id", &self->household);
  gez_change_set_text (change, "name", self->name);
  gez_change_set_text (change, "tags", self->tags);
  gez_change_set_text (change, "media_type",
                       self->media_type ? self->media_type : self->sealed.media_type);
  gez_change_set_integer (change, "size_bytes", self->sealed.size);
  gez_change_set_text (change, "content_hash", self->sealed.hash);
  gez_change_set_file (change, self->file_name);
  gez_change_set_integer (change, "added_at", self->added_at);
  gez_command_by (context, change, "by_member_id", NULL);
  return change;
}

/* Whether the row may have been written after all: then its file must stay. */
static gboolean
is_uncertain (const GError *error)
{
  return g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_IO)
         || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_INTERNAL)
         || g_error_matches (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_DAMAGED);
}

static void
fail (GTask  *task,
      GError *error)
{
  Adding *self = g_task_get_task_data (task);

  if (!is_uncertain (error))
    gez_document_discard (self->directory, &self->file_name->id);
  g_task_return_error (task, error);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Adding *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->added.command = gez_store_commit_finish (GEZ_STORE (source), result, &error);
  if (error)
    fail (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Adding *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) same = gez_store_run_finish (GEZ_STORE (source), result, &error);
  g_autoptr (GezChange) change = NULL;

  if (same == NULL || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      fail (task, error);
      return;
    }
  if (same->len > 0)
    {
      self->added.id = *gez_record_get_id (same->pdata[0]);
      self->added.was_there = TRUE;
      gez_document_discard (self->directory, &self->file_name->id);
      g_task_return_boolean (task, TRUE);
      return;
    }
  change = make_change (g_task_get_source_object (task), self);
  gez_store_commit_async (GEZ_STORE (source), change, NULL, committed_cb, g_steal_pointer (&task));
}

static void
seal_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Adding *self = data;
  GError *error = NULL;

  if (gez_document_seal (self->directory, self->file_name, self->file, self->content, self->name,
                         &self->meter, &self->sealed, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
sealed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Adding *self = g_task_get_task_data (task);
  g_autoptr (GezQuery) query = NULL;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  query = gez_record_query ("SELECT id FROM document WHERE household_id = ? AND content_hash = ? "
                            "AND withdrawn_at IS NULL ORDER BY id",
                            GEZ_ID, &self->household, GEZ_TEXT, self->sealed.hash, GEZ_END);
  gez_store_run_async (gez_context_get_store (GEZ_CONTEXT (source)), query, NULL, looked_up_cb,
                       g_steal_pointer (&task));
}

static Adding *
adding_new (GezContext             *context,
            const GezDocumentInput *input,
            GError                **error)
{
  const char *directory = gez_store_get_directory (gez_context_get_store (context));
  g_autoptr (GezFileName) file_name = NULL;
  g_autofree char *own_name = input->file ? g_file_get_basename (input->file) : NULL;
  Adding *self;

  if (directory == NULL)
    {
      g_set_error_literal (error, GEZ_STORE_ERROR, GEZ_STORE_ERROR_CLOSED, "the store is locked");
      return NULL;
    }
  file_name = gez_file_name_new (gez_context_get_clock (context), error);
  if (file_name == NULL)
    return NULL;
  self = g_new0 (Adding, 1);
  self->household = *input->household_id;
  self->circle_kind = input->circle_kind;
  g_set_object (&self->file, input->file);
  self->content = input->content && !input->file ? g_bytes_ref (input->content) : NULL;
  self->name = gez_document_clean_name (input->name ? input->name : own_name);
  self->media_type = g_strdup (input->media_type);
  self->tags = gez_document_join_tags (input->tags);
  self->added_at = input->added_at ? input->added_at : gez_clock_get_now (gez_context_get_clock (context));
  self->directory = gez_attachment_get_directory (directory);
  self->file_name = g_steal_pointer (&file_name);
  return self;
}

/**
 * gez_document_add_async:
 * @input: @household_id, and one of @file and @content
 * @progress: (nullable): told while the content is read
 * @cancellable: (nullable): stops it; nothing is left then
 *
 * Adds an attachment to a household. One with the same content that the household has already is not
 * added twice; two of them that are added at the same time are.
 *
 * Thread: the one whose main context shall call back. The content is sealed on a thread of its own.
 */
void
gez_document_add_async (GezContext             *context,
                        const GezDocumentInput *input,
                        GezDocumentProgress     progress,
                        gpointer                progress_data,
                        GCancellable           *cancellable,
                        GAsyncReadyCallback     callback,
                        gpointer                user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) work = NULL;
  GError *error = NULL;
  Adding *self;

  g_return_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && !gez_id_is_none (input->household_id));
  g_return_if_fail (input->file != NULL || input->content != NULL);

  task = g_task_new (context, cancellable, callback, user_data);
  g_task_set_source_tag (task, gez_document_add_async);
  g_task_set_check_cancellable (task, FALSE);
  self = adding_new (context, input, &error);
  if (self == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  gez_document_meter_init (&self->meter, progress, progress_data);
  g_task_set_task_data (task, self, adding_free);
  work = g_task_new (context, cancellable, sealed_cb, g_object_ref (task));
  g_task_set_check_cancellable (work, FALSE);
  g_task_set_task_data (work, self, NULL);
  g_task_run_in_thread (work, seal_thread);
}

/**
 * gez_document_add_finish:
 * @added: (out) (optional): what came of it
 *
 * Returns: %TRUE when the document is there and durable; else %FALSE with GEZ_DOCUMENT_ERROR,
 *   GEZ_VAULT_ERROR, GEZ_STORE_ERROR or G_IO_ERROR_CANCELLED, and nothing was added
 */
gboolean
gez_document_add_finish (GezContext        *context,
                         GAsyncResult      *result,
                         GezDocumentAdded  *added,
                         GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (added)
    *added = ((Adding *) g_task_get_task_data (G_TASK (result)))->added;
  return TRUE;
}

/**
 * gez_document_add:
 *
 * As gez_document_add_async(), and waits for it: for the command line and for tests.
 *
 * Returns: as gez_document_add_finish()
 */
gboolean
gez_document_add (GezContext              *context,
                  const GezDocumentInput  *input,
                  GCancellable            *cancellable,
                  GezDocumentAdded        *added,
                  GError                 **error)
{
  g_autoptr (GMainContext) own = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (own);
  gez_document_add_async (context, input, NULL, NULL, cancellable, gez_document_keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (own, TRUE);
  g_main_context_pop_thread_default (own);
  return gez_document_add_finish (context, result, added, error);
}

/**
 * gez_document_rename:
 * @name: what people call it from now on; gez_document_clean_name() is applied
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_document_rename (GezContext  *context,
                     const GezId *document,
                     const char  *name)
{
  g_autofree char *cleaned = gez_document_clean_name (name);

  return gez_record_edit_text (context, "rename-document", "document", document, "name", cleaned);
}

/**
 * gez_document_set_tags:
 * @tags: (nullable) (array zero-terminated=1): all of them from now on
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_document_set_tags (GezContext        *context,
                       const GezId       *document,
                       const char *const *tags)
{
  g_autofree char *joined = gez_document_join_tags (tags);

  return gez_record_edit_text (context, "set-document-tags", "document", document, "tags", joined);
}

/**
 * gez_document_withdraw:
 * @reason: (nullable): why
 *
 * Takes a document back. Its content stays, so that undoing brings all of it back.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_document_withdraw (GezContext  *context,
                       const GezId *document,
                       const char  *reason)
{
  return gez_record_withdraw (context, "withdraw-document", "document", document, reason);
}
