/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-row.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-acts.h"
#include "agenda/gez-agenda-menu.h"
#include "agenda/gez-agenda-words.h"
#include "common/gez-accessible.h"
#include "common/gez-act.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-row.h"
#include "common/gez-words.h"

/*
 * What the check button of a row needs; it lives as long as the button.
 */
typedef struct
{
  GezContext *context;
  GezRecord *record;
  gboolean is_acting;
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->context);
  g_object_unref (check->record);
  g_free (check);
}

static void
append_part (GString    *line,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static void
append_column (GString    *line,
               GezRecord  *record,
               const char *column)
{
  if (gez_record_has (record, column) && !gez_discretion_is_active ())
    append_part (line, gez_record_get_text (record, column));
}

/* Isolated and after a mark, so that a name from right to left does not turn the line around. */
static void
append_name (GString   *line,
             GezRecord *record)
{
  const char *name = gez_discreet (gez_record_get_text (record, "household_name"));
  g_autofree char *isolated = name == NULL ? NULL : g_strdup_printf ("\u200e\u2068%s\u2069", name);

  append_part (line, isolated);
}

static char *
describe (GezRecord         *record,
          GezAgendaRowParts  parts)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (parts & GEZ_AGENDA_ROW_HOUSEHOLD)
    append_name (line, record);
  append_part (line, gez_agenda_name_kind (record));
  append_column (line, record, "place");
  append_column (line, record, "with_whom");
  if ((parts & GEZ_AGENDA_ROW_MEMBER) && gez_record_has (record, "member_name"))
    append_part (line, gez_record_get_text (record, "member_name"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
set_checked (GtkCheckButton *button,
             gboolean        is_checked,
             GCallback       toggled)
{
  g_signal_handlers_block_matched (button, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, toggled, NULL);
  gtk_check_button_set_active (button, is_checked);
  g_signal_handlers_unblock_matched (button, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, toggled, NULL);
}

static void toggled_cb (GtkCheckButton *button,
                        Check          *check);

/* What could not be saved is not shown as done. */
static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkCheckButton) button = user_data;
  Check *check = g_object_get_data (G_OBJECT (button), "gez-check");

  check->is_acting = FALSE;
  if (gez_act_finish (result) == 0)
    set_checked (button, !gtk_check_button_get_active (button), G_CALLBACK (toggled_cb));
}

static void
toggled_cb (GtkCheckButton *button,
            Check          *check)
{
  gboolean is_done = gtk_check_button_get_active (button);
  const char *state = is_done ? "done" : "open";

  if (check->is_acting)
    {
      set_checked (button, !is_done, G_CALLBACK (toggled_cb));
      return;
    }

  check->is_acting = TRUE; /* and not insensitive: the focus would be lost */
  gez_act_async (GTK_WIDGET (button), check->context,
                 gez_agenda_change_state (check->context, check->record, state),
                 gez_agenda_say_state (check->record, state), acted_cb, g_object_ref (button));
}

static GtkWidget *
make_check (GezContext *context,
            GezRecord  *record)
{
  GtkWidget *button = gtk_check_button_new ();
  Check *check = g_new0 (Check, 1);
  g_autofree char *label = NULL;

  /* Translators: %s is what is to be done. */
  label = g_strdup_printf (_("Done: %s"), gez_discreet (gez_record_get_text (record, "text")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), gez_agenda_is_state (record, "done"));
  gtk_widget_set_sensitive (button, !gez_agenda_is_state (record, "cancelled"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Mark as done"));
  check->context = g_object_ref (context);
  check->record = g_object_ref (record);
  g_object_set_data_full (G_OBJECT (button), "gez-check", check, (GDestroyNotify) check_free);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), check);

  return button;
}

static GtkWidget *
make_icon (void)
{
  GtkWidget *icon = gez_ornament_new ("x-office-calendar-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");

  return icon;
}

static void
add_day_chip (GezRow     *row,
              const char *day,
              const char *today)
{
  g_autofree char *text = gez_format_date_near (day, today);

  gez_row_add_chip (row, text, GEZ_CHIP_NEUTRAL);
}

static void
add_chips (GezRow            *row,
           GezRecord         *record,
           const char        *today,
           GezAgendaRowParts  parts)
{
  const char *day = gez_record_get_text (record, "day_on");
  gboolean has_state = gez_record_has (record, "state");
  const char *state = has_state ? gez_record_get_text (record, "state") : NULL;
  gboolean is_late = !gez_agenda_is_appointment (record) && !gez_agenda_is_over (record)
                     && g_strcmp0 (day, today) < 0;

  if ((parts & GEZ_AGENDA_ROW_DAY) && !is_late)
    add_day_chip (row, day, today);
  if (gez_agenda_is_appointment (record))
    {
      if (state != NULL && !g_str_equal (state, "planned"))
        gez_row_add_chip (row, gez_words_get (GEZ_WORDS_APPOINTMENT_STATE, state),
                          g_str_equal (state, "missed") ? GEZ_CHIP_WARNING : GEZ_CHIP_NEUTRAL);
    }
  else if (gez_agenda_is_state (record, "done"))
    gez_row_add_chip (row, _("done"), GEZ_CHIP_SUCCESS);
  else if (gez_agenda_is_state (record, "cancelled"))
    gez_row_add_chip (row, _("cancelled"), GEZ_CHIP_NEUTRAL);
  else if (is_late)
    {
      g_autofree char *late = gez_format_due (day, today);

      gez_row_add_chip (row, late, GEZ_CHIP_WARNING);
    }
}

/**
 * gez_agenda_row_new:
 * @context: (transfer none): for what is done from the row
 * @record: (transfer none): an appointment or a follow-up, of gez_agenda_query() or
 *   gez_today_query()
 * @today: YYYY-MM-DD
 * @parts: what to tell besides
 *
 * A follow-up has a box to mark it done; both have a menu with what else can be done. Who shows the
 * row decides what choosing it opens.
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
gez_agenda_row_new (GezContext        *context,
                    GezRecord         *record,
                    const char        *today,
                    GezAgendaRowParts  parts)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);
  g_return_val_if_fail (GEZ_IS_RECORD (record), NULL);

  title = gez_agenda_dup_title (record);
  subtitle = describe (record, parts);
  row = gez_row_new (title, subtitle);
  add_chips (GEZ_ROW (row), record, today, parts);
  if (gez_agenda_is_over (record))
    gtk_widget_add_css_class (row, "gez-over");
  if (gez_agenda_is_appointment (record))
    gez_row_add_prefix (GEZ_ROW (row), make_icon ());
  else
    gez_row_add_prefix (GEZ_ROW (row), make_check (context, record));
  gez_row_add_suffix (GEZ_ROW (row), gez_agenda_menu_new (context, record));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

/* Among the referrals of a file, the one that the record is about. */
static char *
describe_place (GezRecord  *record,
                const char *tab)
{
  const GezId *referral = NULL;
  g_autofree char *id = NULL;

  if (g_strcmp0 (gez_record_get_text (record, "kind"), "referral") == 0)
    referral = gez_record_get_id (record);
  else if (gez_record_has (record, "referral_id") && !gez_record_is_null (record, "referral_id"))
    referral = gez_record_get_reference (record, "referral_id");
  if (referral == NULL || !g_str_equal (tab, "referrals"))
    return g_strdup (tab);

  id = gez_id_to_string (referral);
  return g_strconcat (tab, "/", id, NULL);
}

/**
 * gez_record_open:
 * @from: a widget in the window
 * @record: what has `household_id`
 * @tab: the tab of the file where it must be done
 *
 * Opens the file, if the record belongs to one; what is about a referral, at that referral.
 */
void
gez_record_open (GtkWidget  *from,
                 GezRecord  *record,
                 const char *tab)
{
  g_autofree char *household = NULL, *place = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (GEZ_IS_RECORD (record) && tab != NULL);

  if (gez_record_is_null (record, "household_id"))
    return;

  household = gez_id_to_string (gez_record_get_reference (record, "household_id"));
  place = describe_place (record, tab);
  gtk_widget_activate_action (from, "win.open-household-tab", "(ss)", household, place);
}
