/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-file-tabs.h"

#include <glib/gi18n.h>

#include "household/gez-domain-names.h"
#include "household/gez-score-series.h"
#include "household/gez-tab-list.h"

static int
score_of (GezRecord  *domain,
          const char *column)
{
  return gez_record_is_null (domain, column) ? 0 : (int) gez_record_get_integer (domain, column);
}

#define MARK_NOT_TALKED_ABOUT "○"
#define MARK_DOES_NOT_WANT "–"

/* How a domain stands: what the family says, else what the worker says, with where it came from.
 * Without a score a sign has to do beside a long name. */
static char *
describe_domain (GezRecord   *domain,
                 const char **mark)
{
  int family = score_of (domain, "family_score");
  int worker = score_of (domain, "worker_score");
  const char *asked = gez_record_get_text (domain, "asked");

  if (family > 0)
    return gez_score_format_trend (family, score_of (domain, "family_previous_score"));
  if (worker > 0)
    return gez_score_format_trend (worker, score_of (domain, "worker_previous_score"));
  *mark = MARK_NOT_TALKED_ABOUT;
  if (asked == NULL || g_strcmp0 (asked, "not_asked") == 0)
    return g_strdup (_("not talked about"));
  *mark = MARK_DOES_NOT_WANT;
  if (g_strcmp0 (asked, "does_not_want") == 0)
    return g_strdup (_("does not want"));

  return NULL;
}

static void
add_item (GPtrArray   *items,
          const char  *name,
          const char  *heading,
          const char  *label,
          const char  *state,
          GezChipStyle style)
{
  g_ptr_array_add (items, gez_tab_item_new (name, heading, label, state, NULL, style));
}

static void
add_domains (GezContext *context,
             GPtrArray  *items,
             GPtrArray  *domains)
{
  for (guint i = 0; i < domains->len; i++)
    {
      GezRecord *domain = g_ptr_array_index (domains, i);
      const char *mark = NULL;
      g_autofree char *state = describe_domain (domain, &mark);
      g_autofree char *name = g_strconcat (GEZ_FILE_TABS_DOMAIN, gez_record_get_text (domain, "code"),
                                           NULL);

      g_ptr_array_add (items,
                       gez_tab_item_new (name, _("Life domains"),
                                         gez_domain_short_label (context,
                                                                 gez_record_get_id (domain)),
                                         state, mark, GEZ_CHIP_NEUTRAL));
    }
}

static char *
count (int n)
{
  return n > 0 ? g_strdup_printf ("%d", n) : NULL;
}

/* Steps done of all steps of the open goals; without steps, the open goals. */
static char *
count_steps (GezRecord *household)
{
  int n_steps = (int) gez_record_get_integer (household, "n_steps");

  if (n_steps == 0)
    return count ((int) gez_record_get_integer (household, "n_open_goals"));

  /* Translators: steps done of all steps: "2 of 5". */
  return g_strdup_printf (_("%d of %d"),
                          (int) gez_record_get_integer (household, "n_done_steps"), n_steps);
}

/**
 * gez_file_tabs_new:
 * @context: where we work
 * @file: what gez_household_file_query() gave
 *
 * Returns: (transfer full) (element-type GezTabItem): the tabs of the file, from top to bottom
 */
GPtrArray *
gez_file_tabs_new (GezContext *context,
                   GezView    *file)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) gez_tab_item_free);
  GezRecord *household = gez_view_get_record (file, "household");
  GPtrArray *domains = gez_view_get_list (file, "domains");
  g_autofree char *no_news = count ((int) gez_record_get_integer (household, "n_no_news"));
  g_autofree char *overdue = count ((int) gez_record_get_integer (household, "n_overdue"));
  g_autofree char *steps = count_steps (household);

  add_item (items, "overview", NULL, _("Overview"), NULL, GEZ_CHIP_NEUTRAL);
  add_item (items, "plan", NULL, _("Plan"), steps, GEZ_CHIP_ACCENT);
  add_domains (context, items, domains);
  add_item (items, "network", _("File"), _("Family and network"), NULL, GEZ_CHIP_NEUTRAL);
  add_item (items, "journal", _("File"), _("Journal"), NULL, GEZ_CHIP_NEUTRAL);
  add_item (items, "referrals", _("File"), _("Referrals"), no_news, GEZ_CHIP_WARNING);
  add_item (items, "agenda", _("File"), _("Agenda"), overdue, GEZ_CHIP_WARNING);
  add_item (items, "documents", _("File"), _("Documents"), NULL, GEZ_CHIP_NEUTRAL);
  add_item (items, "history", _("File"), _("History"), NULL, GEZ_CHIP_NEUTRAL);

  return items;
}
