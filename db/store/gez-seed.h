#pragma once
#include "store/gez-database.h"
gboolean gez_seed_apply (GezDatabase *database, GError **error);
