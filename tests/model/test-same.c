/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-same.h"
#include "rows.h"

/* One family that is there already; whoever is typed may be one of them. */
typedef struct
{
  MemoryDatabase *memory;
  GezId household;
  GezId person;
} Family;

static void
family_init (Family *self)
{
  self->memory = memory_database_new (NOW, 1);
  self->household = rows_household (self->memory, "Gezin Örnekoğlu");
  self->person = rows_person (self->memory, &self->household, "Çiğdem", "1990-04-03");
  rows_set (self->memory, "person", &self->person, "last_name", GEZ_TEXT, "Yılmaz", "nickname",
            GEZ_TEXT, "Didi", "phones", GEZ_TEXT, "thuis 09 000 11 22; 0470/12.34.56", NULL);
  rows_person (self->memory, &self->household, "Anna", "2015-01-01");
}

static void
family_clear (Family *self)
{
  memory_database_free (self->memory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Family, family_clear)

static void
assert_same (Family          *self,
             const GezSought *sought,
             const char      *expected)
{
  g_autoptr (GPtrArray) found = rows_run (self->memory, gez_same_query (sought, 1, 5));
  g_autofree char *titles = rows_texts (found, "title");

  g_assert_cmpstr (titles, ==, expected);
}

static void
test_persons (void)
{
  static const struct
  {
    GezSought sought;
    const char *found;
  } cases[] = {
    { { FALSE, "Cigdem Yilmaz", NULL, NULL }, "Çiğdem Yılmaz" },
    { { FALSE, "yilmaz cig", NULL, NULL }, "Çiğdem Yılmaz" },
    { { FALSE, "Didi Yılmaz", NULL, NULL }, "Çiğdem Yılmaz" },
    { { FALSE, "Çiğdem De Voorbeeld-Yılmaz", NULL, NULL }, "Çiğdem Yılmaz" },
    { { FALSE, "Çiğdem", NULL, NULL }, "" },
    { { FALSE, "Çiğdem", "1990-04-03", NULL }, "Çiğdem Yılmaz" },
    { { FALSE, "didi", "1990-04-03", NULL }, "Çiğdem Yılmaz" },
    { { FALSE, "Iemand", "1990-04-03", NULL }, "" },
    { { FALSE, NULL, "1990-04-03", NULL }, "" },
    { { FALSE, NULL, NULL, "+32 470 12 34 56" }, "Çiğdem Yılmaz" },
    { { FALSE, "Iemand Anders", NULL, "0032 9 000 11 22" }, "Çiğdem Yılmaz" },
    { { FALSE, NULL, NULL, "0470" }, "" },
    { { FALSE, "de van", NULL, NULL }, "" },
    { { FALSE, "\"* (", NULL, "geen" }, "" },
  };
  g_auto (Family) self = { NULL };

  family_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_same (&self, &cases[i].sought, cases[i].found);
}

static void
test_households (void)
{
  static const struct
  {
    const char *name;
    const char *found;
  } cases[] = {
    { "Fam. Ornekoglu", "Gezin Örnekoğlu" }, { "ornek", "Gezin Örnekoğlu" },
    { "Yılmaz", "Çiğdem Yılmaz" },           { "Gezin Yilmaz Çiğdem", "Çiğdem Yılmaz" },
    { "Gezin", "Gezin Örnekoğlu" },          { "Gezin Anders", "" },
    { "", "" },
  };
  g_auto (Family) self = { NULL };

  family_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_same (&self, &(GezSought) { TRUE, cases[i].name, NULL, NULL }, cases[i].found);
}

static void
test_how (void)
{
  const GezSought sought[] = { { TRUE, "Yılmaz", NULL, NULL },
                               { FALSE, "Didi", "1990-04-03", "0470 123456" } };
  g_auto (Family) self = { NULL };
  g_autoptr (GPtrArray) found = NULL;

  family_init (&self);
  found = rows_run (self.memory, gez_same_query (sought + 1, 1, 5));
  g_assert_cmpint (found->len, ==, 1);
  g_assert_cmpint (gez_record_get_integer (found->pdata[0], "has_name"), ==, 1);
  g_assert_cmpint (gez_record_get_integer (found->pdata[0], "has_birth"), ==, 1);
  g_assert_cmpint (gez_record_get_integer (found->pdata[0], "has_phone"), ==, 1);
  g_ptr_array_unref (found);
  found = rows_run (self.memory, gez_same_query (sought, 2, 5));
  g_assert_cmpint (found->len, ==, 1);
  g_assert_cmpint (gez_record_get_integer (found->pdata[0], "has_phone"), ==, 1);
}

static void
test_withdrawn (void)
{
  const GezSought sought = { TRUE, "Örnekoğlu", NULL, NULL };
  const GezSought person = { FALSE, "Çiğdem Yılmaz", NULL, NULL };
  g_auto (Family) self = { NULL };

  family_init (&self);
  rows_withdraw (self.memory, "person", &self.person);
  assert_same (&self, &person, "");
  rows_withdraw (self.memory, "household", &self.household);
  assert_same (&self, &sought, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/same/persons", test_persons);
  g_test_add_func ("/same/households", test_households);
  g_test_add_func ("/same/how", test_how);
  g_test_add_func ("/same/withdrawn", test_withdrawn);
  return g_test_run ();
}
