/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo.h"

#include "model/demo/gez-demo-story.h"
#include "model/gez-appointment.h"
#include "model/gez-contact.h"
#include "model/gez-followup.h"
#include "model/gez-member.h"
#include "store/gez-backup-state.h"
#include "store/gez-recovery-note.h"

/* The demonstration caseload: a team, its partners, and as many households as asked for.
 *
 * 1. The same seed and day give the same rows in stores whose owner has the same identity:
 *    everything random comes from one seeded source and identities from one seeded clock.
 * 2. Rows are written with the commands of this module, as a person's acts are; only how many of
 *    them go into one transaction differs. A household is never split over two.
 * 3. Memory does not grow with the number of households. */

static const GezMemberInput colleagues[] = {
  { .name = "Els Voorbeeld", .role = "casemanager", .secrecy = "beroepsgeheim" },
  { .name = "Mia Brugge-Test", .role = "brugfiguur", .secrecy = "discretieplicht",
    .languages = "Nederlands, Frans, Arabisch" },
  { .name = "Jan Proef", .role = "casemanager", .secrecy = "beroepsgeheim",
    .languages = "Nederlands, Turks" },
  { .name = "Selma Verzinsel", .role = "brugfiguur", .secrecy = "discretieplicht" },
  { .name = "Noor Denkbeeld", .role = "teamleider", .secrecy = "ambtsgeheim" },
};

#define CONTACTS_PER_COMMIT 100
#define N_VISITORS 8 /* questions of people without a file */

static void
append (GezChange *change,
        GezChange *other)
{
  gez_change_append (change, other);
  g_object_unref (other);
}

static void
add_names (GezDemoWorld *world,
           GezChange    *change,
           const char   *table,
           const char   *list,
           const char   *level,
           GArray       *ids)
{
  const char *const *names = gez_demo_sentences_list (world->sentences, list, NULL);

  for (guint i = 0; names[i]; i++)
    {
      GezId id = gez_id_new (world->clock);

      gez_change_insert (change, table, &id, gez_circle_team ());
      gez_change_set_text (change, "name", names[i]);
      gez_change_set_text (change, "municipality", "Proefstad");
      if (level)
        gez_change_set_text (change, "level", level);
      g_array_append_val (ids, id);
    }
}

/* Meetings of the team, and things that belong to no household. */
static void
add_team_work (GezDemoWorld *world,
               GezContext   *context,
               GezChange    *change)
{
  GezDemoStory story = { .world = world, .context = context };

  for (int i = -2; i <= 3; i++)
    {
      g_autofree char *said = gez_demo_say (&story, "general", "appointment team");
      g_auto (GStrv) parts = g_strsplit (said, "|", 2);
      g_autofree char *held_on = gez_demo_days_ago (&story, -7 * i - 1);
      GezAppointmentInput input = { .title = parts[0], .place = parts[1], .held_on = held_on,
                                    .start_time = "09:00", .minutes = 120,
                                    .state = i < 0 ? "held" : "planned" };

      append (change, gez_appointment_plan (context, &input, NULL));
    }
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *what = gez_demo_say (&story, "general", "followup team");
      g_autofree char *due_on = gez_demo_days_ago (&story, -3 * i);
      GezFollowupInput input = { .what = what, .due_on = due_on };

      append (change, gez_followup_plan (context, &input, NULL));
    }
}

/* Questions on the sitting days of schools, of people who have no file. */
static void
add_visitors (GezDemoWorld *world,
              GezContext   *context,
              GezChange    *change)
{
  GezDemoStory story = { .world = world, .context = context };

  for (int i = 0; i < N_VISITORS; i++)
    {
      GezRecord *domain = gez_demo_any_domain (&story);
      g_autofree char *text = gez_demo_say (&story, gez_record_get_text (domain, "code"),
                                            "question");
      g_autofree char *back = gez_demo_days_ago (&story, gez_demo_chance (&story, -6, 2));
      GezQuestionInput question = { .content = text, .domain_id = gez_record_get_id (domain),
                                    .come_back_on = back };
      GezContactInput contact = { .channel = "school_sitting_day", .minutes = 10,
                                  .questions = &question,
                                  .n_questions = 1,
                                  .school_id = &g_array_index (world->schools, GezId, i % 2) };

      question.outcomes = i % 2 ? GEZ_OUTCOME_COME_BACK : GEZ_OUTCOME_ANSWERED;
      gez_demo_go_to_day (&story, gez_demo_chance (&story, 7, 21));
      append (change, gez_contact_record (context, &contact, NULL));
    }
}

static GezLists *
read_lists (GezDemoWorld *world,
            GError      **error)
{
  g_autoptr (GezQuery) query = gez_lists_query (NULL);

  return gez_store_run (world->store, query, error);
}

/* Who writes: the owner of the store and the invented colleagues, save the team leader. */
static gboolean
make_contexts (GezDemoWorld *world,
               GArray       *ids,
               GError      **error)
{
  g_autoptr (GezLists) lists = read_lists (world, error);

  if (lists == NULL)
    return FALSE;
  g_ptr_array_set_size (world->contexts, 0);
  for (guint i = 0; i < ids->len; i++)
    {
      const GezId *id = &g_array_index (ids, GezId, i);
      GezRecord *member = gez_lists_find_member (lists, id);

      if (i == 0 || (member && !g_str_equal (gez_record_get_text (member, "role"), "teamleider")))
        g_ptr_array_add (world->contexts, gez_context_new (world->store, world->clock, lists, id));
    }
  return TRUE;
}

static gboolean
add_team (GezDemoWorld *world,
          GError      **error)
{
  GezContext *own = g_ptr_array_index (world->contexts, 0);
  g_autoptr (GezChange) change = gez_change_new ("demonstration");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (GezId));

  g_array_append_val (ids, *gez_context_get_member_id (own));
  add_names (world, change, "district", "district", NULL, world->districts);
  add_names (world, change, "school", "primary", "primary", world->schools);
  add_names (world, change, "school", "secondary", "secondary", world->schools);
  gez_demo_add_partners (world, own, change);
  for (guint i = 0; i < G_N_ELEMENTS (colleagues); i++)
    {
      GezId id;

      append (change, gez_member_add (own, &colleagues[i], &id));
      g_array_append_val (ids, id);
    }
  add_team_work (world, own, change);
  add_visitors (world, own, change);
  return gez_store_commit (world->store, change, error) != 0 && make_contexts (world, ids, error);
}

static gboolean
commit (GezDemoWorld *world,
        GError      **error)
{
  g_autoptr (GezChange) change = g_steal_pointer (&world->change);

  world->change = gez_change_new ("demonstration");
  world->n_pending = 0;
  return gez_change_is_empty (change) || gez_store_commit (world->store, change, error) != 0;
}

/* Stops between two households, and keeps those that were told. */
static gboolean
tell_households (GezDemoWorld    *world,
                 guint            total,
                 GezDemoProgress  progress,
                 gpointer         user_data,
                 GCancellable    *cancellable,
                 GError         **error)
{
  for (world->number = 0; world->number < total; world->number++)
    {
      if (g_cancellable_is_cancelled (cancellable))
        break;
      gez_demo_tell (world);
      if (world->n_pending >= CONTACTS_PER_COMMIT && !commit (world, error))
        return FALSE;
      if (progress)
        progress (world->number + 1, total, user_data);
    }
  return commit (world, error) && !g_cancellable_set_error_if_cancelled (cancellable, error);
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
  GezContext *first;

  if (own == NULL)
    return FALSE;
  first = gez_context_new (world->store, world->clock, gez_context_get_lists (own),
                           gez_context_get_member_id (own));
  g_ptr_array_add (world->contexts, first);
  return add_team (world, error) &&
         tell_households (world, options->households, progress, user_data, cancellable, error) &&
         gez_demo_add_documents (world, error);
}

static GezClock *
make_clock (GezStore   *store,
            const char *today,
            guint32     seed)
{
  g_autoptr (GTimeZone) zone = gez_clock_get_time_zone (gez_store_get_clock (store));
  GezClock *clock = gez_clock_new_fixed (0, seed);

  gez_clock_set_time_zone (clock, g_time_zone_get_identifier (zone));
  gez_clock_set_now (clock, gez_clock_instant_of (clock, today, "08:00"));
  return clock;
}

static void
file_clear (gpointer data)
{
  GezDemoFile *file = data;

  g_free (file->adult);
}

/**
 * gez_demo_fill:
 * @store: open; what it holds already stays
 * @progress: (nullable): told after each household, on the calling thread
 * @cancellable: (nullable): stops between two households; what was made stays
 *
 * Adds the demonstration caseload. Waits for the store.
 *
 * Thread: any but the main one of a window and the store's worker.
 * Transaction: one for every hundred contacts or so.
 *
 * Returns: %TRUE when all households are there; else %FALSE with @error set
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
  gboolean is_filled = FALSE;

  g_return_val_if_fail (GEZ_IS_STORE (store) && options != NULL, FALSE);
  g_return_val_if_fail (options->households <= GEZ_DEMO_HOUSEHOLDS_MAX, FALSE);

  world.sentences = gez_demo_sentences_new (error);
  if (world.sentences == NULL)
    return FALSE;
  world.today = options->today ? g_strdup (options->today)
                               : gez_clock_get_today (gez_store_get_clock (store));
  world.clock = make_clock (store, world.today, options->seed);
  world.random = g_rand_new_with_seed (options->seed);
  world.contacts = options->contacts;
  world.change = gez_change_new ("demonstration");
  world.contexts = g_ptr_array_new_with_free_func (g_object_unref);
  world.partners = g_array_new (FALSE, FALSE, sizeof (GezId));
  world.districts = g_array_new (FALSE, FALSE, sizeof (GezId));
  world.schools = g_array_new (FALSE, FALSE, sizeof (GezId));
  world.files = g_array_new (FALSE, FALSE, sizeof (GezDemoFile));
  g_array_set_clear_func (world.files, file_clear);
  is_filled = fill (&world, options, progress, user_data, cancellable, error)
              /* Nobody misses invented households: not a word about backups and recovery sheets. */
              && gez_backup_set_unwanted (store, error)
              && gez_recovery_note_write (store, GEZ_RECOVERY_NEVER, error);
  g_object_unref (world.change);
  g_ptr_array_unref (world.contexts);
  g_array_unref (world.partners);
  g_array_unref (world.districts);
  g_array_unref (world.schools);
  g_array_unref (world.files);
  g_rand_free (world.random);
  g_object_unref (world.clock);
  gez_demo_sentences_free (world.sentences);
  g_free (world.today);
  return is_filled;
}
