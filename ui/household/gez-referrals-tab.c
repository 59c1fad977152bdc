/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-referrals-tab.h"

#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-reader.h"
#include "common/gez-section.h"
#include "household/gez-referral-dialog.h"
#include "household/gez-referral-event-dialog.h"
#include "household/gez-referral-row.h"
#include "model/gez-referral-list.h"

#include <glib/gi18n.h>

struct _GezReferralsTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GHashTable *open; /* identities of the referrals that are unfolded */
  GezId wanted;     /* where the focus goes once its row is there; none: nowhere */

  GtkWidget *page;
  GtkWidget *waiting;
  GtkWidget *ended;
};

G_DEFINE_FINAL_TYPE (GezReferralsTab, gez_referrals_tab, GTK_TYPE_WIDGET)

static const char * const tables[] = { "referral", "referral_event", "partner", "person",
                                       "domain", "member", NULL };

static void
add_event_cb (GezReferralsTab *self,
              GezReferralRow  *row)
{
  gez_referral_event_dialog_present (GTK_WIDGET (self), self->context,
                                     gez_record_get_id (gez_referral_row_get_referral (row)));
}

static void
row_activated_cb (GezReferralsTab *self,
                  GtkListBoxRow   *list_row)
{
  GezReferralRow *row = GEZ_REFERRAL_ROW (list_row);
  const GezId *id = gez_record_get_id (gez_referral_row_get_referral (row));
  gboolean open = !gez_referral_row_is_open (row);

  gez_referral_row_set_open (row, open);
  if (open)
    g_hash_table_add (self->open, gez_id_copy (id));
  else
    g_hash_table_remove (self->open, id);
}

static GtkWidget *
make_row (GezReferralsTab *self,
          GezRecord       *referral,
          GPtrArray       *events)
{
  GtkWidget *row = gez_referral_row_new (self->context, referral, events);

  gez_referral_row_set_open (GEZ_REFERRAL_ROW (row),
                             g_hash_table_contains (self->open, gez_record_get_id (referral)));
  g_signal_connect_object (row, "add-event", G_CALLBACK (add_event_cb), self, G_CONNECT_SWAPPED);

  return row;
}

/* Scrolling to a row needs its height. */
static gboolean
go_cb (GtkWidget     *row,
       GdkFrameClock *clock,
       gpointer       user_data)
{
  GtkWidget *tab = gtk_widget_get_ancestor (row, GEZ_TYPE_REFERRALS_TAB);

  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;

  GEZ_REFERRALS_TAB (tab)->wanted = GEZ_ID_NONE;
  gtk_widget_grab_focus (row);

  return G_SOURCE_REMOVE;
}

static GtkWidget *
find_row (GezReferralsTab *self,
          const GezId     *referral)
{
  GtkWidget *sections[] = { self->waiting, self->ended };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      GtkListBox *list = gez_section_get_list (GEZ_SECTION (sections[i]));
      GtkListBoxRow *row;

      for (int j = 0; (row = gtk_list_box_get_row_at_index (list, j)) != NULL; j++)
        {
          GezRecord *record = gez_referral_row_get_referral (GEZ_REFERRAL_ROW (row));

          if (gez_id_equal (gez_record_get_id (record), referral))
            return GTK_WIDGET (row);
        }
    }

  return NULL;
}

static void
go_to_wanted (GezReferralsTab *self)
{
  GtkWidget *row = gez_id_is_none (&self->wanted) ? NULL : find_row (self, &self->wanted);

  if (row != NULL)
    gtk_widget_add_tick_callback (row, go_cb, NULL, NULL);
}

/* The rows are made again: whoever was on one of them stays there. */
static void
keep_focus (GezReferralsTab *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
      || !gez_id_is_none (&self->wanted))
    return;

  row = GEZ_IS_REFERRAL_ROW (focus) ? focus
                                    : gtk_widget_get_ancestor (focus, GEZ_TYPE_REFERRAL_ROW);
  if (row != NULL)
    self->wanted = *gez_record_get_id (gez_referral_row_get_referral (GEZ_REFERRAL_ROW (row)));
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_referral_list_query (&GEZ_REFERRALS_TAB (widget)->household);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezReferralsTab *self = widget;
  GPtrArray *referrals;

  if (result == NULL)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }

  keep_focus (self);
  gez_section_clear (GEZ_SECTION (self->waiting));
  gez_section_clear (GEZ_SECTION (self->ended));
  referrals = gez_view_get_list (result, "referrals");
  for (guint i = 0; i < referrals->len; i++)
    {
      GezRecord *referral = referrals->pdata[i];
      gboolean is_waiting = gez_record_get_integer (referral, "is_waiting") != 0;

      gez_section_append (GEZ_SECTION (is_waiting ? self->waiting : self->ended),
                          make_row (self, referral, gez_view_get_list (result, "events")));
    }
  gtk_widget_set_visible (self->ended, gez_section_get_n_rows (GEZ_SECTION (self->ended)) > 0);
  go_to_wanted (self);
}

static void
gez_referrals_tab_dispose (GObject *object)
{
  GezReferralsTab *self = GEZ_REFERRALS_TAB (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_referrals_tab_parent_class)->dispose (object);
}

static void
gez_referrals_tab_finalize (GObject *object)
{
  g_hash_table_unref (GEZ_REFERRALS_TAB (object)->open);

  G_OBJECT_CLASS (gez_referrals_tab_parent_class)->finalize (object);
}

static void
gez_referrals_tab_class_init (GezReferralsTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_referrals_tab_dispose;
  object_class->finalize = gez_referrals_tab_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_referrals_tab_init (GezReferralsTab *self)
{
  self->open = g_hash_table_new_full (gez_id_hash, gez_id_equal, g_free, NULL);
}

static GtkWidget *
make_content (GezReferralsTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->waiting = gez_section_new (_("On their way"));
  gez_section_set_empty (GEZ_SECTION (self->waiting),
                         _("Nothing is on its way. Refer when somebody else can help better, "
                           "and go along when you can."));
  gez_section_set_add (GEZ_SECTION (self->waiting), _("Refer"));
  g_signal_connect_object (self->waiting, "add", G_CALLBACK (gez_referrals_tab_start), self,
                           G_CONNECT_SWAPPED);
  self->ended = gez_section_new (_("Ended"));
  gtk_widget_set_visible (self->ended, FALSE);
  g_signal_connect_object (self->waiting, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ended, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (content), self->waiting);
  gtk_box_append (GTK_BOX (content), self->ended);

  return content;
}

/**
 * gez_referrals_tab_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): the tab; it reads when it shows
 */
GtkWidget *
gez_referrals_tab_new (GezContext  *context,
                       const GezId *household)
{
  GezReferralsTab *self = g_object_new (GEZ_TYPE_REFERRALS_TAB, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->page = gez_clamp_page_new (make_content (self), 860);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);

  return GTK_WIDGET (self);
}

/**
 * gez_referrals_tab_start:
 * @self: the tab
 *
 * Opens the form that refers.
 */
void
gez_referrals_tab_start (GezReferralsTab *self)
{
  g_return_if_fail (GEZ_IS_REFERRALS_TAB (self));

  gez_referral_dialog_present (GTK_WIDGET (self), self->context, &self->household, NULL);
}

/**
 * gez_referrals_tab_show:
 * @self: the tab
 * @referral: one of its referrals
 *
 * Unfolds it and goes there, now or as soon as it is read.
 */
void
gez_referrals_tab_show (GezReferralsTab *self,
                        const GezId     *referral)
{
  GtkWidget *row;

  g_return_if_fail (GEZ_IS_REFERRALS_TAB (self));
  g_return_if_fail (referral != NULL);

  self->wanted = *referral;
  g_hash_table_add (self->open, gez_id_copy (referral));
  row = find_row (self, referral);
  if (row != NULL)
    gez_referral_row_set_open (GEZ_REFERRAL_ROW (row), TRUE);
  go_to_wanted (self);
}
