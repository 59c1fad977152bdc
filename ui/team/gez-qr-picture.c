/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team/gez-qr-picture.h"

#include <qrencode.h>
#include <string.h>

#include "common/gez-accessible.h"

#define MODULE 5 /* pixels */
#define QUIET 4  /* modules of white around it */

struct _GezQrPicture
{
  GtkWidget parent_instance;

  QRcode *code;
};

G_DEFINE_FINAL_TYPE (GezQrPicture, gez_qr_picture, GTK_TYPE_WIDGET)

static void
gez_qr_picture_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  GezQrPicture *self = GEZ_QR_PICTURE (widget);

  *minimum = *natural = self->code != NULL ? (self->code->width + 2 * QUIET) * MODULE : 0;
}

static void
gez_qr_picture_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };
  QRcode *code = GEZ_QR_PICTURE (widget)->code;
  float size = (float) gtk_widget_get_width (widget);

  if (code == NULL)
    return;
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, size, size));
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if (code->data[row * code->width + column] & 1)
        gtk_snapshot_append_color (snapshot, &black,
                                   &GRAPHENE_RECT_INIT ((float) ((column + QUIET) * MODULE),
                                                        (float) ((row + QUIET) * MODULE), MODULE, MODULE));
}

static void
gez_qr_picture_finalize (GObject *object)
{
  QRcode *code = GEZ_QR_PICTURE (object)->code;

  if (code != NULL)
    {
      explicit_bzero (code->data, (gsize) (code->width * code->width));
      QRcode_free (code);
    }
  G_OBJECT_CLASS (gez_qr_picture_parent_class)->finalize (object);
}

static void
gez_qr_picture_class_init (GezQrPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gez_qr_picture_finalize;
  widget_class->measure = gez_qr_picture_measure;
  widget_class->snapshot = gez_qr_picture_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gez_qr_picture_init (GezQrPicture *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  /* Never mirrored: a camera reads it as it is. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

/**
 * gez_qr_picture_new:
 * @text: what a camera reads; not kept
 * @name: what is said instead
 *
 * Returns: (transfer floating): the picture
 */
GtkWidget *
gez_qr_picture_new (GezPassphrase text,
                    const char   *name)
{
  GezQrPicture *self = g_object_new (GEZ_TYPE_QR_PICTURE, NULL);

  self->code = QRcode_encodeString (text.text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  gez_accessible_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}
