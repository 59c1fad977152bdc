/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

typedef struct sqlite3 sqlite3;

int gez_tokenizer_install (sqlite3 *handle);
