/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "partners/gez-partner-choices.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-reader.h"
#include "common/gez-wrap-layout.h"
#include "model/gez-partner-list.h"

struct _GezPartnerChoices
{
  GtkWidget parent_instance;

  GezContext *context;
  GezReader *reader; /* of the areas */
  GtkWidget *box;
  GtkDropDown *domain;
  GtkDropDown *area;
};

G_DEFINE_FINAL_TYPE (GezPartnerChoices, gez_partner_choices, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define CHOICE_CHARS 16

static const char * const tables[] = { "partner", NULL };

static void
chosen_cb (GezPartnerChoices *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static const char *
get_area (GezPartnerChoices *self)
{
  GtkStringList *areas = GTK_STRING_LIST (gtk_drop_down_get_model (self->area));
  guint selected = gtk_drop_down_get_selected (self->area);

  return selected == 0 || selected == GTK_INVALID_LIST_POSITION
           ? NULL
           : gtk_string_list_get_string (areas, selected);
}

static GezQuery *
make_areas_query (gpointer widget)
{
  return gez_partner_areas_query ();
}

/* The chosen area stays chosen as long as there is a partner in it. */
static void
show_areas (gpointer      widget,
            gpointer      result,
            const GError *error)
{
  GezPartnerChoices *self = widget;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *before = g_strdup (get_area (self));
  GPtrArray *areas = result;
  guint selected = 0;

  /* The list itself says why nothing can be read. */
  if (areas == NULL)
    return;

  gtk_string_list_append (list, _("All areas"));
  for (guint i = 0; i < areas->len; i++)
    {
      const char *area = gez_record_get_text (g_ptr_array_index (areas, i), "area");

      gtk_string_list_append (list, area);
      if (g_strcmp0 (area, before) == 0)
        selected = i + 1;
    }
  g_signal_handlers_block_by_func (self->area, chosen_cb, self);
  gtk_drop_down_set_model (self->area, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->area, selected);
  g_signal_handlers_unblock_by_func (self->area, chosen_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->area), areas->len > 0);
  if (before != NULL && selected == 0)
    chosen_cb (self);
}

static void
setup_choice_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHOICE_CHARS);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_choice_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (list_item));
  GtkWidget *label = gtk_list_item_get_child (list_item);
  GtkWidget *row = gtk_widget_get_parent (label);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* What a team writes itself can be long: unlike that of GTK, this list cuts it. */
static GtkDropDown *
make_choice (GezPartnerChoices *self,
             const char      *first,
             const char      *label)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const char *strings[] = { first, NULL };
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (strings)), NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_choice_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_choice_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), factory);
  g_object_unref (factory);
  gez_accessible_set_name (choice, label);
  gtk_widget_set_tooltip_text (choice, label);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_DROP_DOWN (choice);
}

static void
fill_domains (GezPartnerChoices *self)
{
  GezLists *lists = gez_context_get_lists (self->context);
  GPtrArray *domains = gez_lists_get_domains (lists);
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->domain));

  for (guint i = 0; i < domains->len; i++)
    gtk_string_list_append (list,
                            gez_lists_get_short_label (lists, g_ptr_array_index (domains, i)));
}

static void
gez_partner_choices_dispose (GObject *object)
{
  GezPartnerChoices *self = GEZ_PARTNER_CHOICES (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_partner_choices_parent_class)->dispose (object);
}

static void
gez_partner_choices_class_init (GezPartnerChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_partner_choices_dispose;

  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_PARTNER_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_partner_choices_init (GezPartnerChoices *self)
{
}

/**
 * gez_partner_choices_new:
 * @context: (transfer none): whose domains and partners
 *
 * Returns: (transfer floating): the choices, nothing chosen
 */
GtkWidget *
gez_partner_choices_new (GezContext *context)
{
  GezPartnerChoices *self = g_object_new (GEZ_TYPE_PARTNER_CHOICES, NULL);

  self->context = g_object_ref (context);
  self->box = gez_wrap_box_new (6, 6);
  self->domain = make_choice (self, _("All domains"), _("Life domain"));
  fill_domains (self);
  self->area = make_choice (self, _("All areas"), _("Area"));
  gtk_widget_set_visible (GTK_WIDGET (self->area), FALSE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->domain));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->area));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_areas_query, show_areas);

  return GTK_WIDGET (self);
}

/**
 * gez_partner_choices_get_domain:
 * @self: the choices
 *
 * Returns: (transfer none) (nullable): code of the chosen domain; %NULL: all of them
 */
const char *
gez_partner_choices_get_domain (GezPartnerChoices *self)
{
  GPtrArray *domains;
  guint selected;

  g_return_val_if_fail (GEZ_IS_PARTNER_CHOICES (self), NULL);

  domains = gez_lists_get_domains (gez_context_get_lists (self->context));
  selected = gtk_drop_down_get_selected (self->domain);
  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || selected > domains->len)
    return NULL;

  return gez_record_get_text (g_ptr_array_index (domains, selected - 1), "code");
}

/**
 * gez_partner_choices_get_area:
 * @self: the choices
 *
 * Returns: (transfer none) (nullable): the chosen area; %NULL: everywhere
 */
const char *
gez_partner_choices_get_area (GezPartnerChoices *self)
{
  g_return_val_if_fail (GEZ_IS_PARTNER_CHOICES (self), NULL);

  return get_area (self);
}
