/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/gez-record-section.h"

#include <glib/gi18n.h>

#include "common/gez-discretion.h"
#include "common/gez-piecemeal.h"
#include "common/gez-row.h"

/*
 * 1. `rows[i]` shows a record that looks like `shown[i]` says.
 * 2. A row that is gone is removed alone; from the first row that is new or moved on, all rows are
 *    made again. Marking something done, by far the most frequent change, so touches one row.
 * 3. Who had the focus on a row that goes, has it on the row that comes in its place.
 * 4. `looks` says how all rows must look in the end; those that are missing are made piecemeal.
 */
struct _GezRecordSection
{
  GtkWidget parent_instance;

  GezSection *section;
  GPtrArray *rows;  /* of GtkWidget, not owned */
  GPtrArray *shown; /* of char */
  GPtrArray *looks; /* of char */
  GPtrArray *records;
  GtkWidget *more;
  char *today;
  guint limit;
  int refocus; /* the place of the row that had the focus and went, or -1 */
  GezRecordRowFunc make_row;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (GezRecordSection, gez_record_section, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Everything of a record that a row can show. */
static const char * const columns[] = {
  "kind", "id", "household_name", "tab", "day_on", "text", "start_time", "minutes", "place",
  "with_whom", "state", "member_name", "is_overdue", "followup_kind", "is_suggested", "rhythm_days",
  "days_without_news", "partner", "person_name", "saved_at", "question",
};

static char *
describe_look (GezRecord  *record,
               const char *today)
{
  g_autoptr (GString) look = g_string_new (today);

  g_string_append_c (look, gez_discretion_is_active () ? 'h' : 's');
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_string_append_c (look, '\n');
      if (!gez_record_has (record, columns[i]) || gez_record_is_null (record, columns[i]))
        continue;
      if (g_strcmp0 (columns[i], "id") == 0)
        {
          char id[GEZ_ID_TEXT_SIZE];

          gez_id_to_buffer (gez_record_get_id (record), id);
          g_string_append (look, id);
        }
      else if (gez_record_get_text (record, columns[i]) != NULL)
        g_string_append (look, gez_record_get_text (record, columns[i]));
      else
        g_string_append_printf (look, "%" G_GINT64_FORMAT,
                                gez_record_get_integer (record, columns[i]));
    }

  return g_string_free (g_steal_pointer (&look), FALSE);
}

static int
find_focused (GezRecordSection *self)
{
  GtkListBox *list = gez_section_get_list (self->section);
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (list));
  guint index;

  return focused != NULL && g_ptr_array_find (self->rows, focused, &index) ? (int) index : -1;
}

static void
remove_row (GezRecordSection *self,
            guint             index)
{
  gez_section_remove (self->section, g_ptr_array_index (self->rows, index));
  g_ptr_array_remove_index (self->rows, index);
  g_ptr_array_remove_index (self->shown, index);
}

static void
append_row (GezRecordSection *self,
            GezRecord        *record,
            char             *look)
{
  GtkWidget *row = self->make_row (record, self->user_data);

  g_object_set_data_full (G_OBJECT (row), "gez-record", g_object_ref (record), g_object_unref);
  gez_section_append (self->section, row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->shown, look);
}

static void
update_more (GezRecordSection *self)
{
  g_autofree char *text = NULL;

  if (self->more != NULL)
    gez_section_remove (self->section, self->more);
  self->more = NULL;
  if (self->limit == 0 || self->records->len <= self->limit)
    return;

  text = g_strdup_printf (_("Show all %u"), self->records->len);
  self->more = gez_row_new (text, NULL);
  gez_row_set_leads (GEZ_ROW (self->more), TRUE);
  gez_section_append (self->section, self->more);
}

static void
keep_focus (GezRecordSection *self)
{
  if (self->refocus < 0 || self->rows->len == 0)
    return;

  if (find_focused (self) < 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows,
                                              MIN (self->refocus, (int) self->rows->len - 1)));
  self->refocus = -1;
}

static gboolean
append_next (GtkWidget *widget)
{
  GezRecordSection *self = GEZ_RECORD_SECTION (widget);
  guint next = self->rows->len;

  if (next < self->looks->len)
    append_row (self, g_ptr_array_index (self->records, next),
                g_strdup (g_ptr_array_index (self->looks, next)));
  if ((int) next == self->refocus)
    keep_focus (self);
  if (self->rows->len < self->looks->len)
    return TRUE;

  update_more (self);
  keep_focus (self);

  return FALSE;
}

/* Removes what goes, and from the first row that is new or moved on, all rows. */
static void
remove_old_rows (GezRecordSection *self)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  guint same = 0;

  for (guint i = 0; i < self->looks->len; i++)
    g_hash_table_add (wanted, g_ptr_array_index (self->looks, i));
  for (guint i = self->shown->len; i > 0; i--)
    {
      if (!g_hash_table_contains (wanted, g_ptr_array_index (self->shown, i - 1)))
        remove_row (self, i - 1);
    }
  while (same < self->looks->len && same < self->shown->len
         && g_str_equal (g_ptr_array_index (self->shown, same),
                         g_ptr_array_index (self->looks, same)))
    same++;
  while (self->shown->len > same)
    remove_row (self, self->shown->len - 1);
}

static void
update (GezRecordSection *self)
{
  guint n = self->limit > 0 ? MIN (self->limit, self->records->len) : self->records->len;
  int focused = find_focused (self);

  g_ptr_array_set_size (self->looks, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->looks,
                     describe_look (g_ptr_array_index (self->records, i), self->today));
  remove_old_rows (self);
  if (focused >= 0 && find_focused (self) < 0)
    self->refocus = focused;
  if (self->more != NULL && self->rows->len < n)
    {
      gez_section_remove (self->section, self->more);
      self->more = NULL;
    }
  gez_piecemeal_do (GTK_WIDGET (self), append_next);
}

static void
row_activated_cb (GezRecordSection *self,
                  GtkListBoxRow    *row)
{
  GezRecord *record;

  if (GTK_WIDGET (row) == self->more)
    {
      self->limit = 0;
      self->refocus = (int) self->rows->len;
      update (self);
      return;
    }

  record = g_object_get_data (G_OBJECT (row), "gez-record");
  if (record != NULL)
    g_signal_emit (self, signals[OPEN], 0, record);
}

static void
gez_record_section_dispose (GObject *object)
{
  GezRecordSection *self = GEZ_RECORD_SECTION (object);
  GtkWidget *section = GTK_WIDGET (g_steal_pointer (&self->section));

  gez_piecemeal_stop (GTK_WIDGET (self));
  g_ptr_array_set_size (self->rows, 0);
  self->more = NULL;
  g_clear_pointer (&section, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_record_section_parent_class)->dispose (object);
}

static void
gez_record_section_finalize (GObject *object)
{
  GezRecordSection *self = GEZ_RECORD_SECTION (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->looks);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self->today);

  G_OBJECT_CLASS (gez_record_section_parent_class)->finalize (object);
}

static void
gez_record_section_class_init (GezRecordSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_record_section_dispose;
  object_class->finalize = gez_record_section_finalize;

  /**
   * GezRecordSection::open:
   * @record: what the chosen row shows
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_record_section_init (GezRecordSection *self)
{
  self->rows = g_ptr_array_new ();
  self->shown = g_ptr_array_new_with_free_func (g_free);
  self->looks = g_ptr_array_new_with_free_func (g_free);
  self->refocus = -1;
}

/**
 * gez_record_section_new:
 * @title: the heading
 * @limit: most rows before "Show all"; 0 for no limit
 * @make_row: makes a row; it must be activatable to be opened
 * @user_data: for @make_row; it outlives the section
 *
 * Returns: (transfer floating): a section without rows
 */
GtkWidget *
gez_record_section_new (const char       *title,
                        guint             limit,
                        GezRecordRowFunc  make_row,
                        gpointer          user_data)
{
  GezRecordSection *self;

  g_return_val_if_fail (make_row != NULL, NULL);

  self = g_object_new (GEZ_TYPE_RECORD_SECTION, NULL);
  self->limit = limit;
  self->make_row = make_row;
  self->user_data = user_data;
  self->section = GEZ_SECTION (gez_section_new (title));
  gtk_widget_set_parent (GTK_WIDGET (self->section), GTK_WIDGET (self));
  g_signal_connect_object (self->section, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * gez_record_section_get_section:
 * @self: a section of records
 *
 * Returns: (transfer none): the section itself, for its title, its empty sentence and its button
 */
GezSection *
gez_record_section_get_section (GezRecordSection *self)
{
  g_return_val_if_fail (GEZ_IS_RECORD_SECTION (self), NULL);

  return self->section;
}

/**
 * gez_record_section_set_records:
 * @self: a section of records
 * @records: (element-type GezRecord): what to show, in order
 * @today: YYYY-MM-DD; rows may say "3 days late", so that another day makes other rows
 */
void
gez_record_section_set_records (GezRecordSection *self,
                                GPtrArray        *records,
                                const char       *today)
{
  g_return_if_fail (GEZ_IS_RECORD_SECTION (self));
  g_return_if_fail (records != NULL);
  g_return_if_fail (today != NULL);

  g_ptr_array_ref (records);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->records = records;
  g_free (self->today);
  self->today = g_strdup (today);
  update (self);
}
