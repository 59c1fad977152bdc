/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recovery/gez-sheet-paper.h"

#include <string.h>

#include <glib/gi18n.h>

#include "exchange/gez-recovery-sheet.h"

typedef struct
{
  char *team_name;
  char *member_name;
  char *made_on;
  char *path;
  GezSecret *code; /* NULL when there was no locked memory for it */
} Paper;

static Paper *
paper_new (GezContext      *context,
           const GezSecret *code,
           const char      *path)
{
  Paper *paper = g_new0 (Paper, 1);

  paper->team_name = g_strdup (gez_context_get_team_name (context));
  paper->member_name = g_strdup (gez_context_get_member_name (context));
  paper->made_on = gez_context_dup_today (context);
  paper->path = g_strdup (path);
  paper->code = gez_secret_new (NULL);
  if (paper->code != NULL)
    memcpy (paper->code->bytes, code->bytes, GEZ_RECOVERY_CODE_SIZE);
  return paper;
}

static void
paper_free (gpointer data)
{
  Paper *paper = data;

  g_clear_pointer (&paper->code, gez_secret_free);
  g_free (paper->team_name);
  g_free (paper->member_name);
  g_free (paper->made_on);
  g_free (paper->path);
  g_free (paper);
}

static GezRecoverySheet
sheet_of (const Paper *paper)
{
  return (GezRecoverySheet) { paper->team_name, paper->member_name, paper->made_on };
}

/* Letter paper gets all of it as well, a little smaller. */
static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Paper             *paper)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  GezRecoverySheet sheet = sheet_of (paper);
  double across = gtk_print_context_get_width (context) / GEZ_RECOVERY_SHEET_WIDTH;
  double down = gtk_print_context_get_height (context) / GEZ_RECOVERY_SHEET_HEIGHT;

  cairo_scale (cairo, MIN (across, down), MIN (across, down));
  if (paper->code != NULL)
    gez_recovery_sheet_draw (&sheet, paper->code, cairo);
}

/**
 * gez_sheet_paper_print_new:
 * @context: of the open store
 * @code: what stands on the sheet
 *
 * Returns: (transfer full): prints one page, with gtk_print_operation_run()
 */
GtkPrintOperation *
gez_sheet_paper_print_new (GezContext      *context,
                           const GezSecret *code)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (page, size);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  /* The queue of a printer is seen by others: no name of a person. */
  gtk_print_operation_set_job_name (operation, "Gezinsplan");
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), paper_new (context, code, NULL),
                         (GClosureNotify) (void (*) (void)) paper_free, 0);
  return operation;
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Paper *paper = data;
  GezRecoverySheet sheet = sheet_of (paper);
  GError *error = NULL;

  if (paper->code == NULL)
    g_task_return_new_error (task, GEZ_VAULT_ERROR, GEZ_VAULT_ERROR_NO_MEMORY, "No room for the code");
  else if (gez_recovery_sheet_write (&sheet, paper->code, paper->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * gez_sheet_paper_save_async:
 * @context: of the open store
 * @code: what stands on the sheet
 * @path: where the PDF goes; it is not encrypted
 */
void
gez_sheet_paper_save_async (GezContext          *context,
                            const GezSecret     *code,
                            const char          *path,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, paper_new (context, code, path), paper_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
gez_sheet_paper_save_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
