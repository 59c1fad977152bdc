/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/gez-fit-label.h"

#define N_TEXTS 3

/*
 * Each text has a label of its own, from long to short; allocation picks which of them shows. A
 * label whose text were changed then would ask for a new layout without end. A text fits when those
 * of all peers fit: labels beside each other speak alike.
 */
struct _GezFitLabel
{
  GtkWidget parent_instance;

  GtkWidget *labels[N_TEXTS];
  GezFitLabel *peer; /* the next one of a ring, or itself */
};

G_DEFINE_FINAL_TYPE (GezFitLabel, gez_fit_label, GTK_TYPE_WIDGET)

static int
get_width (GezFitLabel *self,
           guint        text)
{
  GezFitLabel *peer = self;
  int widest = 0;

  do
    {
      int width;

      gtk_widget_measure (peer->labels[text], GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL,
                          NULL);
      widest = MAX (widest, width);
      peer = peer->peer;
    }
  while (peer != self);

  return widest;
}

static void
gez_fit_label_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  GezFitLabel *self = GEZ_FIT_LABEL (widget);

  *minimum_baseline = *natural_baseline = -1;
  gtk_widget_measure (self->labels[N_TEXTS - 1], orientation, -1, minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->labels[0], orientation, -1, NULL, natural, NULL, NULL);
}

static void
gez_fit_label_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  GezFitLabel *self = GEZ_FIT_LABEL (widget);
  guint text = 0;
  int minimum;

  while (text < N_TEXTS - 1 && get_width (self, text) > width)
    text++;
  for (guint i = 0; i < N_TEXTS; i++)
    gtk_widget_set_child_visible (self->labels[i], i == text);
  gtk_widget_measure (self->labels[text], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  gtk_widget_size_allocate (self->labels[text],
                            &(GtkAllocation) { 0, 0, MAX (width, minimum), height }, -1);
}

static void
leave_ring (GezFitLabel *self)
{
  GezFitLabel *before = self;

  while (before->peer != self)
    before = before->peer;
  before->peer = self->peer;
  self->peer = self;
}

static void
gez_fit_label_dispose (GObject *object)
{
  GezFitLabel *self = GEZ_FIT_LABEL (object);

  leave_ring (self);
  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->labels[i], gtk_widget_unparent);

  G_OBJECT_CLASS (gez_fit_label_parent_class)->dispose (object);
}

static void
gez_fit_label_class_init (GezFitLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_fit_label_dispose;
  widget_class->measure = gez_fit_label_measure;
  widget_class->size_allocate = gez_fit_label_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
gez_fit_label_init (GezFitLabel *self)
{
  self->peer = self;
  for (guint i = 0; i < N_TEXTS; i++)
    {
      self->labels[i] = g_object_new (GTK_TYPE_LABEL, "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_set_parent (self->labels[i], GTK_WIDGET (self));
    }
}

/**
 * gez_fit_label_new:
 *
 * Returns: (transfer floating): a label without text
 */
GtkWidget *
gez_fit_label_new (void)
{
  return g_object_new (GEZ_TYPE_FIT_LABEL, NULL);
}

/**
 * gez_fit_label_set_texts:
 * @self: a label
 * @full: what it says, and its accessible name
 * @shorter: the same in fewer letters
 * @shortest: the same in as few letters as possible
 */
void
gez_fit_label_set_texts (GezFitLabel *self,
                         const char  *full,
                         const char  *shorter,
                         const char  *shortest)
{
  g_return_if_fail (GEZ_IS_FIT_LABEL (self));

  gtk_label_set_text (GTK_LABEL (self->labels[0]), full);
  gtk_label_set_text (GTK_LABEL (self->labels[1]), shorter);
  gtk_label_set_text (GTK_LABEL (self->labels[2]), shortest);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
}

/**
 * gez_fit_label_join:
 * @self: a label without peers
 * @peer: a label that may have peers
 *
 * From now on @self and all of them show their long, shorter or shortest text alike.
 */
void
gez_fit_label_join (GezFitLabel *self,
                    GezFitLabel *peer)
{
  g_return_if_fail (GEZ_IS_FIT_LABEL (self) && self->peer == self);
  g_return_if_fail (GEZ_IS_FIT_LABEL (peer));

  self->peer = peer->peer;
  peer->peer = self;
}
