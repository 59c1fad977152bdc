/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/gez-flag.h"

#include "base/gez-date.h"
#include "model/gez-command.h"

static char *
months_later (const char *date,
              guint       months)
{
  GDate day;

  if (!gez_date_parse (date, &day))
    return NULL;
  g_date_add_months (&day, months);
  return gez_date_format (&day);
}

/**
 * gez_flag_raise:
 * @input: the fact is known
 * @id: (out) (optional): receives the identity
 *
 * Something that everybody who goes there must know. It ends by itself, so that it is looked at
 * again.
 *
 * Thread: any; it touches no store.
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_flag_raise (GezContext         *context,
                const GezFlagInput *input,
                GezId              *id)
{
  g_autofree char *from_on = NULL;
  g_autofree char *until_on = NULL;
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && input != NULL && input->fact != NULL, NULL);
  g_return_val_if_fail (!gez_id_is_none (input->household_id), NULL);

  from_on = input->from_on ? g_strdup (input->from_on) : gez_context_dup_today (context);
  until_on = input->until_on ? g_strdup (input->until_on) : months_later (from_on, GEZ_FLAG_MONTHS);
  change = gez_change_new ("raise-flag");
  gez_command_insert (context, change, "flag", gez_circle_open (input->household_id), id);
  gez_change_set_id (change, "household_id", input->household_id);
  gez_command_write_text (change, "fact", input->fact);
  gez_command_text (change, "source", input->source);
  gez_change_set_text (change, "from_on", from_on);
  gez_change_set_text (change, "until_on", until_on);
  gez_command_by (context, change, "by_member_id", NULL);
  return change;
}

/**
 * gez_flag_resolve:
 * @reason: (nullable): why it no longer holds, in words
 *
 * Returns: (transfer full): the change
 */
GezChange *
gez_flag_resolve (GezContext  *context,
                  const GezId *flag,
                  const char  *reason)
{
  GezChange *change;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context) && !gez_id_is_none (flag), NULL);

  change = gez_change_new ("resolve-flag");
  gez_change_update (change, "flag", flag);
  gez_command_date (context, change, "resolved_on", NULL);
  gez_command_text (change, "resolved_reason", reason);
  return change;
}
