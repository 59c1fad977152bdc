/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/gez-list-words.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *title;
  const char *about;
  const char *new_entry;
} Words;

static const Words words[GEZ_LIST_N] = {
  [GEZ_LIST_DOMAINS] = { N_("Life domains"),
                         N_("Every file has a tab for each of these. Rename one, and old files show the new "
                            "name. What is no longer in use gets no tab; what was written about it stays."),
                         N_("New life domain") },
  [GEZ_LIST_CONTACT_CHANNELS] = { N_("Ways of contact"),
                                  N_("How a contact in the journal took place. Rename one, and old files show "
                                     "the new name. What is no longer in use keeps its name there."),
                                  N_("New way of contact") },
  [GEZ_LIST_REFERRAL_REASONS] = { N_("Reasons of referral"),
                                  N_("Why somebody is referred. Rename one, and old files show the new name. "
                                     "What is no longer in use keeps its name there."),
                                  N_("New reason") },
  [GEZ_LIST_BARRIERS] = { N_("Barriers"),
                          N_("What stood in the way. Rename one, and old files show the new name. What is no "
                             "longer in use keeps its name there."),
                          N_("New barrier") },
  [GEZ_LIST_ENTRY_GATES] = { N_("How a family came to us"),
                             N_("Asked once, with a new household. Rename one, and old files show the new "
                                "name. What is no longer in use keeps its name there."),
                             N_("New way in") },
  [GEZ_LIST_SCHOOLS] = { N_("Schools"),
                         N_("Rename one, and old files show the new name. What is no longer in use keeps its "
                            "name there."),
                         N_("New school") },
  [GEZ_LIST_DISTRICTS] = { N_("Districts"),
                           N_("Rename one, and old files show the new name. What is no longer in use keeps its "
                              "name there."),
                           N_("New district") },
  [GEZ_LIST_CRISIS_LINES] = { N_("Crisis card"),
                              N_("Whom to call when it cannot wait. Begin each line with the number. F1 shows "
                                 "the card everywhere. While the file is locked only the lines show that come "
                                 "with the program."),
                              N_("New line") },
};

/**
 * gez_list_words_get_title:
 *
 * Returns: (transfer none): what people call the list
 */
const char *
gez_list_words_get_title (GezListKind kind)
{
  g_return_val_if_fail (kind < GEZ_LIST_N, NULL);

  return _(words[kind].title);
}

/**
 * gez_list_words_get_about:
 *
 * Returns: (transfer none): what it is for, and what a change does to old files
 */
const char *
gez_list_words_get_about (GezListKind kind)
{
  g_return_val_if_fail (kind < GEZ_LIST_N, NULL);

  return _(words[kind].about);
}

/**
 * gez_list_words_get_new:
 *
 * Returns: (transfer none): the title of the form for a new row
 */
const char *
gez_list_words_get_new (GezListKind kind)
{
  g_return_val_if_fail (kind < GEZ_LIST_N, NULL);

  return _(words[kind].new_entry);
}
