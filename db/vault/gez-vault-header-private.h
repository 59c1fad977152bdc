/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-header.h"

G_BEGIN_DECLS

/* The two files of a header, and the longest that they can be. */
#define GEZ_HEADER_NAME "header"
#define GEZ_HEADER_COPY_NAME "header.copy"
#define GEZ_HEADER_LONGEST 65536

typedef struct
{
  guint16 kind;
  GBytes *payload;
} GezVaultSlot;

struct _GezVaultHeader
{
  GezId database_id;
  guint32 flags;
  GArray *slots;  /* of GezVaultSlot */
  GBytes *parsed; /* (nullable): what it was read from, or last written as */
};

GezVaultHeader *gez_vault_header_read (const char *directory,
                                       const char *name,
                                       GError    **error);

G_END_DECLS
