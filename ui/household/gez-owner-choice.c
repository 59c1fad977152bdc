/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-owner-choice.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *column;
} owners[GEZ_OWNER_N] = {
  [GEZ_OWNER_PERSON] = { "person", "owner_person_id" },
  [GEZ_OWNER_HELPER] = { "helper", "owner_helper_id" },
  [GEZ_OWNER_MEMBER] = { "member", "owner_member_id" },
  [GEZ_OWNER_PARTNER] = { "partner", "owner_partner_id" },
};

static char *
make_code (GezOwnerKind kind,
           const GezId *id)
{
  char text[GEZ_ID_TEXT_SIZE];

  gez_id_to_buffer (id, text);

  return g_strdup_printf ("%s %s", owners[kind].name, text);
}

static void
add_people (GezChoiceRow *row,
            GPtrArray    *people,
            const char   *name_column,
            GezOwnerKind  kind)
{
  for (guint i = 0; i < people->len; i++)
    {
      GezRecord *record = g_ptr_array_index (people, i);
      const char *name = gez_record_get_text (record, name_column);
      g_autofree char *code = make_code (kind, gez_record_get_id (record));

      if (name != NULL)
        gez_choice_row_add (row, code, name);
    }
}

static void
add_team (GezChoiceRow *row,
          GezContext   *context)
{
  GPtrArray *members = gez_lists_get_members (gez_context_get_lists (context));

  for (guint i = 0; i < members->len; i++)
    {
      GezRecord *member = g_ptr_array_index (members, i);
      g_autofree char *code = make_code (GEZ_OWNER_MEMBER, gez_record_get_id (member));
      /* Translators: a colleague who can take a step. */
      g_autofree char *label = g_strdup_printf (_("%s (team)"),
                                                gez_record_get_text (member, "name"));

      gez_choice_row_add (row, code, label);
    }
}

/**
 * gez_owner_choice_fill:
 * @row: a row without choices
 * @context: where we work
 * @network: what gez_network_view_query() gave
 */
void
gez_owner_choice_fill (GezChoiceRow *row,
                       GezContext   *context,
                       GezView      *network)
{
  g_return_if_fail (GEZ_IS_CHOICE_ROW (row));
  g_return_if_fail (GEZ_IS_VIEW (network));

  gez_choice_row_add (row, NULL, _("Nobody yet"));
  add_people (row, gez_view_get_list (network, "members"), "name", GEZ_OWNER_PERSON);
  add_people (row, gez_view_get_list (network, "network"), "helper_name", GEZ_OWNER_HELPER);
  add_people (row, gez_view_get_list (network, "professionals"), "helper_name", GEZ_OWNER_HELPER);
  add_team (row, context);
}

/**
 * gez_owner_choice_of_step:
 * @step: a step
 *
 * Returns: (transfer full) (nullable): the choice that stands for who takes it; %NULL for nobody
 */
char *
gez_owner_choice_of_step (GezRecord *step)
{
  g_return_val_if_fail (GEZ_IS_RECORD (step), NULL);

  for (int kind = GEZ_OWNER_PERSON; kind < GEZ_OWNER_N; kind++)
    if (!gez_record_is_null (step, owners[kind].column))
      return make_code (kind, gez_record_get_reference (step, owners[kind].column));

  return NULL;
}

/**
 * gez_owner_choice_read:
 * @code: (nullable): a choice
 * @id: (out): who; none for nobody
 *
 * Returns: what kind of somebody was chosen
 */
GezOwnerKind
gez_owner_choice_read (const char *code,
                       GezId      *id)
{
  const char *space;

  g_return_val_if_fail (id != NULL, GEZ_OWNER_NOBODY);

  *id = GEZ_ID_NONE;
  space = code != NULL ? strchr (code, ' ') : NULL;
  if (space == NULL || !gez_id_parse (space + 1, id))
    return GEZ_OWNER_NOBODY;

  for (int kind = GEZ_OWNER_PERSON; kind < GEZ_OWNER_N; kind++)
    if (strncmp (code, owners[kind].name, (gsize) (space - code)) == 0)
      return kind;

  return GEZ_OWNER_NOBODY;
}
