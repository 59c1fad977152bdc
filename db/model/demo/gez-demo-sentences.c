/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-sentences.h"

#include <gio/gio.h>
#include <string.h>

#include "gez-demo-resources.h"

/* Sentences with choices in them, so that a few hundred lines give journals of many thousands that
 * do not look copied.
 *
 * 1. {one|other} is a choice, with choices inside when need be. Every random decision is taken from
 *    the caller's source, in the order of the text: the same source gives the same sentence.
 * 2. $p, $k and $h are names; a sentence whose name is missing is not said. */

#define PATH "/be/gezinsplan/demo/sentences.ini"

struct _GezDemoSentences
{
  GHashTable *by_kind; /* "group/kind": GPtrArray of sentences */
  GHashTable *lists;   /* of [names]: GStrv */
};

static void
add_sentence (GezDemoSentences *self,
              const char       *group,
              const char       *key,
              char             *sentence)
{
  const char *dot = strrchr (key, '.');
  g_autofree char *kind = g_strndup (key, dot ? (gsize) (dot - key) : strlen (key));
  char *name = g_strconcat (group, "/", kind, NULL);
  GPtrArray *sentences = g_hash_table_lookup (self->by_kind, name);

  if (sentences)
    g_free (name);
  else
    {
      sentences = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->by_kind, name, sentences);
    }
  g_ptr_array_add (sentences, sentence);
}

static void
read_group (GezDemoSentences *self,
            GKeyFile         *file,
            const char       *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys && keys[i]; i++)
    if (g_str_equal (group, "names"))
      g_hash_table_insert (self->lists, g_strdup (keys[i]),
                           g_key_file_get_string_list (file, group, keys[i], NULL, NULL));
    else
      add_sentence (self, group, keys[i], g_key_file_get_string (file, group, keys[i], NULL));
}

/**
 * gez_demo_sentences_new:
 *
 * Returns: (transfer full): the sentences, or %NULL with @error set
 */
GezDemoSentences *
gez_demo_sentences_new (GError **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  GezDemoSentences *self;

  content = g_resource_lookup_data (gez_demo_get_resource (), PATH, 0, error);
  if (content == NULL || !g_key_file_load_from_bytes (file, content, G_KEY_FILE_NONE, error))
    return NULL;
  self = g_new0 (GezDemoSentences, 1);
  self->by_kind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_strfreev);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i]; i++)
    read_group (self, file, groups[i]);
  return self;
}

void
gez_demo_sentences_free (GezDemoSentences *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_kind);
  g_hash_table_unref (self->lists);
  g_free (self);
}

static GPtrArray *
lookup (GezDemoSentences *self,
        const char       *group,
        const char       *kind)
{
  g_autofree char *name = g_strconcat (group, "/", kind, NULL);

  return g_hash_table_lookup (self->by_kind, name);
}

guint
gez_demo_sentences_count (GezDemoSentences *self,
                          const char       *group,
                          const char       *kind)
{
  GPtrArray *sentences = lookup (self, group, kind);

  return sentences ? sentences->len : 0;
}

/**
 * gez_demo_sentences_nth:
 * @n: which one, from 0
 *
 * Returns: (transfer none) (nullable): that sentence as it stands there; %NULL when there is none
 */
const char *
gez_demo_sentences_nth (GezDemoSentences *self,
                        const char       *group,
                        const char       *kind,
                        guint             n)
{
  GPtrArray *sentences = lookup (self, group, kind);

  return sentences && n < sentences->len ? sentences->pdata[n] : NULL;
}

/* The end of the choice that begins after @from: where its | or } stands. */
static const char *
end_of_choice (const char *from)
{
  int depth = 0;

  for (; *from; from++)
    {
      if (depth == 0 && (*from == '|' || *from == '}'))
        break;
      depth += (*from == '{') - (*from == '}');
    }
  return from;
}

static const char *append_expanded (GString            *text,
                                    const char         *from,
                                    const char         *end,
                                    GRand              *random,
                                    const GezDemoNames *names);

/* @from stands behind the brace; returns what comes behind the closing one. */
static const char *
append_choice (GString            *text,
               const char         *from,
               GRand              *random,
               const GezDemoNames *names)
{
  const char *starts[16], *ends[16];
  guint n = 0;
  int chosen;

  do
    {
      starts[n] = n == 0 ? from : ends[n - 1] + 1;
      ends[n] = end_of_choice (starts[n]);
      n++;
    }
  while (*ends[n - 1] == '|' && n < G_N_ELEMENTS (starts));
  g_assert (*ends[n - 1] == '}');
  chosen = g_rand_int_range (random, 0, (gint32) n);
  if (append_expanded (text, starts[chosen], ends[chosen], random, names) == NULL)
    return NULL;
  return ends[n - 1] + 1;
}

static const char *
name_for (char                letter,
          const GezDemoNames *names)
{
  if (letter == 'p')
    return names->adult;
  return letter == 'k' ? names->child : names->helper;
}

/* Returns %NULL when a name is missing. */
static const char *
append_expanded (GString            *text,
                 const char         *from,
                 const char         *end,
                 GRand              *random,
                 const GezDemoNames *names)
{
  while (from && from < end)
    {
      if (*from == '{')
        from = append_choice (text, from + 1, random, names);
      else if (*from == '$')
        {
          const char *name = name_for (from[1], names);

          if (name == NULL)
            return NULL;
          g_string_append (text, name);
          from += 2;
        }
      else
        g_string_append_c (text, *from++);
    }
  return from;
}

/**
 * gez_demo_expand:
 * @sentence: with choices and names in it
 *
 * Returns: (transfer full) (nullable): one of the sentences it can be; %NULL when a name it needs
 *   is missing
 */
char *
gez_demo_expand (GRand              *random,
                 const char         *sentence,
                 const GezDemoNames *names)
{
  GString *text = g_string_new (NULL);

  if (append_expanded (text, sentence, sentence + strlen (sentence), random, names) == NULL)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  g_string_replace (text, "  ", " ", 0);
  return g_strchomp (g_string_free (text, FALSE));
}

/**
 * gez_demo_sentences_say:
 * @group: a life domain, or "general"
 * @kind: as "note"
 *
 * Returns: (transfer full): one of the sentences of that kind that can be said with these names; an
 *   empty one when there is none
 */
char *
gez_demo_sentences_say (GezDemoSentences   *self,
                        GRand              *random,
                        const char         *group,
                        const char         *kind,
                        const GezDemoNames *names)
{
  GPtrArray *sentences = lookup (self, group, kind);
  guint first;

  if (sentences == NULL)
    return g_strdup ("");
  first = (guint) g_rand_int_range (random, 0, (gint32) sentences->len);
  for (guint i = 0; i < sentences->len; i++)
    {
      char *said = gez_demo_expand (random, sentences->pdata[(first + i) % sentences->len], names);

      if (said)
        return said;
    }
  return g_strdup ("");
}

/**
 * gez_demo_sentences_list:
 * @list: of the group "names", as "street"
 * @n: (out) (optional): how many
 *
 * Returns: (transfer none): all of them
 */
const char *const *
gez_demo_sentences_list (GezDemoSentences *self,
                         const char       *list,
                         guint            *n)
{
  char **names = g_hash_table_lookup (self->lists, list);

  g_assert (names != NULL);
  if (n)
    *n = g_strv_length (names);
  return (const char *const *) names;
}

const char *
gez_demo_sentences_name (GezDemoSentences *self,
                         GRand            *random,
                         const char       *list)
{
  guint n;
  const char *const *names = gez_demo_sentences_list (self, list, &n);

  return names[g_rand_int_range (random, 0, (gint32) n)];
}
