/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "liar-file.h"

typedef struct
{
  GObject parent_instance;

  GFile *said;
  GFile *read;
} LiarFile;

typedef struct
{
  GObjectClass parent_class;
} LiarFileClass;

static GType liar_file_get_type (void);
static void  liar_file_iface_init (GFileIface *iface);

G_DEFINE_TYPE_WITH_CODE (LiarFile, liar_file, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_FILE, liar_file_iface_init))

static GFileInfo *
query_info (GFile                *file,
            const char           *attributes,
            GFileQueryInfoFlags   flags,
            GCancellable         *cancellable,
            GError              **error)
{
  return g_file_query_info (((LiarFile *) file)->said, attributes, flags, cancellable, error);
}

static GFileInputStream *
read_fn (GFile         *file,
         GCancellable  *cancellable,
         GError       **error)
{
  return g_file_read (((LiarFile *) file)->read, cancellable, error);
}

static char *
get_basename (GFile *file)
{
  return g_file_get_basename (((LiarFile *) file)->said);
}

static void
liar_file_iface_init (GFileIface *iface)
{
  iface->query_info = query_info;
  iface->read_fn = read_fn;
  iface->get_basename = get_basename;
}

static void
liar_file_finalize (GObject *object)
{
  LiarFile *self = (LiarFile *) object;

  g_clear_object (&self->said);
  g_clear_object (&self->read);
  G_OBJECT_CLASS (liar_file_parent_class)->finalize (object);
}

static void
liar_file_class_init (LiarFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = liar_file_finalize;
}

static void
liar_file_init (LiarFile *self)
{
}

GFile *
liar_file_new (GFile *said,
               GFile *read)
{
  LiarFile *self = g_object_new (liar_file_get_type (), NULL);

  self->said = g_object_ref (said);
  self->read = g_object_ref (read);
  return G_FILE (self);
}
