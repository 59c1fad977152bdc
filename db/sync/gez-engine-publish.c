/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/gez-engine-private.h"
