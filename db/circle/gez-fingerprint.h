/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-team.h"
#include "store/gez-store.h"

G_BEGIN_DECLS

#define GEZ_FINGERPRINT_SIZE 16 /* hexadecimal digits of one hash */
#define GEZ_FILE_TOKEN_SIZE 32

/**
 * GezFingerprintHit:
 * @member: whom to ask
 * @member_name: (nullable): their name; %NULL when it is not known here
 * @file_token: the same for all hits of one file; tells nobody which
 * @by_name: whether the name with the birth date is the same
 * @by_phone: whether a telephone number is
 *
 * A colleague works with somebody. Nothing else is told.
 */
typedef struct
{
  GezId member;
  char *member_name;
  char *file_token;
  gboolean by_name;
  gboolean by_phone;
} GezFingerprintHit;

void       gez_fingerprint_hit_free     (GezFingerprintHit   *hit);

/* Keyed hashes, GEZ_FINGERPRINT_SIZE digits each: of the name in some spellings with the birth date, of
 * each number. */
GPtrArray *gez_fingerprint_of_name      (const GezSecret     *key,
                                         const char          *first_name,
                                         const char          *last_name,
                                         const char          *born_on);
GPtrArray *gez_fingerprint_of_phones    (const GezSecret     *key,
                                         const char          *phones);
GPtrArray *gez_fingerprint_of_person    (const GezSecret     *key,
                                         const char          *first_name,
                                         const char          *last_name,
                                         const char          *born_on,
                                         const char          *phones);
char      *gez_fingerprint_file_token   (const GezSecret     *key,
                                         const GezId         *household);

/* Looking up, which is logged here. Files that can be read here are left out, and those from which one is
 * kept out. Of what somebody typed, or of everybody in a file. The result is a GPtrArray of
 * GezFingerprintHit, one for each file; empty in a team of one. */
void       gez_fingerprint_look_up_async (GezStore           *store,
                                         const char          *first_name,
                                         const char          *last_name,
                                         const char          *born_on,
                                         const char          *phones,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void       gez_fingerprint_look_up_household_async (GezStore *store,
                                         const GezId         *household,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
GPtrArray *gez_fingerprint_look_up_finish (GezStore          *store,
                                         GAsyncResult        *result,
                                         GError             **error);

/* The same on the worker, and without logging. */
GPtrArray *gez_fingerprint_find         (GezDatabase         *database,
                                         const char          *first_name,
                                         const char          *last_name,
                                         const char          *born_on,
                                         const char          *phones,
                                         GError             **error);

/* Makes, changes and withdraws the fingerprints of the files whose contact this person is, when something
 * changed since the last time. */
gboolean   gez_fingerprint_refresh_due  (GezDatabase         *database,
                                         GezTeam             *team,
                                         guint               *n_written,
                                         GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GezFingerprintHit, gez_fingerprint_hit_free)

G_END_DECLS
