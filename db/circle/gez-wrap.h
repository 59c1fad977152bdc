/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "circle/gez-keyring.h"

G_BEGIN_DECLS

/**
 * GezWrap:
 * @team: whose
 * @device: for which device; none: for the recovery sheet
 * @grant: which grant it belongs to; none for the team key
 * @granter: the member who gives it
 * @circle: whose keys
 * @keyring: (transfer none): where the keys are taken from, or put
 * @until: (nullable): the last day, `YYYY-MM-DD`
 *
 * The keys of one circle for one reader (docs/SYNC.md, "Sealed messages").
 */
typedef struct
{
  GezId team;
  GezId device;
  GezId grant;
  GezId granter;
  GezCircle circle;
  char *until;
} GezWrap;

gboolean gez_box_key_new   (GezSecret          *secret,
                            guint8              public_key[GEZ_KEY_SIZE]);
GBytes  *gez_wrap_seal     (const GezWrap      *wrap,
                            GezKeyring         *keyring,
                            const guint8        box_public[GEZ_KEY_SIZE],
                            GError            **error);
/* Opens a wrap that is for @device; puts its keys into @keyring. FALSE without an error: it is for
 * somebody else. */
gboolean gez_wrap_open     (GezBytesView        sealed,
                            const guint8        box_public[GEZ_KEY_SIZE],
                            const GezSecret    *box_secret,
                            const GezId        *team,
                            const GezId        *device,
                            GezKeyring         *keyring,
                            GezWrap            *wrap,
                            GError            **error);
void     gez_wrap_clear    (GezWrap            *wrap);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GezWrap, gez_wrap_clear)

G_END_DECLS
