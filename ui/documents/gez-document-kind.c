/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-document-kind.h"

#include <glib/gi18n.h>

#define KILO 1000
#define MEGA (1000 * 1000)
#define GIGA (1000 * 1000 * 1000)

typedef struct
{
  const char *type; /* what the media type begins with */
  GezDocumentKind kind;
  const char *words;
  const char *icon;
} Kind;

/* The first that fits, so what is special stands before what is general. */
static const Kind kinds[] = {
  { "application/pdf", GEZ_DOCUMENT_KIND_PDF, N_("PDF"), "x-office-document-symbolic" },
  { "image/svg", GEZ_DOCUMENT_KIND_OTHER, N_("Drawing"), "image-x-generic-symbolic" },
  { "image/", GEZ_DOCUMENT_KIND_PICTURE, N_("Picture"), "image-x-generic-symbolic" },
  { "text/html", GEZ_DOCUMENT_KIND_OTHER, N_("Web page"), "text-x-generic-symbolic" },
  { "text/calendar", GEZ_DOCUMENT_KIND_TEXT, N_("Calendar"), "x-office-calendar-symbolic" },
  { "text/csv", GEZ_DOCUMENT_KIND_TEXT, N_("Table"), "x-office-spreadsheet-symbolic" },
  { "text/", GEZ_DOCUMENT_KIND_TEXT, N_("Text"), "text-x-generic-symbolic" },
  { "message/", GEZ_DOCUMENT_KIND_OTHER, N_("E-mail"), "mail-unread-symbolic" },
  { "audio/", GEZ_DOCUMENT_KIND_OTHER, N_("Sound"), "audio-x-generic-symbolic" },
  { "video/", GEZ_DOCUMENT_KIND_OTHER, N_("Video"), "video-x-generic-symbolic" },
  { "application/msword", GEZ_DOCUMENT_KIND_OTHER, N_("Word document"),
    "x-office-document-symbolic" },
  { "application/vnd.openxmlformats-officedocument.word", GEZ_DOCUMENT_KIND_OTHER,
    N_("Word document"), "x-office-document-symbolic" },
  { "application/vnd.oasis.opendocument.text", GEZ_DOCUMENT_KIND_OTHER, N_("Text document"),
    "x-office-document-symbolic" },
  { "application/rtf", GEZ_DOCUMENT_KIND_OTHER, N_("Text document"), "x-office-document-symbolic" },
  { "application/vnd.ms-excel", GEZ_DOCUMENT_KIND_OTHER, N_("Spreadsheet"),
    "x-office-spreadsheet-symbolic" },
  { "application/vnd.openxmlformats-officedocument.spread", GEZ_DOCUMENT_KIND_OTHER,
    N_("Spreadsheet"), "x-office-spreadsheet-symbolic" },
  { "application/vnd.oasis.opendocument.spread", GEZ_DOCUMENT_KIND_OTHER, N_("Spreadsheet"),
    "x-office-spreadsheet-symbolic" },
  { "application/vnd.ms-powerpoint", GEZ_DOCUMENT_KIND_OTHER, N_("Presentation"),
    "x-office-presentation-symbolic" },
  { "application/vnd.openxmlformats-officedocument.presentation", GEZ_DOCUMENT_KIND_OTHER,
    N_("Presentation"), "x-office-presentation-symbolic" },
  { "application/vnd.oasis.opendocument.presentation", GEZ_DOCUMENT_KIND_OTHER, N_("Presentation"),
    "x-office-presentation-symbolic" },
  { "application/zip", GEZ_DOCUMENT_KIND_OTHER, N_("Archive"), "package-x-generic-symbolic" },
};

static const Kind other = { "", GEZ_DOCUMENT_KIND_OTHER, N_("Other file"), "text-x-generic-symbolic" };

static const Kind *
find_kind (const char *media_type)
{
  for (guint i = 0; media_type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (media_type, kinds[i].type))
      return &kinds[i];
  return &other;
}

/**
 * gez_document_kind:
 * @media_type: (nullable): as "image/png"
 *
 * Returns: how it is shown
 */
GezDocumentKind
gez_document_kind (const char *media_type)
{
  return find_kind (media_type)->kind;
}

/**
 * gez_document_kind_most:
 * @kind: how it is shown
 *
 * Returns: how many bytes are read at most to show it; 0: it is not shown
 */
gint64
gez_document_kind_most (GezDocumentKind kind)
{
  switch (kind)
    {
    case GEZ_DOCUMENT_KIND_PICTURE:
      return GEZ_DOCUMENT_MOST_PICTURE;
    case GEZ_DOCUMENT_KIND_PDF:
      return GEZ_DOCUMENT_MOST_PDF;
    case GEZ_DOCUMENT_KIND_TEXT:
      return GEZ_DOCUMENT_MOST_TEXT;
    case GEZ_DOCUMENT_KIND_OTHER:
      break;
    }
  return 0;
}

/**
 * gez_document_kind_words:
 * @media_type: (nullable): as "image/png"
 *
 * Returns: (transfer none): what it is, in words
 */
const char *
gez_document_kind_words (const char *media_type)
{
  return _(find_kind (media_type)->words);
}

/**
 * gez_document_kind_icon:
 * @media_type: (nullable): as "image/png"
 *
 * Returns: (transfer none): the name of a symbolic icon for it
 */
const char *
gez_document_kind_icon (const char *media_type)
{
  return find_kind (media_type)->icon;
}

/* One decimal, rounded; the sign between them is a matter of language, not of the computer. */
static char *
with_decimal (const char *format,
              gint64      bytes,
              gint64      unit)
{
  gint64 tenths = (bytes * 10 + unit / 2) / unit;
  g_autofree char *whole = g_strdup_printf ("%" G_GINT64_FORMAT, tenths / 10);
  g_autofree char *part = g_strdup_printf ("%d", (int) (tenths % 10));
  g_auto (GStrv) pieces = g_strsplit (format, "%s", 3);

  return g_strv_length (pieces) == 3
           ? g_strconcat (pieces[0], whole, pieces[1], part, pieces[2], NULL)
           : g_strdup (whole);
}

/**
 * gez_document_size_words:
 * @bytes: a size
 *
 * Returns: (transfer full): the size as people say it: "340 KB", "1,2 MB"
 */
char *
gez_document_size_words (gint64 bytes)
{
  if (bytes < KILO)
    return g_strdup_printf (ngettext ("%d byte", "%d bytes", (gulong) MAX (bytes, 0)),
                            (int) MAX (bytes, 0));
  if (bytes < MEGA - KILO / 2)
    return g_strdup_printf (_("%d KB"), (int) ((bytes + KILO / 2) / KILO));
  if (bytes < GIGA - MEGA / 20)
    /* Translators: a size with one decimal, as 1.2. */
    return with_decimal (_("%s.%s MB"), bytes, MEGA);
  return with_decimal (_("%s.%s GB"), bytes, GIGA);
}
