/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/gez-vault-epoch.h"
#include "vault/gez-vault-page.h"
#include "vault/gez-vault-vfs.h"

G_BEGIN_DECLS

typedef struct _GezVaultFile GezVaultFile;

struct _GezVaultVfs
{
  sqlite3_vfs parent;
  sqlite3_vfs *base;
  char *name;
  GezId database;
  GezSecret *page_key;
  GezSecret *log_key;
  GezSecret *epoch_key;
  gint64 origin; /* of copies: where their first page lies; 0: these are no copies */

  GMutex lock;
  GSList *databases; /* of GezVaultFile, under the lock */
  int n_refusals;    /* atomic */
};

/* What SQLite holds as a file; the file of the base system lies right behind it. */
struct _GezVaultFile
{
  sqlite3_file parent;
  GezVaultVfs *vfs;
  sqlite3_file *real;
  GezNonces nonces;
  guint8 plain[GEZ_FRAME_SIZE];
  guint8 sealed[GEZ_FRAME_SIZE];

  /* a database */
  char *path;
  GezEpoch *epoch;
  gint64 n_pages;

  /* a log */
  GezVaultFile *database;
  gint64 held_index; /* of the frame whose header waits for its page, or -1 */
  guint8 held[GEZ_FRAME_HEADER];
};

extern const sqlite3_io_methods gez_vault_database_methods;
extern const sqlite3_io_methods gez_vault_log_methods;

int  gez_vault_file_refuse        (GezVaultFile *self,
                                   int           code);
int  gez_vault_file_close_real    (GezVaultFile *self);
int  gez_vault_file_lock          (sqlite3_file *file,
                                   int           level);
int  gez_vault_file_unlock        (sqlite3_file *file,
                                   int           level);
int  gez_vault_file_is_reserved   (sqlite3_file *file,
                                   int          *reserved);
int  gez_vault_file_control       (sqlite3_file *file,
                                   int           operation,
                                   void         *argument);
int  gez_vault_file_sector_size   (sqlite3_file *file);
int  gez_vault_file_characteristics (sqlite3_file *file);
void gez_vault_vfs_forget         (GezVaultVfs  *self,
                                   GezVaultFile *database);

G_END_DECLS
