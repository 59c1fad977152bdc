/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "store/gez-store.h"
#include "vault/gez-secret-text.h"

G_BEGIN_DECLS

/* What a run of the program ends with, for scripts. */
#define GEZ_CTL_DONE 0
#define GEZ_CTL_FAILED 1
#define GEZ_CTL_WRONG_USE 2

typedef struct _GezCtl GezCtl;

/**
 * GezCtlCommand:
 * @name: what people type
 * @arguments: what stands behind the name, for people
 * @summary: what it does
 * @run: runs it; @argv begins with the name and ends in %NULL; returns the exit status
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  int (*run) (GezCtl *ctl,
              int     argc,
              char  **argv);
} GezCtlCommand;

/**
 * GezCtl:
 * @command: what is being run
 * @cancellable: cancelled by SIGINT and SIGTERM
 * @store: (nullable): directory of the store
 * @passphrase_file: (nullable): where the passphrase stands; "-" for standard input
 * @is_json: whether a program reads the answer
 *
 * One run of the program.
 */
struct _GezCtl
{
  const GezCtlCommand *command;
  GezClock *clock;
  GCancellable *cancellable;
  char *store;
  char *passphrase_file;
  gboolean is_json;
};

extern const GezCtlCommand gez_ctl_commands[]; /* ends with a name of NULL */
const GezCtlCommand *gez_ctl_find_command (const char *name);

gboolean  gez_ctl_parse     (GezCtl             *ctl,
                             const GOptionEntry *entries,
                             int                 n_arguments,
                             int                *argc,
                             char             ***argv,
                             int                *status);
int       gez_ctl_fail      (const GError       *error);
int       gez_ctl_misuse    (const char         *format,
                             ...) G_GNUC_PRINTF (1, 2);
void      gez_ctl_warn      (const char         *format,
                             ...) G_GNUC_PRINTF (1, 2);
void      gez_ctl_print     (const char         *format,
                             ...) G_GNUC_PRINTF (1, 2);
void      gez_ctl_print_json (JsonObject        *object);

GezStore *gez_ctl_make      (GezCtl             *ctl,
                             const GezStoreOwner *owner,
                             int                 kdf_memory,
                             GError            **error);
void      gez_ctl_unmake    (GezCtl             *ctl,
                             GezStore           *store);
GezSecretText *gez_ctl_get_passphrase (GezCtl *ctl,
                             GError            **error);
GezVault *gez_ctl_unlock    (GezCtl             *ctl,
                             GError            **error);
GezStore *gez_ctl_open      (GezCtl             *ctl,
                             GError            **error);

int       gez_ctl_init      (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_demo      (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_change_passphrase (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_rekey     (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_import    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_export    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_list      (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_show      (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_search    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_status    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_verify    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_backup    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_restore   (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_verify_backup (GezCtl *ctl, const char *path);
int       gez_ctl_salvage   (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_recovery_sheet (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_recover   (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_invite    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_join      (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_members   (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_remove_member (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_recover_member (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_grant     (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_revoke    (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_sync      (GezCtl *ctl, int argc, char **argv);
int       gez_ctl_help      (GezCtl *ctl, int argc, char **argv);

G_END_DECLS
