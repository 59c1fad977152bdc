/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-agenda-block.h"

#include <glib/gi18n.h>

#include "agenda/gez-agenda-words.h"
#include "common/gez-discretion.h"

struct _GezAgendaBlock
{
  GtkWidget parent_instance;

  GezRecord *record;
  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (GezAgendaBlock, gez_agenda_block, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
open_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  GezAgendaBlock *self = GEZ_AGENDA_BLOCK (widget);

  if (self->record != NULL)
    g_signal_emit (self, signals[OPEN], 0, self->record);

  return TRUE;
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             GezAgendaBlock  *self)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    open_cb (GTK_WIDGET (self), NULL, NULL);
}

/* What travels is the record, and where the block was gripped: never more than this program. */
static GdkContentProvider *
prepare_cb (GtkDragSource  *source,
            double          x,
            double          y,
            GezAgendaBlock *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));
  GdkContentProvider *parts[2];

  if (self->record == NULL)
    return NULL;

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  parts[0] = gdk_content_provider_new_typed (GEZ_TYPE_RECORD, self->record);
  parts[1] = gdk_content_provider_new_typed (G_TYPE_INT, (int) y);

  return gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
}

static gboolean
gez_agenda_block_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard_tip,
                                GtkTooltip *tooltip)
{
  GezAgendaBlock *self = GEZ_AGENDA_BLOCK (widget);
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  if (self->record == NULL)
    return FALSE;

  label = gez_agenda_dup_label (self->record);
  text = g_strdup_printf ("%s\n%s", label,
                          gez_agenda_is_timed (self->record)
                          && gtk_widget_has_css_class (widget, "tall")
                            ? _("Alt+arrows: another day, a quarter of an hour")
                            : _("Alt+arrows: another day, another week"));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
toggle_class (GezAgendaBlock *self,
              const char     *css_class,
              gboolean        is_on)
{
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

static void
set_struck (GezAgendaBlock *self,
            gboolean        is_struck)
{
  g_autoptr (PangoAttrList) attributes = is_struck ? pango_attr_list_new () : NULL;

  if (is_struck)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_inscription_set_attributes (GTK_INSCRIPTION (self->text), attributes);
}

/* A block without record waits for one, and tells nothing of the one before. */
static void
show_record (GezAgendaBlock *self)
{
  GezRecord *record = self->record;
  g_autofree char *line = record != NULL ? gez_agenda_dup_line (record) : NULL;
  g_autofree char *label = record != NULL ? gez_agenda_dup_label (record) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
  if (record == NULL)
    return;

  set_struck (self, gez_agenda_is_over (record));
  toggle_class (self, "appointment", gez_agenda_is_appointment (record));
  toggle_class (self, "overdue", gez_record_get_integer (record, "is_overdue") != 0);
  toggle_class (self, "over", gez_agenda_is_over (record));
}

static void
gez_agenda_block_dispose (GObject *object)
{
  GezAgendaBlock *self = GEZ_AGENDA_BLOCK (object);

  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (gez_agenda_block_parent_class)->dispose (object);
}

static void
gez_agenda_block_class_init (GezAgendaBlockClass *klass)
{
  static const guint keys[] = {
    GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space,
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_agenda_block_dispose;
  widget_class->query_tooltip = gez_agenda_block_query_tooltip;

  /**
   * GezAgendaBlock::open:
   * @record: what the block shows
   */
  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, GEZ_TYPE_RECORD);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, open_cb, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "agendablock");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
gez_agenda_block_init (GezAgendaBlock *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->text = g_object_new (GTK_TYPE_INSCRIPTION, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (self->text), PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->text), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->text), 0);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (self->text), 0);
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  gez_discretion_watch (self, G_CALLBACK (show_record));

  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

/**
 * gez_agenda_block_new:
 *
 * Returns: (transfer floating): a block without a record
 */
GtkWidget *
gez_agenda_block_new (void)
{
  return g_object_new (GEZ_TYPE_AGENDA_BLOCK, NULL);
}

/**
 * gez_agenda_block_get_record:
 * @self: a block
 *
 * Returns: (transfer none) (nullable): what it shows
 */
GezRecord *
gez_agenda_block_get_record (GezAgendaBlock *self)
{
  g_return_val_if_fail (GEZ_IS_AGENDA_BLOCK (self), NULL);

  return self->record;
}

/**
 * gez_agenda_block_set_record:
 * @self: a block
 * @record: (nullable): what to show from now on, of gez_agenda_query()
 */
void
gez_agenda_block_set_record (GezAgendaBlock *self,
                             GezRecord      *record)
{
  g_return_if_fail (GEZ_IS_AGENDA_BLOCK (self));

  if (record != NULL && self->record != NULL && gez_record_equal (record, self->record))
    return;

  g_set_object (&self->record, record);
  show_record (self);
}

/**
 * gez_agenda_block_has_id:
 * @self: a block
 * @id: of an appointment or a follow-up
 *
 * Returns: whether it shows that one
 */
gboolean
gez_agenda_block_has_id (GezAgendaBlock *self,
                         const GezId    *id)
{
  g_return_val_if_fail (GEZ_IS_AGENDA_BLOCK (self), FALSE);

  return self->record != NULL && gez_id_equal (gez_record_get_id (self->record), id);
}

/**
 * gez_agenda_block_get_grip:
 * @target: where a block is being dragged over or dropped
 *
 * Returns: how many pixels below its top the block was gripped
 */
int
gez_agenda_block_get_grip (GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GdkDrag *drag = drop == NULL ? NULL : gdk_drop_get_drag (drop);
  g_auto (GValue) grip = G_VALUE_INIT;

  if (drag == NULL)
    return 0;

  g_value_init (&grip, G_TYPE_INT);
  if (!gdk_content_provider_get_value (gdk_drag_get_content (drag), &grip, NULL))
    return 0;

  return g_value_get_int (&grip);
}
