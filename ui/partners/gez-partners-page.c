/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "partners/gez-partners-page.h"

#include "base/gez-text.h"
#include "common/gez-focus.h"
#include "common/gez-shortcut.h"
#include "partners/gez-partner-dialog.h"
#include "partners/gez-partner-page.h"
#include "partners/gez-partners-list.h"

struct _GezPartnersPage
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId chosen;
  GtkWidget *leaflet;
  GtkWidget *list_side; /* a clamp around the list */
  GtkWidget *list;
  GtkWidget *partner;
  guint idle; /* to follow the fold */
};

G_DEFINE_FINAL_TYPE (GezPartnersPage, gez_partners_page, GTK_TYPE_WIDGET)

enum
{
  PROP_CAN_GO_BACK = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Both fit beside each other where twice this is there, and each alone in the narrowest window. */
#define SIDE_WIDTH 340
#define LIST_WIDTH 380 /* at most, beside a partner */

static gboolean
is_folded (GezPartnersPage *self)
{
  return adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet));
}

static void
show_side (GezPartnersPage *self,
           GtkWidget       *side)
{
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), side);
}

static void
choose (GezPartnersPage *self,
        const GezId     *partner)
{
  self->chosen = partner != NULL ? *partner : GEZ_ID_NONE;
  gez_partner_page_show (GEZ_PARTNER_PAGE (self->partner), partner);
}

static void
chosen_cb (GezPartnersPage *self,
           GezRecord       *partner)
{
  choose (self, gez_record_get_id (partner));
}

static void
opened_cb (GezPartnersPage *self,
           GezRecord       *partner)
{
  choose (self, gez_record_get_id (partner));
  show_side (self, self->partner);
  gtk_widget_grab_focus (self->partner);
}

/* A partner that was taken away leaves an empty place, not its neighbour. */
static void
gone_cb (GezPartnersPage *self)
{
  self->chosen = GEZ_ID_NONE;
  gez_partners_list_choose (GEZ_PARTNERS_LIST (self->list), NULL);
  gez_partners_page_go_back (self);
}

static void
side_changed_cb (GezPartnersPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
}

/* Where the window gets narrower, what one was looking at stays in view. */
static gboolean
follow_fold_cb (gpointer user_data)
{
  GezPartnersPage *self = user_data;
  gboolean folded = is_folded (self);

  self->idle = 0;
  gez_partners_list_set_narrow (GEZ_PARTNERS_LIST (self->list), folded);
  /* Wider than any window that folds; the clamp multiplies it, so not G_MAXINT. */
  adw_clamp_set_maximum_size (ADW_CLAMP (self->list_side), folded ? 4000 : LIST_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->list_side), folded ? 4000 : LIST_WIDTH);
  if (folded)
    show_side (self, gez_id_is_none (&self->chosen) ? self->list_side : self->partner);
  side_changed_cb (self);

  return G_SOURCE_REMOVE;
}

/* The leaflet folds while the window is laid out: what another part of the window does then about
 * its size is lost. */
static void
fold_changed_cb (GezPartnersPage *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (follow_fold_cb, self);
}

static void
add_action_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  const char *name = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  gez_partner_dialog_present_new (widget, GEZ_PARTNERS_PAGE (widget)->context,
                                  gez_text_is_blank (name) ? NULL : name);
}

static void
find_action_cb (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  GezPartnersPage *self = GEZ_PARTNERS_PAGE (widget);

  gez_partners_page_go_back (self);
  gtk_widget_grab_focus (self->list);
}

static gboolean
gez_partners_page_grab_focus (GtkWidget *widget)
{
  GezPartnersPage *self = GEZ_PARTNERS_PAGE (widget);

  return gtk_widget_grab_focus (gez_partners_page_can_go_back (self) ? self->partner : self->list);
}

static void
gez_partners_page_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, gez_partners_page_can_go_back (GEZ_PARTNERS_PAGE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gez_partners_page_dispose (GObject *object)
{
  GezPartnersPage *self = GEZ_PARTNERS_PAGE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->leaflet != NULL)
    g_signal_handlers_disconnect_by_data (self->leaflet, self);
  g_clear_pointer (&self->leaflet, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_partners_page_parent_class)->dispose (object);
}

static void
gez_partners_page_class_init (GezPartnersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gez_partners_page_get_property;
  object_class->dispose = gez_partners_page_dispose;
  widget_class->grab_focus = gez_partners_page_grab_focus;
  gez_focus_class_let_leave (widget_class);

  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean (
    "can-go-back", NULL, NULL, FALSE,
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_install_action (widget_class, "partners.find", NULL, find_action_cb);
  gtk_widget_class_install_action (widget_class, "partners.add", NULL, add_action_cb);
  gtk_widget_class_install_action (widget_class, "partners.add-named", "s", add_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gez_partners_page_init (GezPartnersPage *self)
{
  gez_shortcut_add (GTK_WIDGET (self), "<Control>n", "partners.add");
  gez_shortcut_add (GTK_WIDGET (self), "<Control>f", "partners.find");
}

static void
make_leaflet (GezPartnersPage *self)
{
  AdwLeaflet *leaflet = ADW_LEAFLET (adw_leaflet_new ());
  AdwLeafletPage *separator;

  self->leaflet = GTK_WIDGET (leaflet);
  adw_leaflet_set_fold_threshold_policy (leaflet, ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_leaflet_append (leaflet, self->list_side);
  separator = adw_leaflet_append (leaflet, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_leaflet_page_set_navigatable (separator, FALSE);
  adw_leaflet_append (leaflet, self->partner);
  g_signal_connect_object (leaflet, "notify::folded", G_CALLBACK (fold_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (leaflet, "notify::visible-child", G_CALLBACK (side_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->leaflet, GTK_WIDGET (self));
}

/**
 * gez_partners_page_new:
 * @context: (transfer none): whose social map
 *
 * Returns: (transfer floating): the place
 */
GtkWidget *
gez_partners_page_new (GezContext *context)
{
  GezPartnersPage *self;

  g_return_val_if_fail (GEZ_IS_CONTEXT (context), NULL);

  self = g_object_new (GEZ_TYPE_PARTNERS_PAGE, NULL);
  self->context = g_object_ref (context);
  self->list = gez_partners_list_new (context);
  self->partner = gez_partner_page_new (context);
  self->list_side = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->list_side), LIST_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->list_side), LIST_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (self->list_side), self->list);
  gtk_widget_set_hexpand (self->list_side, FALSE);
  gtk_widget_set_size_request (self->list_side, SIDE_WIDTH, -1);
  gtk_widget_set_size_request (self->partner, SIDE_WIDTH, -1);
  gtk_widget_set_hexpand (self->partner, TRUE);
  g_signal_connect_object (self->list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->partner, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  make_leaflet (self);

  return GTK_WIDGET (self);
}

/**
 * gez_partners_page_open:
 * @self: the place
 * @partner: (nullable): which partner to show; %NULL asks for a new one
 */
void
gez_partners_page_open (GezPartnersPage *self,
                        const GezId     *partner)
{
  g_return_if_fail (GEZ_IS_PARTNERS_PAGE (self));

  if (partner == NULL)
    {
      gez_partner_dialog_present_new (GTK_WIDGET (self), self->context, NULL);
      return;
    }
  choose (self, partner);
  gez_partners_list_choose (GEZ_PARTNERS_LIST (self->list), partner);
  show_side (self, self->partner);
  gtk_widget_grab_focus (self->partner);
}

/**
 * gez_partners_page_can_go_back:
 * @self: the place
 *
 * Returns: whether a partner covers the list
 */
gboolean
gez_partners_page_can_go_back (GezPartnersPage *self)
{
  g_return_val_if_fail (GEZ_IS_PARTNERS_PAGE (self), FALSE);

  return self->leaflet != NULL && is_folded (self)
         && adw_leaflet_get_visible_child (ADW_LEAFLET (self->leaflet)) == self->partner;
}

/**
 * gez_partners_page_go_back:
 * @self: the place
 *
 * From a partner that covers the list to the list; else nothing.
 */
void
gez_partners_page_go_back (GezPartnersPage *self)
{
  g_return_if_fail (GEZ_IS_PARTNERS_PAGE (self));

  if (!gez_partners_page_can_go_back (self))
    return;
  show_side (self, self->list_side);
  gez_partners_list_focus_chosen (GEZ_PARTNERS_LIST (self->list));
}
