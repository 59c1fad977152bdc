/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GezDemoSentences:
 *
 * What invented people say: the sentences of sentences.ini, by group (a life domain, or "general")
 * and kind ("note", "opening"...).
 */
typedef struct _GezDemoSentences GezDemoSentences;

/**
 * GezDemoNames:
 *
 * Whose names a sentence may use; each may be %NULL.
 */
typedef struct
{
  const char *adult;
  const char *child;
  const char *helper;
} GezDemoNames;

GezDemoSentences *gez_demo_sentences_new   (GError            **error);
void              gez_demo_sentences_free  (GezDemoSentences   *self);
guint             gez_demo_sentences_count (GezDemoSentences   *self,
                                            const char         *group,
                                            const char         *kind);
const char       *gez_demo_sentences_nth   (GezDemoSentences   *self,
                                            const char         *group,
                                            const char         *kind,
                                            guint               n);
char             *gez_demo_sentences_say   (GezDemoSentences   *self,
                                            GRand              *random,
                                            const char         *group,
                                            const char         *kind,
                                            const GezDemoNames *names);
const char       *gez_demo_sentences_name  (GezDemoSentences   *self,
                                            GRand              *random,
                                            const char         *list);
const char *const *gez_demo_sentences_list (GezDemoSentences   *self,
                                            const char         *list,
                                            guint              *n);
char             *gez_demo_expand          (GRand              *random,
                                            const char         *sentence,
                                            const GezDemoNames *names);

G_END_DECLS
