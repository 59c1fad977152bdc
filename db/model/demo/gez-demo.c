/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo.h"

#include "base/gez-date.h"
#include "model/demo/gez-demo-household.h"
#include "model/demo/gez-demo-names.h"
#include "model/demo/gez-demo-texts.h"
#include "model/gez-member.h"
#include "model/gez-partner.h"

/* The demonstration caseload: a team of five, its partners, and as many households as asked for. The
 * same seed and day give the same rows: randomness and identities come from one seeded source, and
 * nothing looks at the real clock. */

static const struct
{
  const char *name;
  const char *role;
} colleagues[] = {
  { "Els Voorbeeld", "casemanager" },
  { "Jan Proef", "casemanager" },
  { "Mia Brugge-Test", "brugfiguur" },
  { "Noor Denkbeeld", "teamleider" },
};

static const char *const districts[] = { "Wijk Noord", "Wijk Zuid", "Centrum", "Stationsbuurt", "De Verzonnen Hoek" };
static const char *const schools[] = { "Basisschool De Proefvlucht", "School De Verzonnen Boom", "Middenschool Testdam" };

static void
add_names (GezDemoWorld      *world,
           GezChange         *change,
           const char        *table,
           const char *const *names,
           guint              n,
           GArray            *ids)
{
  for (guint i = 0; i < n; i++)
    {
      GezId id = gez_id_new (world->clock);

      gez_change_insert (change, table, &id, gez_circle_team ());
      gez_change_set_text (change, "name", names[i]);
      gez_change_set_text (change, "municipality", "Proefstad");
      g_array_append_val (ids, id);
    }
}

static void
add_partners (GezDemoWorld *world,
              GezContext   *context,
              GezChange    *change)
{
  for (guint i = 0; i < GEZ_DEMO_N_DOMAINS; i++)
    {
      GezPartnerInput input = { .name = gez_demo_domains[i].partner, .offer = gez_demo_domains[i].partner_offer,
                                .domains = gez_demo_domains[i].code, .area = "Proefstad", .affordable = "yes",
                                .reachable = i % 3 ? "yes" : "partly" };
      g_autoptr (GezChange) added = NULL;
      GezId id;

      added = gez_partner_add (context, &input, &id);
      gez_change_append (change, added);
      g_array_append_val (world->partners, id);
    }
}

static gboolean
add_team (GezDemoWorld *world,
          GezContext   *context,
          GError      **error)
{
  g_autoptr (GezChange) change = gez_change_new ("demonstration");
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (GezId));
  gboolean added;

  add_names (world, change, "district", districts, G_N_ELEMENTS (districts), world->districts);
  add_names (world, change, "school", schools, G_N_ELEMENTS (schools), world->schools);
  add_partners (world, context, change);
  for (guint i = 0; i < G_N_ELEMENTS (colleagues); i++)
    {
      GezMemberInput input = { .name = colleagues[i].name, .role = colleagues[i].role,
                               .secrecy = "beroepsgeheim" };
      g_autoptr (GezChange) member = NULL;
      GezId id;

      member = gez_member_add (context, &input, &id);
      gez_change_append (change, member);
      g_array_append_val (ids, id);
    }
  added = gez_store_commit (world->store, change, error) != 0;
  for (guint i = 0; added && i < ids->len; i++)
    {
      g_autoptr (GezQuery) query = gez_lists_query ("nl");
      g_autoptr (GezLists) lists = gez_store_run (world->store, query, error);

      if (lists == NULL)
        added = FALSE;
      else if (!g_str_equal (colleagues[i].role, "teamleider"))
        g_ptr_array_add (world->contexts, gez_context_new (world->store, world->clock, lists,
                                                           &g_array_index (ids, GezId, i)));
    }
  g_array_unref (ids);
  return added;
}

static gboolean
fill (GezDemoWorld          *world,
      const GezDemoOptions  *options,
      GezDemoProgress        progress,
      gpointer               user_data,
      GCancellable          *cancellable,
      GError               **error)
{
  g_autoptr (GezContext) own = gez_context_load (world->store, error);

  if (own == NULL)
    return FALSE;
  g_ptr_array_add (world->contexts, gez_context_new (world->store, world->clock, gez_context_get_lists (own),
                                                     gez_context_get_member_id (own)));
  if (!add_team (world, world->contexts->pdata[0], error))
    return FALSE;
  for (world->number = 0; world->number < options->households; world->number++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !gez_demo_add_household (world, error))
        return FALSE;
      if (progress)
        progress (world->number + 1, options->households, user_data);
    }
  return TRUE;
}

/**
 * gez_demo_fill:
 * @store: open; what it holds already stays
 * @progress: (nullable): told after each household
 * @cancellable: (nullable): stops between two households; what was made stays
 *
 * Adds the demonstration caseload, one transaction or a few per household.
 *
 * Thread: any but the main one and the worker's.
 *
 * Returns: %TRUE when all households are there
 */
gboolean
gez_demo_fill (GezStore              *store,
               const GezDemoOptions  *options,
               GezDemoProgress        progress,
               gpointer               user_data,
               GCancellable          *cancellable,
               GError               **error)
{
  GezDemoWorld world = { .store = store };
  gint64 noon;
  gboolean filled;

  g_return_val_if_fail (GEZ_IS_STORE (store) && options != NULL, FALSE);
  g_return_val_if_fail (options->households <= GEZ_DEMO_HOUSEHOLDS_MAX, FALSE);

  world.today = options->today ? g_strdup (options->today) : gez_clock_get_today (gez_store_get_clock (store));
  noon = gez_clock_instant_of (gez_store_get_clock (store), world.today, "12:00");
  world.clock = gez_clock_new_fixed (noon, options->seed);
  world.random = g_rand_new_with_seed (options->seed);
  world.contacts = options->contacts;
  world.contexts = g_ptr_array_new_with_free_func (g_object_unref);
  world.partners = g_array_new (FALSE, FALSE, sizeof (GezId));
  world.districts = g_array_new (FALSE, FALSE, sizeof (GezId));
  world.schools = g_array_new (FALSE, FALSE, sizeof (GezId));
  filled = fill (&world, options, progress, user_data, cancellable, error);
  g_ptr_array_unref (world.contexts);
  g_array_unref (world.partners);
  g_array_unref (world.districts);
  g_array_unref (world.schools);
  g_rand_free (world.random);
  g_object_unref (world.clock);
  g_free (world.today);
  return filled;
}
