/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a clipboard can do to a field: too much, control characters, the lines of Windows. */

#include <adwaita.h>
#include <time.h>

#include "common/gez-entry-row.h"
#include "common/gez-paste.h"

#define PATIENCE (20 * G_USEC_PER_SEC)
#define MEGABYTES 10
#define SOON (2 * CLOCKS_PER_SEC) /* of the processor; without a limit it is minutes */

typedef struct
{
  GtkWidget *window;
  GtkWidget *overlay;
  GtkWidget *field;
  gboolean is_pasted;
} Desk;

static Desk *
desk_new (GtkWidget *field)
{
  Desk *self = g_new0 (Desk, 1);

  self->window = adw_window_new ();
  self->overlay = adw_toast_overlay_new ();
  self->field = field;
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), field);
  adw_window_set_content (ADW_WINDOW (self->window), self->overlay);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (field);
  return self;
}

static void
desk_free (Desk *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static guint
count_labels (GtkWidget *root)
{
  guint n = GTK_IS_LABEL (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child);
  return n;
}

static char *
get_text (GtkWidget *field)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (field))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (field)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (field));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* As Ctrl+V does. Returns: what the processor worked until the text is there */
static clock_t
paste (Desk       *self,
       const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  gint64 begin = g_get_monotonic_time ();
  clock_t worked = clock ();

  gdk_clipboard_set_text (gtk_widget_get_clipboard (focus), text);
  if (GTK_IS_TEXT_VIEW (focus))
    g_signal_emit_by_name (focus, "paste-clipboard");
  else
    gtk_widget_activate_action (focus, "clipboard.paste", NULL);
  while (g_get_monotonic_time () - begin < PATIENCE)
    {
      g_autofree char *now = get_text (self->field);

      if (*now != '\0')
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  return clock () - worked;
}

static char *
make_much (void)
{
  char *text = g_malloc (MEGABYTES * 1024 * 1024 + 1);

  memset (text, 'x', MEGABYTES * 1024 * 1024);
  text[MEGABYTES * 1024 * 1024] = '\0';
  return text;
}

static GtkWidget *
make_text (void)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
  gez_paste_limit (view, GEZ_PASTE_REPORT);
  return view;
}

static void
check_much (GtkWidget *field,
            glong      most)
{
  g_autoptr (Desk) desk = desk_new (field);
  g_autofree char *much = make_much ();
  guint labels = count_labels (desk->overlay);
  clock_t taken = paste (desk, much);
  g_autofree char *kept = get_text (field);

  g_assert_cmpint (g_utf8_strlen (kept, -1), ==, most);
  g_assert_cmpuint (count_labels (desk->overlay), >, labels); /* a toast says so */
  g_assert_cmpint (taken, <, SOON);
}

static void
test_much_in_text (void)
{
  check_much (make_text (), GEZ_PASTE_REPORT);
}

static void
test_much_in_line (void)
{
  check_much (gez_entry_row_new ("Name"), GEZ_PASTE_LINE);
}

static void
test_much_in_search (void)
{
  GtkWidget *search = gtk_search_entry_new ();

  gez_paste_limit (search, GEZ_PASTE_LINE);
  check_much (search, GEZ_PASTE_LINE);
}

static void
check_cleaned (const char *pasted,
               const char *expected)
{
  g_autoptr (Desk) desk = desk_new (make_text ());
  guint labels = count_labels (desk->overlay);
  g_autofree char *kept = NULL;

  paste (desk, pasted);
  kept = get_text (desk->field);
  g_assert_cmpstr (kept, ==, expected);
  g_assert_cmpuint (count_labels (desk->overlay), ==, labels); /* nothing was lost: nothing to say */
}

static void
test_windows_lines (void)
{
  check_cleaned ("een\r\ntwee\rdrie\nvier", "een\ntwee\ndrie\nvier");
}

static void
test_control_characters (void)
{
  check_cleaned ("A\033[31m & \001B\177\tc", "A[31m & B\tc");
}

/* Names of people everywhere, whole. */
static void
test_strange_names (void)
{
  check_cleaned ("A & B <script>", "A & B <script>");
  check_cleaned ("أمل 👩‍👧‍👦 Örnekoğlu", "أمل 👩‍👧‍👦 Örnekoğlu");
}

/* What the store holds is never cut by showing it. */
static void
test_shown_whole (void)
{
  GtkWidget *row = gez_entry_row_new ("Name");
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < 2 * GEZ_PASTE_LINE; i++)
    g_string_append_c (name, 'a');
  g_object_ref_sink (row);
  gtk_editable_set_text (GTK_EDITABLE (row), name->str);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, name->str);
  g_assert_finalize_object (row);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/paste/much-in-text", test_much_in_text);
  g_test_add_func ("/paste/much-in-line", test_much_in_line);
  g_test_add_func ("/paste/much-in-search", test_much_in_search);
  g_test_add_func ("/paste/windows-lines", test_windows_lines);
  g_test_add_func ("/paste/control-characters", test_control_characters);
  g_test_add_func ("/paste/strange-names", test_strange_names);
  g_test_add_func ("/paste/shown-whole", test_shown_whole);
  return g_test_run ();
}
