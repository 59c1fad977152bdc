/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gez-tokenizer.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

/*
 * The tokenizer "folded" of full-text search: FTS5's own unicode61, after which the letters that
 * Unicode does not take apart into a letter and a mark are told by their plain ones, so that
 * "yilmaz" finds Yılmaz and "lukasz" finds Łukasz. Its arguments are those of unicode61.
 *
 * Letters are lower case here already: unicode61 folds them first. What a token says about its place
 * in the text stays as it was, so that snippets show the text as people wrote it.
 */

static const struct
{
  const char *letter;
  const char *plain;
} letters[] = {
  { "ı", "i" },   { "ł", "l" },   { "ø", "o" },   { "đ", "d" },
  { "ð", "d" },   { "ħ", "h" },   { "ŧ", "t" },   { "ə", "e" },
  { "ß", "ss" },  { "æ", "ae" },  { "œ", "oe" },  { "þ", "th" },
};

typedef struct
{
  fts5_api *api;
  fts5_tokenizer unicode;
} Module;

typedef struct
{
  Module *module;
  Fts5Tokenizer *unicode;
} Tokenizer;

typedef int (*TokenFunc) (void       *context,
                          int         flags,
                          const char *token,
                          int         size,
                          int         start,
                          int         end);

typedef struct
{
  void *context;
  TokenFunc take;
  GString *plain;
} Sink;

static const char *
plain_letter (const char *at,
              gsize       size)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (strlen (letters[i].letter) == size && memcmp (letters[i].letter, at, size) == 0)
      return letters[i].plain;
  return NULL;
}

static gboolean
is_ascii (const char *token,
          int         size)
{
  for (int i = 0; i < size; i++)
    if (token[i] & 0x80)
      return FALSE;
  return TRUE;
}

static int
take_token_cb (void       *data,
               int         flags,
               const char *token,
               int         size,
               int         start,
               int         end)
{
  Sink *sink = data;

  if (is_ascii (token, size))
    return sink->take (sink->context, flags, token, size, start, end);

  g_string_truncate (sink->plain, 0);
  for (const char *at = token; at < token + size;)
    {
      gsize length = MIN ((gsize) g_utf8_skip[*(const guchar *) at], (gsize) (token + size - at));
      const char *plain = plain_letter (at, length);

      if (plain != NULL)
        g_string_append (sink->plain, plain);
      else
        g_string_append_len (sink->plain, at, length);
      at += length;
    }
  return sink->take (sink->context, flags, sink->plain->str, (int) sink->plain->len, start, end);
}

static int
tokenize_cb (Fts5Tokenizer *data,
             void          *context,
             int            flags,
             const char    *text,
             int            size,
             TokenFunc      take)
{
  Tokenizer *self = (Tokenizer *) data;
  Sink sink = { context, take, g_string_new (NULL) };
  int code = self->module->unicode.xTokenize (self->unicode, &sink, flags, text, size,
                                              take_token_cb);

  g_string_free (sink.plain, TRUE);
  return code;
}

static void
delete_cb (Fts5Tokenizer *data)
{
  Tokenizer *self = (Tokenizer *) data;

  self->module->unicode.xDelete (self->unicode);
  g_free (self);
}

static int
create_cb (void           *data,
           const char    **arguments,
           int             n_arguments,
           Fts5Tokenizer **created)
{
  Module *module = data;
  Tokenizer *self = g_new0 (Tokenizer, 1);
  void *unicode_data = NULL;
  int code;

  self->module = module;
  code = module->api->xFindTokenizer (module->api, "unicode61", &unicode_data, &module->unicode);
  if (code == SQLITE_OK)
    code = module->unicode.xCreate (unicode_data, arguments, n_arguments, &self->unicode);
  if (code != SQLITE_OK)
    {
      g_free (self);
      return code;
    }
  *created = (Fts5Tokenizer *) self;
  return SQLITE_OK;
}

static int
find_api (sqlite3   *handle,
          fts5_api **api)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (handle, "SELECT fts5(?1)", -1, &statement, NULL);

  if (code != SQLITE_OK)
    return code;
  sqlite3_bind_pointer (statement, 1, api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  code = sqlite3_finalize (statement);
  if (code == SQLITE_OK && *api == NULL)
    return SQLITE_ERROR;
  return code;
}

/**
 * gez_tokenizer_install:
 * @handle: an open connection, before its full-text tables are made or used
 *
 * Thread: the one that uses @handle.
 *
 * Returns: an SQLite result code
 */
int
gez_tokenizer_install (sqlite3 *handle)
{
  fts5_tokenizer folded = { create_cb, delete_cb, tokenize_cb };
  fts5_api *api = NULL;
  Module *module;
  int code = find_api (handle, &api);

  if (code != SQLITE_OK)
    return code;
  module = g_new0 (Module, 1);
  module->api = api;
  code = api->xCreateTokenizer (api, "folded", module, &folded, g_free);
  if (code != SQLITE_OK)
    g_free (module);
  return code;
}
