/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "model/gez-member.h"
#include "model/gez-record-edit.h"

static void
test_who_works_here (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *today = gez_context_dup_today (desk->context);

  g_assert_cmpstr (gez_context_get_member_name (desk->context), ==, "Testa Verzonnen");
  g_assert_cmpstr (gez_context_get_role (desk->context), ==, "casemanager");
  g_assert_cmpstr (gez_context_get_team_name (desk->context), ==, "Testteam");
  g_assert_false (gez_context_is_brugfiguur (desk->context));
  g_assert_cmpstr (today, ==, DESK_TODAY);
}

static void
test_labels (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezLists *lists = gez_context_get_lists (desk->context);
  GezRecord *housing = gez_lists_find_domain (lists, &desk->housing);
  GPtrArray *channels = gez_lists_get_items (lists, "contact_channel");

  g_assert_cmpint (gez_lists_get_domains (lists)->len, ==, 15);
  g_assert_cmpstr (gez_lists_get_label (lists, housing), ==, "Gezonde en betaalbare woning");
  g_assert_cmpstr (gez_lists_get_label (lists, channels->pdata[0]), ==, "Huisbezoek");
  g_assert_cmpstr (gez_lists_get_item_label (lists, "contact_channel", "phone"), ==, "Telefoon");
  g_assert_cmpstr (gez_lists_get_item_label (lists, "contact_channel", "pigeon"), ==, "pigeon");
  g_assert_null (gez_lists_get_item_label (lists, "contact_channel", NULL));
  g_assert_null (gez_lists_get_items (lists, "no_such_list"));
  g_assert_true (gez_lists_is_sensitive (lists, &desk->health));
  g_assert_false (gez_lists_is_sensitive (lists, &desk->housing));
  g_assert_false (gez_lists_is_sensitive (lists, NULL));
  /* What is not known here is treated as sensitive. */
  g_assert_true (gez_lists_is_sensitive (lists, &desk->person));
}

static void
test_language (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezRecord *housing = gez_lists_find_domain (gez_context_get_lists (desk->context),
                                              &desk->housing);
  guint n = 0;

  g_signal_connect_swapped (desk->context, "lists-changed", G_CALLBACK (g_atomic_int_inc), &n);
  gez_context_set_language (desk->context, "en");
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpstr (gez_lists_get_label (gez_context_get_lists (desk->context), housing), ==,
                   "Healthy and affordable home");
  gez_context_set_language (desk->context, "sv");
  g_assert_cmpstr (gez_lists_get_label (gez_context_get_lists (desk->context), housing), ==,
                   "Gezonde en betaalbare woning");
  gez_context_set_language (desk->context, "sv");
  g_assert_cmpint (n, ==, 2);
}

static void
test_scale (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GezChange) change = gez_change_new ("add-anchor");
  g_autoptr (GezContext) later = NULL;
  g_autoptr (GError) error = NULL;
  GezId scale = desk_id (desk, "SELECT id FROM scale"), id = gez_id_new (desk->fixture->clock);
  GezLists *lists;

  gez_change_insert (change, "scale_point", &id, gez_circle_team ());
  gez_change_set_id (change, "scale_id", &scale);
  gez_change_set_id (change, "domain_id", &desk->housing);
  gez_change_set_integer (change, "value", 1);
  gez_change_set_text (change, "label_nl", "Geen dak");
  desk_do (desk, g_steal_pointer (&change));
  later = gez_context_load (desk->fixture->store, &error);
  g_assert_no_error (error);
  lists = gez_context_get_lists (later);
  g_assert_cmpstr (gez_lists_get_scale_label (lists, &desk->housing, 1), ==, "Geen dak");
  g_assert_cmpstr (gez_lists_get_scale_label (lists, &desk->health, 1), ==, "Hier loopt het vast");
  g_assert_cmpstr (gez_lists_get_scale_label (lists, NULL, 1), ==, "Hier loopt het vast");
  g_assert_null (gez_lists_get_scale_label (lists, NULL, 6));
}

static void
changed_cb (gboolean *is_changed)
{
  *is_changed = TRUE;
}

static void
test_lists_follow_the_store (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GezLists) old = g_object_ref (gez_context_get_lists (desk->context));
  GezMemberInput input = { .name = "Els Voorbeeld", .role = "teamleider" };
  gboolean is_changed = FALSE;
  GezId id;

  g_signal_connect_swapped (desk->context, "lists-changed", G_CALLBACK (changed_cb), &is_changed);
  desk_do (desk, gez_record_edit_text (desk->context, "edit-domain", "domain", &desk->housing,
                                       "label_nl", "Wonen"));
  while (!is_changed)
    g_main_context_iteration (NULL, TRUE);
  desk_do (desk, gez_member_add (desk->context, &input, &id));
  while (gez_lists_get_member_name (gez_context_get_lists (desk->context), &id) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (gez_lists_get_label (gez_context_get_lists (desk->context),
                                        gez_lists_find_domain (gez_context_get_lists (desk->context),
                                                               &desk->housing)),
                   ==, "Wonen");
  /* A snapshot stays what it was. */
  g_assert_cmpint (gez_lists_get_members (old)->len, ==, 1);
  g_assert_cmpstr (gez_lists_get_label (old, gez_lists_find_domain (old, &desk->housing)), ==,
                   "Gezonde en betaalbare woning");
}

static void
test_what_left_keeps_its_name (void)
{
  g_autoptr (Desk) desk = desk_new ();
  GezMemberInput input = { .name = "Els Voorbeeld", .role = "teamleider" };
  g_autoptr (GezContext) later = NULL;
  g_autoptr (GError) error = NULL;
  GezId id;

  desk_do (desk, gez_member_add (desk->context, &input, &id));
  desk_do (desk, gez_member_set_active (desk->context, &id, FALSE));
  desk_do (desk, gez_record_edit_text (desk->context, "end-domain", "domain", &desk->housing,
                                       "active_to_on", "2026-03-13"));
  later = gez_context_load (desk->fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gez_lists_get_members (gez_context_get_lists (later))->len, ==, 1);
  g_assert_cmpint (gez_lists_get_domains (gez_context_get_lists (later))->len, ==, 14);
  g_assert_cmpstr (gez_lists_get_member_name (gez_context_get_lists (later), &id), ==,
                   "Els Voorbeeld");
  g_assert_nonnull (gez_lists_find_domain_by_code (gez_context_get_lists (later), "housing"));
}

static void
loaded_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GezContext **) user_data = gez_context_load_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_loading_without_waiting (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GezContext) context = NULL;

  gez_context_load_async (desk->fixture->store, NULL, loaded_cb, &context);
  g_assert_null (context);
  while (context == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (gez_context_get_member_name (context), ==, "Testa Verzonnen");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/context/who-works-here", test_who_works_here);
  g_test_add_func ("/model/context/labels", test_labels);
  g_test_add_func ("/model/context/language", test_language);
  g_test_add_func ("/model/context/scale", test_scale);
  g_test_add_func ("/model/context/lists-follow-the-store", test_lists_follow_the_store);
  g_test_add_func ("/model/context/what-left-keeps-its-name", test_what_left_keeps_its_name);
  g_test_add_func ("/model/context/loading-without-waiting", test_loading_without_waiting);

  return g_test_run ();
}
