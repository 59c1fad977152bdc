/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/gez-search-row.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"

typedef struct
{
  const char *kind;
  const char *heading;
  const char *icon;
} Kind;

static const Kind kinds[] = {
  { "household", N_("Households"), "system-users-symbolic" },
  { "person", N_("Persons"), "avatar-default-symbolic" },
  { "note", N_("Journal"), "text-x-generic-symbolic" },
  { "question", N_("Journal"), "dialog-question-symbolic" },
  { "goal", N_("Goals"), "starred-symbolic" },
  { "document", N_("Documents"), "x-office-document-symbolic" },
  { "partner", N_("Partners"), "x-office-address-book-symbolic" },
};

static const Kind *
find_kind (GezRecord *result)
{
  const char *kind = gez_record_get_text (result, "kind");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return &kinds[0];
}

/* The social map holds nothing of a family. */
static const char *
get_words (GezRecord  *result,
           const char *column)
{
  const char *words = gez_record_get_text (result, column);

  return g_strcmp0 (gez_record_get_text (result, "kind"), "partner") == 0 ? words : gez_discreet (words);
}

/* What was found: in a document its labels, which the store keeps with a sign between them. */
static char *
dup_found (GezRecord *result)
{
  const char *found = get_words (result, "snippet");
  g_auto (GStrv) labels = NULL;

  if (found == NULL || g_strcmp0 (gez_record_get_text (result, "kind"), "document") != 0)
    return g_strdup (found);
  labels = g_strsplit (found, ";", -1);
  return g_strjoinv (", ", labels);
}

static char *
make_subtitle (GezRecord *result)
{
  const char *kind = gez_record_get_text (result, "kind");
  const char *household = get_words (result, "household_name");
  g_autofree char *found = dup_found (result);

  if ((g_strcmp0 (kind, "person") != 0 && g_strcmp0 (kind, "document") != 0) || household == NULL)
    return g_strdup (found);
  return found == NULL ? g_strdup (household) : g_strdup_printf ("%s · %s", household, found);
}

/**
 * gez_search_row_new:
 * @result: of gez_search_query()
 * @today: the day of today
 *
 * Returns: (transfer floating): a row that shows it
 */
GtkWidget *
gez_search_row_new (GezRecord  *result,
                    const char *today)
{
  const Kind *kind = find_kind (result);
  const char *title = get_words (result, "marked");
  g_autofree char *subtitle = make_subtitle (result);
  g_autofree char *day = gez_format_date_near (gez_record_get_text (result, "day_on"), today);
  GtkWidget *icon = gez_ornament_new (kind->icon);
  GtkWidget *row = gez_row_new (NULL, NULL);

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(kind->heading), -1);
  gez_row_add_prefix (GEZ_ROW (row), icon);
  gez_row_set_lines (GEZ_ROW (row), 1, 2);
  gez_row_set_marked (GEZ_ROW (row), title != NULL ? title : _("Without a file"), subtitle);
  if (*day != '\0')
    gez_row_add_chip (GEZ_ROW (row), day, GEZ_CHIP_NEUTRAL);
  g_object_set_data_full (G_OBJECT (row), "gez-result", g_object_ref (result), g_object_unref);
  return row;
}

/**
 * gez_search_row_get:
 * @row: what gez_search_row_new() made
 *
 * Returns: (transfer none): the result that it shows
 */
GezRecord *
gez_search_row_get (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "gez-result");
}

/**
 * gez_search_row_get_kind:
 * @result: of gez_search_query()
 *
 * Returns: (transfer none): what results of its kind stand under, in words
 */
const char *
gez_search_row_get_kind (GezRecord *result)
{
  return _(find_kind (result)->heading);
}
