/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/demo/gez-demo-paper.h"
#include "model/demo/gez-demo-story.h"
#include "model/gez-document.h"

/* Papers of the first households. They are added when all households have been told, so that nothing
 * else of a caseload depends on them. */

#define GROUP "documents"
#define KIND "paper"
#define PAPERS_MAX 3

/* "kind|name|tags|line|line..." with choices, as in sentences.ini. */
static GBytes *
make_content (GezDemoWorld      *world,
              const char        *kind,
              const char *const *lines)
{
  g_autofree char *text = NULL;
  gsize length;

  if (g_str_equal (kind, "png"))
    return gez_demo_make_png (world->random);
  if (g_str_equal (kind, "pdf"))
    return gez_demo_make_pdf (lines);
  text = g_strjoinv ("\n", (char **) lines);
  length = strlen (text);
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static const char *
media_type_of (const char *kind)
{
  if (g_str_equal (kind, "png"))
    return "image/png";
  return g_str_equal (kind, "pdf") ? "application/pdf" : "text/plain";
}

static gboolean
add_paper (GezDemoWorld *world,
           GezDemoFile  *file,
           guint         number,
           GError      **error)
{
  guint n_papers = gez_demo_sentences_count (world->sentences, GROUP, KIND);
  GezDemoNames names = { .adult = file->adult };
  GezDemoStory story = { .world = world, .context = file->context, .names = names };
  g_autofree char *said = gez_demo_expand (
      world->random, gez_demo_sentences_nth (world->sentences, GROUP, KIND, number % n_papers), &names);
  g_auto (GStrv) parts = g_strsplit (said ? said : "", "|", -1);
  g_autoptr (GBytes) content = NULL;
  g_auto (GStrv) tags = NULL;
  GezDocumentInput input = { .household_id = &file->household };

  if (g_strv_length (parts) < 4)
    return TRUE;
  content = make_content (world, parts[0], (const char *const *) parts + 3);
  tags = g_strsplit (parts[2], ";", -1);
  input.content = content;
  input.name = parts[1];
  input.media_type = media_type_of (parts[0]);
  input.tags = (const char *const *) tags;
  gez_demo_go_to_day (&story, gez_demo_chance (&story, 1, MAX (2, file->days)));
  return gez_document_add (file->context, &input, NULL, NULL, error);
}

/**
 * gez_demo_add_documents:
 *
 * Gives each of @world's files some papers. Waits for the store and the disk.
 *
 * Returns: %FALSE with @error set
 */
gboolean
gez_demo_add_documents (GezDemoWorld *world,
                        GError      **error)
{
  guint number = 0;

  for (guint i = 0; i < world->files->len; i++)
    for (guint n = 0; n < PAPERS_MAX - i % PAPERS_MAX; n++)
      if (!add_paper (world, &g_array_index (world->files, GezDemoFile, i), number++, error))
        return FALSE;
  return TRUE;
}
