/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk.h"
#include "model/gez-document.h"

/* Papers on a desk: documents of its household, and files outside of the store. */
#define TEXT "Dit is een verzonnen brief over kanarievogel-7f3a."

void papers_keep_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *papers_wait_for (GAsyncResult **result);
GezDocumentAdded papers_add_tagged (Desk *desk, const char *name, const char *text, const char *const *tags);
GezDocumentAdded papers_add_text (Desk *desk, const char *name, const char *text);
char *papers_in_store (Desk *desk, const char *name);
/* Nothing stands beside the files that the test itself made. */
void papers_assert_outside (Desk *desk, guint n_expected);
/* In a directory beside the sealed files. */
GFile *papers_make_file (Desk *desk, const char *name, const char *text);
guint papers_count_blobs (Desk *desk);
/* What nobody needs any more goes on a thread that nobody waits for. */
void papers_wait_for_blobs (Desk *desk, guint n);
char *papers_blob_of (Desk *desk, const GezId *document);
GBytes *papers_read_document (Desk *desk, const GezId *document, gsize most, GError **error);
void papers_assert_text (Desk *desk, const GezId *document, const char *text);
void papers_set_thumbnail (Desk *desk, const GezId *document, const char *text);
