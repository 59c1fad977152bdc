/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drafts/gez-draft-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "agenda/gez-agenda-row.h"
#include "common/gez-act.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-row.h"
#include "model/gez-draft-list.h"

#define LONGEST_EXCERPT 120 /* characters */
#define DOMAIN "domain:"

/* A draft that was thrown away, to put back. */
typedef struct
{
  GezStore *store;
  GezId subject;
  char *place;
  char *content;
} Thrown;

static void
thrown_free (gpointer data)
{
  Thrown *thrown = data;

  g_object_unref (thrown->store);
  g_free (thrown->place);
  g_free (thrown->content);
  g_free (thrown);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GtkWidget) from = data;
  g_autoptr (GError) error = NULL;

  if (!gez_store_save_draft_finish (GEZ_STORE (source), result, &error)
      && gtk_widget_get_root (from) != NULL)
    gez_say_error (from, error);
}

static void
put_back (GtkWidget *window,
          gpointer   data)
{
  Thrown *thrown = data;

  gez_store_save_draft_async (thrown->store, thrown->place, &thrown->subject, thrown->content,
                              saved_cb, g_object_ref (window));
}

static void
throw_away_cb (GtkWidget *row)
{
  GezContext *context = g_object_get_data (G_OBJECT (row), "gez-context");
  GezRecord *draft = g_object_get_data (G_OBJECT (row), "gez-draft");
  Thrown *thrown = g_new0 (Thrown, 1);

  thrown->store = g_object_ref (gez_context_get_store (context));
  thrown->subject = *gez_record_get_id (draft);
  thrown->place = g_strdup (gez_record_get_text (draft, "place"));
  thrown->content = g_strdup (gez_record_get_text (draft, "content"));
  gez_store_save_draft_async (thrown->store, thrown->place, &thrown->subject, NULL, saved_cb,
                              g_object_ref (row));
  gez_act_local (row, context, _("Draft thrown away"), put_back, thrown, thrown_free);
}

static gboolean
is_partner (GezRecord *draft)
{
  return g_strcmp0 (gez_record_get_text (draft, "place"), GEZ_DRAFT_PARTNER) == 0;
}

static char *
name_form (GezContext *context,
           GezRecord  *draft)
{
  const char *place = gez_record_get_text (draft, "place");
  const char *form = gez_record_get_text (draft, "form");
  GezLists *lists = gez_context_get_lists (context);
  GezRecord *domain = NULL;

  if (is_partner (draft))
    return g_strdup (_("Partner"));
  if (g_strcmp0 (form, "goal") == 0)
    return g_strdup (_("Goal or step"));
  if (g_strcmp0 (form, "trajectory") == 0)
    return g_strdup (_("Trajectory"));
  if (g_strcmp0 (place, "journal") == 0)
    return g_strdup (_("Contact for the journal"));
  if (g_str_has_prefix (place, DOMAIN))
    domain = gez_lists_find_domain_by_code (lists, place + strlen (DOMAIN));
  return g_strdup (domain != NULL ? gez_lists_get_short_label (lists, domain) : _("Draft"));
}

static void
find_longest (GVariant   *value,
              char      **longest)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      const char *text = g_variant_get_string (value, NULL);
      g_autoptr (GVariant) inner = *text == '{' ? g_variant_parse (NULL, text, NULL, NULL, NULL)
                                                : NULL;

      if (inner != NULL)
        find_longest (inner, longest);
      else if (*longest == NULL || strlen (text) > strlen (*longest))
        {
          g_free (*longest);
          *longest = g_strdup (text);
        }
    }
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_DICT_ENTRY))
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (value, 1);

      find_longest (entry, longest);
    }
  else if (g_variant_is_container (value))
    for (gsize i = 0; i < g_variant_n_children (value); i++)
      {
        g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

        find_longest (child, longest);
      }
}

/* Every form writes its own draft; what somebody typed is the longest text in any of them. */
static char *
make_excerpt (const char *content)
{
  g_autoptr (GVariant) variant = g_variant_parse (NULL, content, NULL, NULL, NULL);
  g_autofree char *longest = NULL;
  g_autofree char *cut = NULL;

  if (variant != NULL)
    find_longest (variant, &longest);
  if (longest == NULL)
    return g_strdup ("");
  g_strdelimit (longest, "\r\n\t", ' ');
  g_strstrip (longest);
  if (g_utf8_strlen (longest, -1) <= LONGEST_EXCERPT)
    return g_steal_pointer (&longest);
  cut = g_utf8_substring (longest, 0, LONGEST_EXCERPT);
  return g_strconcat (cut, "…", NULL);
}

static void
add_throw_away (GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %1$s is what the button does ("Rename"), %2$s the name of a filter. */
  g_autofree char *label = g_strdup_printf (_("%1$s: %2$s"), _("Throw the draft away"),
                                            gez_row_get_title (GEZ_ROW (row)));

  gtk_widget_set_tooltip_text (button, _("Throw the draft away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (throw_away_cb), row, G_CONNECT_SWAPPED);
  gez_row_add_suffix (GEZ_ROW (row), button);
}

/**
 * gez_draft_row_new:
 * @context: of the open store
 * @draft: of gez_draft_list_query()
 * @today: the day of today
 *
 * Returns: (transfer floating): a row that can be activated when the draft belongs to a household or
 *   to the social map
 */
GtkWidget *
gez_draft_row_new (GezContext *context,
                   GezRecord  *draft,
                   const char *today)
{
  const char *household = gez_discreet (gez_record_get_text (draft, "household_name"));
  g_autofree char *form = name_form (context, draft);
  g_autofree char *written = make_excerpt (gez_record_get_text (draft, "content"));
  const char *excerpt = gez_discreet (written);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", form, *excerpt != '\0' ? " · " : "", excerpt);
  g_autofree char *day = gez_format_date_near (gez_record_get_text (draft, "day_on"), today);
  g_autofree char *time = gez_format_time (gez_record_get_text (draft, "at"));
  g_autofree char *when = g_strdup_printf ("%s %s", day, time);
  GtkWidget *row = gez_row_new (household != NULL ? household : form,
                                household != NULL ? subtitle : excerpt);

  gez_row_set_lines (GEZ_ROW (row), 1, 2);
  gez_row_add_chip (GEZ_ROW (row), when, GEZ_CHIP_NEUTRAL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), household != NULL || is_partner (draft));
  g_object_set_data_full (G_OBJECT (row), "gez-context", g_object_ref (context), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "gez-draft", g_object_ref (draft), g_object_unref);
  add_throw_away (row);
  return row;
}

static void
open_partner (GtkWidget  *from,
              GezContext *context,
              GezRecord  *draft)
{
  const GezId *subject = gez_record_get_id (draft);
  gboolean is_new = gez_id_equal (subject, gez_context_get_member_id (context));
  g_autofree char *id = is_new ? g_strdup ("") : gez_id_to_string (subject);

  gtk_widget_activate_action (from, "win.open-partner", "s", id);
}

/**
 * gez_draft_open:
 * @from: a widget in the window
 * @context: of the open store
 * @draft: of gez_draft_list_query()
 *
 * Goes to where it can be finished.
 */
void
gez_draft_open (GtkWidget  *from,
                GezContext *context,
                GezRecord  *draft)
{
  const char *tab = gez_record_get_text (draft, "tab");

  g_return_if_fail (GTK_IS_WIDGET (from));

  if (is_partner (draft))
    open_partner (from, context, draft);
  else
    gez_record_open (from, draft, tab != NULL ? tab : "overview");
}
