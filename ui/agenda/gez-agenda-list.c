/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-list.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-dialog.h"
#include "agenda/gez-agenda-row.h"
#include "base/gez-date.h"
#include "common/gez-clamp-page.h"
#include "common/gez-format.h"
#include "common/gez-piecemeal.h"
#include "common/gez-reader.h"
#include "common/gez-record-section.h"
#include "common/gez-sentence.h"
#include "model/gez-agenda.h"

#define ROWS_PER_SECTION 50
#define ROWS_PER_DAY 10 /* where there are many days */
#define LATE "late"
#define PLANNED "planned"
#define PAST "past"

/*
 * 1. With a range, there is a section per day that has something; with a range of one day that
 *    section is there in any case. Without a range there are three: late, planned, past.
 * 2. A section keeps its widget from one read to the next, so that it keeps its rows too.
 * 3. `groups` is what must be shown, of which the first `n_shown` are; the rest follows piecemeal.
 */
struct _GezAgendaList
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader;
  GezId household;
  GezId member;
  char *from;
  char *to;
  char *today;

  GtkWidget *box;
  GtkWidget *failure;
  GtkWidget *nothing; /* NULL until there is nothing */
  GHashTable *sections; /* key -> GezRecordSection */
  GArray *groups;
  guint n_shown;
  GtkWidget *last;
};

G_DEFINE_FINAL_TYPE (GezAgendaList, gez_agenda_list, GTK_TYPE_WIDGET)

static const char * const tables[] = {
  "appointment", "followup", "household", "helper", "trajectory", "member", NULL,
};

/* Records that stand together below one heading. */
typedef struct
{
  char *key;
  GPtrArray *records;
} Group;

static void
group_clear (Group *group)
{
  g_free (group->key);
  g_ptr_array_unref (group->records);
}

static gboolean
has_range (GezAgendaList *self)
{
  return self->from != NULL;
}

static gboolean
is_one_day (GezAgendaList *self)
{
  return has_range (self) && g_str_equal (self->from, self->to);
}

static GtkWidget *
make_row (GezRecord *record,
          gpointer   user_data)
{
  GezAgendaList *self = user_data;
  GezAgendaRowParts parts = 0;

  if (gez_id_is_none (&self->household))
    parts |= GEZ_AGENDA_ROW_HOUSEHOLD;
  if (gez_id_is_none (&self->member))
    parts |= GEZ_AGENDA_ROW_MEMBER;
  if (!has_range (self))
    parts |= GEZ_AGENDA_ROW_DAY;

  return gez_agenda_row_new (self->context, record, self->today, parts);
}

static GezQuery *
make_query (gpointer widget)
{
  GezAgendaList *self = widget;
  GezAgendaFilter filter = {
    .from_on = has_range (self) ? self->from : "0001-01-01",
    .to_on = has_range (self) ? self->to : "9999-12-31",
    .mine_of = self->member,
    .household = self->household,
    .with_done = TRUE,
  };

  g_free (self->today);
  self->today = gez_context_dup_today (self->context);

  return gez_agenda_query (&filter);
}

static Group *
add_group (GArray     *groups,
           const char *key)
{
  Group group = { g_strdup (key), g_ptr_array_new_with_free_func (g_object_unref) };

  g_array_append_val (groups, group);

  return &g_array_index (groups, Group, groups->len - 1);
}

static void
add_record (Group     *group,
            GezRecord *record)
{
  g_ptr_array_add (group->records, g_object_ref (record));
}

/* What has a time comes before what may be done at any time of the day. */
static void
put_appointments_first (Group *group)
{
  guint n_appointments = 0;

  for (guint i = 0; i < group->records->len; i++)
    {
      GezRecord *record = g_ptr_array_index (group->records, i);

      if (g_strcmp0 (gez_record_get_text (record, "kind"), "appointment") != 0)
        continue;
      record = g_ptr_array_steal_index (group->records, i);
      g_ptr_array_insert (group->records, n_appointments++, record);
    }
}

static GArray *
group_by_day (GezAgendaList *self,
              GPtrArray     *records)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));

  g_array_set_clear_func (groups, (GDestroyNotify) group_clear);
  if (is_one_day (self))
    add_group (groups, self->from);
  for (guint i = 0; i < records->len; i++)
    {
      GezRecord *record = g_ptr_array_index (records, i);
      const char *day = gez_record_get_text (record, "day_on");
      Group *last = groups->len > 0 ? &g_array_index (groups, Group, groups->len - 1) : NULL;

      if (last == NULL || !g_str_equal (last->key, day))
        last = add_group (groups, day);
      add_record (last, record);
    }
  for (guint i = 0; i < groups->len; i++)
    put_appointments_first (&g_array_index (groups, Group, i));

  return groups;
}

static gboolean
is_settled (GezRecord *record)
{
  const char *state = gez_record_get_text (record, "state");

  return g_strcmp0 (state, "open") != 0 && g_strcmp0 (state, "planned") != 0;
}

/* What is planned goes by day; what is past begins with the latest. */
static GArray *
group_by_time (GezAgendaList *self,
               GPtrArray     *records)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));
  static const char * const keys[] = { LATE, PLANNED, PAST };

  g_array_set_clear_func (groups, (GDestroyNotify) group_clear);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_group (groups, keys[i]);
  for (guint i = 0; i < records->len; i++)
    {
      GezRecord *record = g_ptr_array_index (records, i);
      gboolean is_before = strcmp (gez_record_get_text (record, "day_on"), self->today) < 0;

      if (gez_record_get_integer (record, "is_overdue"))
        add_record (&g_array_index (groups, Group, 0), record);
      else if (!is_before && !is_settled (record))
        add_record (&g_array_index (groups, Group, 1), record);
    }
  for (guint i = records->len; i > 0; i--)
    {
      GezRecord *record = g_ptr_array_index (records, i - 1);
      gboolean is_before = strcmp (gez_record_get_text (record, "day_on"), self->today) < 0;

      if ((is_before || is_settled (record)) && !gez_record_get_integer (record, "is_overdue"))
        add_record (&g_array_index (groups, Group, 2), record);
    }

  return groups;
}

static char *
make_title (GezAgendaList *self,
            const char    *key)
{
  g_autofree char *day = NULL;

  if (g_str_equal (key, LATE))
    return g_strdup (_("Late"));
  if (g_str_equal (key, PLANNED))
    return g_strdup (_("Planned"));
  if (g_str_equal (key, PAST))
    return g_strdup (_("Past"));

  if (is_one_day (self) && g_str_equal (key, self->today))
    return g_strdup (_("Today"));

  day = gez_format_date_long (key);

  return g_str_equal (key, self->today) ? g_strdup_printf (_("Today, %s"), day)
                                        : g_steal_pointer (&day);
}

static void
open_cb (GezAgendaList *self,
         GezRecord     *record)
{
  gez_agenda_dialog_present_record (GTK_WIDGET (self), self->context, record);
}

static void
add_cb (GezAgendaList *self)
{
  gez_agenda_dialog_present (GTK_WIDGET (self), self->context,
                             gez_id_is_none (&self->household) ? NULL : &self->household,
                             is_one_day (self) ? self->from : NULL);
}

static gboolean
is_lasting (GezAgendaList *self,
            const char    *key)
{
  return g_str_equal (key, PLANNED) || is_one_day (self);
}

static GezRecordSection *
add_section (GezAgendaList *self,
             const char    *key)
{
  guint limit = has_range (self) && !is_one_day (self) ? ROWS_PER_DAY : ROWS_PER_SECTION;
  GtkWidget *widget = gez_record_section_new ("", limit, make_row, self);
  GezSection *section = gez_record_section_get_section (GEZ_RECORD_SECTION (widget));

  g_signal_connect_object (widget, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  if (is_lasting (self, key))
    {
      gez_section_set_empty (section, is_one_day (self) ? _("Nothing on this day.")
                                                        : _("Nothing planned yet."));
      gez_section_set_add (section, _("Add"));
      g_signal_connect_object (section, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_box_append (GTK_BOX (self->box), widget);
  g_hash_table_insert (self->sections, g_strdup (key), widget);

  return GEZ_RECORD_SECTION (widget);
}

static GtkWidget *
show_group (GezAgendaList *self,
            const Group   *group,
            GtkWidget     *after)
{
  GezRecordSection *section = g_hash_table_lookup (self->sections, group->key);
  g_autofree char *title = make_title (self, group->key);

  if (section == NULL)
    section = add_section (self, group->key);
  gez_section_set_title (gez_record_section_get_section (section), title);
  gez_record_section_set_records (section, group->records, self->today);
  gtk_widget_set_visible (GTK_WIDGET (section),
                          group->records->len > 0 || is_lasting (self, group->key));
  gtk_box_reorder_child_after (GTK_BOX (self->box), GTK_WIDGET (section), after);

  return GTK_WIDGET (section);
}

static void
remove_other_sections (GezAgendaList *self,
                       GArray        *groups)
{
  GHashTableIter iter;
  gpointer key, section;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, &key, &section))
    {
      gboolean is_wanted = FALSE;

      for (guint i = 0; i < groups->len && !is_wanted; i++)
        is_wanted = g_str_equal (g_array_index (groups, Group, i).key, key);
      if (is_wanted)
        continue;
      gtk_box_remove (GTK_BOX (self->box), section);
      g_hash_table_iter_remove (&iter);
    }
}

static void
show_nothing (GezAgendaList *self,
              gboolean       is_nothing)
{
  if (is_nothing && self->nothing == NULL)
    {
      self->nothing = gez_empty_new ("x-office-calendar-symbolic", _("Nothing in this period"),
                                     _("Look at another month, or add something to this one."),
                                     _("Add to the agenda"), "agenda.add");
      gtk_box_append (GTK_BOX (self->box), self->nothing);
    }
  if (self->nothing != NULL)
    gtk_widget_set_visible (self->nothing, is_nothing);
}

static gboolean
show_next (GtkWidget *widget)
{
  GezAgendaList *self = GEZ_AGENDA_LIST (widget);

  if (self->n_shown < self->groups->len)
    self->last = show_group (self, &g_array_index (self->groups, Group, self->n_shown++),
                             self->last);

  return self->n_shown < self->groups->len;
}

static void
show_cb (gpointer      widget,
         gpointer      result,
         const GError *error)
{
  GezAgendaList *self = widget;
  g_autofree char *sentence = error == NULL ? NULL : gez_sentence_for_error (error);

  gtk_label_set_text (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, sentence != NULL);
  if (error != NULL)
    return;

  g_clear_pointer (&self->groups, g_array_unref);
  self->groups = has_range (self) ? group_by_day (self, result) : group_by_time (self, result);
  remove_other_sections (self, self->groups);
  show_nothing (self, self->groups->len == 0);
  self->n_shown = 0;
  self->last = NULL;
  gez_piecemeal_do (GTK_WIDGET (self), show_next);
}

static void
gez_agenda_list_dispose (GObject *object)
{
  GezAgendaList *self = GEZ_AGENDA_LIST (object);

  gez_piecemeal_stop (GTK_WIDGET (self));
  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_hash_table_remove_all (self->sections);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_agenda_list_parent_class)->dispose (object);
}

static void
gez_agenda_list_finalize (GObject *object)
{
  GezAgendaList *self = GEZ_AGENDA_LIST (object);

  g_hash_table_unref (self->sections);
  g_clear_pointer (&self->groups, g_array_unref);
  g_free (self->from);
  g_free (self->to);
  g_free (self->today);

  G_OBJECT_CLASS (gez_agenda_list_parent_class)->finalize (object);
}

static void
gez_agenda_list_class_init (GezAgendaListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_agenda_list_dispose;
  object_class->finalize = gez_agenda_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_agenda_list_init (GezAgendaList *self)
{
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->failure = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->failure), 0);
  gtk_label_set_wrap (GTK_LABEL (self->failure), TRUE);
  gtk_widget_add_css_class (self->failure, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->failure);
}

/**
 * gez_agenda_list_new:
 * @context: (transfer none): what to read, and for what is done from the rows
 * @household: (nullable): only this household; %NULL for all
 *
 * Without a range it shows everything: late, planned and past.
 *
 * Returns: (transfer floating): a list, which reads when it shows
 */
GtkWidget *
gez_agenda_list_new (GezContext  *context,
                     const GezId *household)
{
  GezAgendaList *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_AGENDA_LIST, NULL);
  self->context = g_object_ref (context);
  self->household = household == NULL ? GEZ_ID_NONE : *household;
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_cb);

  return GTK_WIDGET (self);
}

/* A list that does not show costs nothing. */
static void
read_again (GezAgendaList *self)
{
  gez_piecemeal_stop (GTK_WIDGET (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gez_reader_refresh (self->reader);
  else
    gez_reader_invalidate (self->reader);
}

/**
 * gez_agenda_list_set_range:
 * @self: a list
 * @from: (nullable): first day, YYYY-MM-DD; %NULL for everything
 * @to: (nullable): last day, included; %NULL together with @from
 *
 * Shows the days of a period that have something, or one day whether it has or not.
 */
void
gez_agenda_list_set_range (GezAgendaList *self,
                           const char    *from,
                           const char    *to)
{
  g_return_if_fail (GEZ_IS_AGENDA_LIST (self));
  g_return_if_fail ((from == NULL) == (to == NULL));

  if (g_strcmp0 (self->from, from) == 0 && g_strcmp0 (self->to, to) == 0)
    return;

  g_free (self->from);
  g_free (self->to);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  read_again (self);
}

/**
 * gez_agenda_list_set_member:
 * @self: a list
 * @member: (nullable): only what this member holds or owns; %NULL for the whole team
 */
void
gez_agenda_list_set_member (GezAgendaList *self,
                            const GezId   *member)
{
  GezId wanted = member == NULL ? GEZ_ID_NONE : *member;
  g_autoptr (GArray) no_groups = g_array_new (FALSE, FALSE, sizeof (Group));

  g_return_if_fail (GEZ_IS_AGENDA_LIST (self));

  if (gez_id_equal (&self->member, &wanted))
    return;

  self->member = wanted;
  remove_other_sections (self, no_groups); /* whose rows tell, or do not tell, whose they are */
  read_again (self);
}
