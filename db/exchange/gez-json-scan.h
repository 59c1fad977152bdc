/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/gez-error.h"

G_BEGIN_DECLS

#define GEZ_JSON_DEPTH_MAX 32

/**
 * GezJsonSpan:
 * @offset: where the value begins in the document
 * @size: its bytes
 * @n_keys: keys of the value itself when it is an object, those of inner objects not counted
 * @defect: (nullable): why this value cannot be taken over as it is written, though it is JSON
 *
 * One element of one of the document's lists.
 */
typedef struct
{
  gsize offset;
  gsize size;
  guint n_keys;
  const char *defect;
} GezJsonSpan;

/**
 * GezJsonMember:
 * @name: the key, with its escapes as they stand in the document
 * @is_list: whether the value is a list
 * @value: the whole value
 * @elements: (element-type GezJsonSpan): the elements when it is a list
 *
 * One member of the object that the document is.
 */
typedef struct
{
  char *name;
  gboolean is_list;
  GezJsonSpan value;
  GArray *elements;
} GezJsonMember;

GPtrArray *gez_json_scan (const char  *text,
                          gsize        size,
                          GError     **error);

G_END_DECLS
