/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents/gez-preview-error.h"

G_DEFINE_QUARK (gez-preview-error-quark, gez_preview_error)
