/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * 1. A field is a column of partner: what stands in it as text is what is written, kept as a draft
 *    and compared with what was there before.
 * 2. Nothing is kept before a person touches a field. A draft that is read later than that comes
 *    too late and is passed over; what is typed then takes its place.
 * 3. Saving takes the draft away in the same transaction; cancelling throws it away. Whatever else
 *    closes the dialog (the lock, a crash) leaves it.
 */

#include "partners/gez-partner-dialog.h"

#include <glib/gi18n.h>

#include "common/gez-draft-keeper.h"
#include "common/gez-paste.h"
#include "common/gez-row.h"
#include "household/gez-choice-row.h"
#include "household/gez-choices.h"
#include "household/gez-edits.h"
#include "household/gez-form.h"
#include "model/gez-draft-list.h"
#include "model/gez-partner-list.h"
#include "model/gez-partner.h"

#define TYPING_PAUSE_MS 150
#define MOST_SIMILAR 5
#define TEXT_HEIGHT 72

typedef enum
{
  KIND_ENTRY,
  KIND_TEXT,
  KIND_DOMAINS,
  KIND_QUALITY,
  KIND_SECRECY,
} Kind;

typedef struct
{
  const char *heading; /* of a list that begins here; NULL: goes on */
  const char *column;
  const char *title;
  Kind kind;
  gsize offset; /* in GezPartnerInput */
} Field;

#define N_FIELDS 17

static const Field fields[N_FIELDS] = {
  { N_("Name"), "name", N_("Name of the organisation or service"), KIND_ENTRY,
    G_STRUCT_OFFSET (GezPartnerInput, name) },
  { N_("What they do"), "offer", N_("What they offer"), KIND_TEXT,
    G_STRUCT_OFFSET (GezPartnerInput, offer) },
  { NULL, "kind", N_("Kind of service"), KIND_ENTRY, G_STRUCT_OFFSET (GezPartnerInput, kind) },
  { NULL, "target_group", N_("For whom"), KIND_ENTRY,
    G_STRUCT_OFFSET (GezPartnerInput, target_group) },
  { NULL, "area", N_("Area"), KIND_ENTRY, G_STRUCT_OFFSET (GezPartnerInput, area) },
  { NULL, "domains", N_("Life domains"), KIND_DOMAINS, G_STRUCT_OFFSET (GezPartnerInput, domains) },
  { NULL, "conditions", N_("Conditions"), KIND_TEXT, G_STRUCT_OFFSET (GezPartnerInput, conditions) },
  { N_("How to reach them"), "phone", N_("Phone number"), KIND_ENTRY,
    G_STRUCT_OFFSET (GezPartnerInput, phone) },
  { NULL, "email", N_("E-mail"), KIND_ENTRY, G_STRUCT_OFFSET (GezPartnerInput, email) },
  { NULL, "contact_persons", N_("Contact persons"), KIND_ENTRY,
    G_STRUCT_OFFSET (GezPartnerInput, contact_persons) },
  { NULL, "address", N_("Address"), KIND_ENTRY, G_STRUCT_OFFSET (GezPartnerInput, address) },
  { N_("The five B’s"), "affordable", N_("Affordable"), KIND_QUALITY,
    G_STRUCT_OFFSET (GezPartnerInput, affordable) },
  { NULL, "understandable", N_("Understandable"), KIND_QUALITY,
    G_STRUCT_OFFSET (GezPartnerInput, understandable) },
  { NULL, "available", N_("Available"), KIND_QUALITY, G_STRUCT_OFFSET (GezPartnerInput, available) },
  { NULL, "reliable", N_("Reliable"), KIND_QUALITY, G_STRUCT_OFFSET (GezPartnerInput, reliable) },
  { NULL, "reachable", N_("Reachable"), KIND_QUALITY, G_STRUCT_OFFSET (GezPartnerInput, reachable) },
  { N_("Trust"), "secrecy", N_("Secrecy of those who work there"), KIND_SECRECY,
    G_STRUCT_OFFSET (GezPartnerInput, secrecy) },
};

struct _GezPartnerDialog
{
  GezFormDialog parent_instance;

  GezRecord *partner; /* NULL for a new one */
  char *before[N_FIELDS]; /* what stood in the fields before anybody touched them */
  GezId made;         /* the new one, once it is written */
  GezId subject;      /* of the draft */
  GezDraftKeeper *keeper;
  GCancellable *cancellable; /* of the search for similar ones */
  guint timeout;
  gboolean is_setting;
  gboolean is_touched;

  GtkWidget *fields[N_FIELDS];
  GtkWidget *restored;
  GtkWidget *similar_box;
  GtkWidget *similar;
};

G_DEFINE_FINAL_TYPE (GezPartnerDialog, gez_partner_dialog, GEZ_TYPE_FORM_DIALOG)

/* Values --------------------------------------------------------------------------------------- */

static char *
dup_domains (GtkWidget *picker)
{
  g_auto (GStrv) codes = gez_chip_picker_get_selected (GEZ_CHIP_PICKER (picker));

  return codes[0] != NULL ? g_strjoinv (";", codes) : NULL;
}

/* What stands in a field, as its column holds it; %NULL for nothing. */
static char *
dup_value (GezPartnerDialog *self,
           guint             i)
{
  char *text;

  switch (fields[i].kind)
    {
    case KIND_ENTRY:
      return gez_form_entry_dup (self->fields[i]);
    case KIND_TEXT:
      text = g_strstrip (gez_form_get_text (self->fields[i]));
      if (*text == '\0')
        g_clear_pointer (&text, g_free);
      return text;
    case KIND_DOMAINS:
      return dup_domains (self->fields[i]);
    case KIND_QUALITY:
    case KIND_SECRECY:
    default:
      return g_strdup (gez_choice_row_get_code (GEZ_CHOICE_ROW (self->fields[i])));
    }
}

/* A domain that the team does not use any more stays as long as nobody switches it off. */
static void
set_domains (GezPartnerDialog *self,
             GezChipPicker    *picker,
             const char       *text)
{
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  g_auto (GStrv) codes = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    g_strstrip (codes[i]);
  gez_chip_picker_set_selected (picker, (const char * const *) codes);
  for (guint i = 0; codes[i] != NULL; i++)
    if (*codes[i] != '\0' && !gez_chip_picker_has (picker, codes[i]))
      gez_chip_picker_add (picker, codes[i], gez_choices_get_domain_label (context, codes[i]));
  gez_chip_picker_set_selected (picker, (const char * const *) codes);
}

static void
set_value (GezPartnerDialog *self,
           guint             i,
           const char       *text)
{
  switch (fields[i].kind)
    {
    case KIND_ENTRY:
      gtk_editable_set_text (GTK_EDITABLE (self->fields[i]), text != NULL ? text : "");
      break;
    case KIND_TEXT:
      gez_form_set_text (self->fields[i], text);
      break;
    case KIND_DOMAINS:
      set_domains (self, GEZ_CHIP_PICKER (self->fields[i]), text);
      break;
    case KIND_QUALITY:
    case KIND_SECRECY:
    default:
      gez_choice_row_set_code (GEZ_CHOICE_ROW (self->fields[i]), text);
      break;
    }
}

/* The draft ------------------------------------------------------------------------------------ */

static char *
serialise (GezPartnerDialog *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) values = NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *value = dup_value (self, i);

      if (value != NULL)
        g_variant_dict_insert (&dict, fields[i].column, "s", value);
    }
  values = g_variant_ref_sink (g_variant_dict_end (&dict));

  return g_variant_print (values, FALSE);
}

static void
restore (GezPartnerDialog *self,
         const char       *content)
{
  g_autoptr (GVariant) values = g_variant_parse (G_VARIANT_TYPE_VARDICT, content, NULL, NULL, NULL);

  if (values == NULL)
    return;

  self->is_setting = TRUE;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *text = NULL;

      g_variant_lookup (values, fields[i].column, "&s", &text);
      set_value (self, i, text);
    }
  self->is_setting = FALSE;
  gtk_widget_set_visible (self->restored, TRUE);
}

static void
draft_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GezPartnerDialog) self = user_data;
  g_autofree char *content = gez_draft_keeper_load_finish (GEZ_DRAFT_KEEPER (source), result, NULL);

  /* A draft that cannot be read takes nothing away from what was saved. */
  if (content != NULL && !self->is_touched && self->keeper != NULL)
    restore (self, content);
}

static void
touched_cb (GezPartnerDialog *self)
{
  g_autofree char *content = NULL;

  if (self->is_setting || self->keeper == NULL)
    return;

  self->is_touched = TRUE;
  content = serialise (self);
  gez_draft_keeper_touch (self->keeper, content);
}

/* What may be there already -------------------------------------------------------------------- */

static void
forget_search (GezPartnerDialog *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
clear_similar (GezPartnerDialog *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->similar)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->similar), row);
  gtk_widget_set_visible (self->similar_box, FALSE);
}

static void
add_similar (GezPartnerDialog *self,
             GezRecord        *partner)
{
  GtkWidget *row = gez_row_new (gez_record_get_text (partner, "name"),
                                gez_record_get_text (partner, "offer"));
  GtkWidget *open = gtk_label_new (_("Open"));

  gez_row_set_lines (GEZ_ROW (row), 1, 1);
  gtk_widget_add_css_class (open, "dim-label");
  gez_row_add_suffix (GEZ_ROW (row), open);
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "partner",
                          gez_id_to_string (gez_record_get_id (partner)), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->similar), row);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GezPartnerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = gez_store_run_finish (GEZ_STORE (source), result, &error);

  /* A search that failed hides nothing but a hint: the form goes on working. */
  if (found == NULL || gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)) == NULL)
    return;

  clear_similar (self);
  for (guint i = 0; i < found->len; i++)
    add_similar (self, g_ptr_array_index (found, i));
  gtk_widget_set_visible (self->similar_box, found->len > 0);
}

static gboolean
search_cb (gpointer user_data)
{
  GezPartnerDialog *self = user_data;
  GezContext *context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self));
  g_autofree char *name = dup_value (self, 0);
  g_autoptr (GezQuery) query = NULL;

  self->timeout = 0;
  if (name == NULL || g_utf8_strlen (name, -1) < 2)
    {
      clear_similar (self);
      return G_SOURCE_REMOVE;
    }

  self->cancellable = g_cancellable_new ();
  query = gez_partner_similar_query (name, MOST_SIMILAR);
  gez_store_run_async (gez_context_get_store (context), query, self->cancellable, found_cb,
                       g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
name_changed_cb (GezPartnerDialog *self)
{
  g_autofree char *name = dup_value (self, 0);

  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), name != NULL);
  if (self->partner != NULL)
    return;
  forget_search (self);
  self->timeout = g_timeout_add (TYPING_PAUSE_MS, search_cb, self);
}

static void
open_partner (GezPartnerDialog *self,
              const char       *partner)
{
  GtkWidget *from = gez_form_dialog_get_from (GEZ_FORM_DIALOG (self));

  if (from != NULL)
    gtk_widget_activate_action (from, "win.open-partner", "s", partner);
}

static void
similar_activated_cb (GezPartnerDialog *self,
                      GtkListBoxRow    *row)
{
  open_partner (self, g_object_get_data (G_OBJECT (row), "partner"));
  gtk_window_close (GTK_WINDOW (self));
}

/* Writing -------------------------------------------------------------------------------------- */

static GezChange *
add_partner (GezPartnerDialog *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  GezPartnerInput input = { NULL };

  for (guint i = 0; i < N_FIELDS; i++)
    {
      char *value = dup_value (self, i);

      g_ptr_array_add (values, value);
      G_STRUCT_MEMBER (const char *, &input, fields[i].offset) = value;
    }

  return gez_partner_add (gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)), &input,
                          &self->made);
}

static GezChange *
edit_partner (GezPartnerDialog *self)
{
  GezEdits edits = {
    .context = gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)),
    .act = "edit-partner",
    .table = "partner",
    .id = gez_record_get_id (self->partner),
    .before = self->partner,
  };

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *value = dup_value (self, i);

      if (g_strcmp0 (value, self->before[i]) != 0)
        gez_edits_text (&edits, fields[i].column, value);
    }

  return edits.change;
}

static GezChange *
gez_partner_dialog_make_change (GezFormDialog *dialog)
{
  GezPartnerDialog *self = GEZ_PARTNER_DIALOG (dialog);
  GezChange *change = self->partner == NULL ? add_partner (self) : edit_partner (self);

  if (change == NULL)
    gtk_window_close (GTK_WINDOW (self));
  else
    gez_change_clear_draft (change, GEZ_DRAFT_PARTNER, &self->subject);

  return change;
}

static void
gez_partner_dialog_written (GezFormDialog *dialog)
{
  GezPartnerDialog *self = GEZ_PARTNER_DIALOG (dialog);
  char id[GEZ_ID_TEXT_SIZE];

  gez_draft_keeper_clear (self->keeper);
  if (self->partner != NULL)
    return;
  gez_id_to_buffer (&self->made, id);
  open_partner (self, id);
}

static gboolean
gez_partner_dialog_close_request (GtkWindow *window)
{
  GezPartnerDialog *self = GEZ_PARTNER_DIALOG (window);

  if (self->is_touched || gtk_widget_get_visible (self->restored))
    gez_draft_keeper_clear (self->keeper);

  return GTK_WINDOW_CLASS (gez_partner_dialog_parent_class)->close_request (window);
}

static void
gez_partner_dialog_dispose (GObject *object)
{
  GezPartnerDialog *self = GEZ_PARTNER_DIALOG (object);

  forget_search (self);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (gez_partner_dialog_parent_class)->dispose (object);
}

static void
gez_partner_dialog_finalize (GObject *object)
{
  GezPartnerDialog *self = GEZ_PARTNER_DIALOG (object);

  g_clear_object (&self->partner);
  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->before[i]);

  G_OBJECT_CLASS (gez_partner_dialog_parent_class)->finalize (object);
}

static void
gez_partner_dialog_class_init (GezPartnerDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_partner_dialog_dispose;
  object_class->finalize = gez_partner_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gez_partner_dialog_close_request;
  GEZ_FORM_DIALOG_CLASS (klass)->make_change = gez_partner_dialog_make_change;
  GEZ_FORM_DIALOG_CLASS (klass)->written = gez_partner_dialog_written;
}

static void
gez_partner_dialog_init (GezPartnerDialog *self)
{
}

/* The form ------------------------------------------------------------------------------------- */

static void
watch (GezPartnerDialog *self,
       gpointer          object,
       const char       *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (touched_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_choice (GezPartnerDialog *self,
             const Field      *field)
{
  GtkWidget *row = gez_choice_row_new (_(field->title));

  if (field->kind == KIND_QUALITY)
    gez_choice_row_add (GEZ_CHOICE_ROW (row), NULL, _("Not known"));
  else
    gez_choice_row_add (GEZ_CHOICE_ROW (row), NULL, _("Not said"));
  gez_choice_row_add_words (GEZ_CHOICE_ROW (row), field->kind == KIND_QUALITY
                                                    ? GEZ_WORDS_YES_PARTLY_NO
                                                    : GEZ_WORDS_SECRECY);
  watch (self, row, "notify::selected");

  return row;
}

/* Makes the control of a field; returns the row around it. */
static GtkWidget *
make_field (GezPartnerDialog *self,
            guint             i)
{
  const char *title = _(fields[i].title);
  GtkWidget *control, *view;

  switch (fields[i].kind)
    {
    case KIND_ENTRY:
      self->fields[i] = gez_form_entry (title, NULL);
      watch (self, self->fields[i], "changed");
      return self->fields[i];
    case KIND_TEXT:
      control = gez_form_text (title, TEXT_HEIGHT, &view);
      gez_paste_limit (view, GEZ_PASTE_ANSWER);
      self->fields[i] = view;
      watch (self, gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed");
      return gez_form_wide_row (title, control);
    case KIND_DOMAINS:
      control = gez_chip_picker_new (title, FALSE);
      self->fields[i] = control;
      gez_choices_add_domain_chips (GEZ_CHIP_PICKER (control),
                                    gez_form_dialog_get_context (GEZ_FORM_DIALOG (self)));
      watch (self, control, "changed");
      return gez_form_wide_row (title, control);
    case KIND_QUALITY:
    case KIND_SECRECY:
    default:
      self->fields[i] = make_choice (self, &fields[i]);
      return self->fields[i];
    }
}

static void
add_similar_box (GezPartnerDialog *self)
{
  const char *heading = _("Possibly already in the social map");

  self->similar_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->similar = gez_form_list (heading);
  gtk_box_append (GTK_BOX (self->similar_box), gez_form_heading (heading));
  gtk_box_append (GTK_BOX (self->similar_box), self->similar);
  gtk_box_append (GTK_BOX (self->similar_box),
                  gez_form_hint (_("Choose one to open it instead.")));
  gtk_widget_set_visible (self->similar_box, FALSE);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), self->similar_box);
  g_signal_connect_object (self->similar, "row-activated", G_CALLBACK (similar_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
add_fields (GezPartnerDialog *self)
{
  GtkWidget *list = NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (fields[i].heading != NULL)
        list = gez_form_dialog_add_list (GEZ_FORM_DIALOG (self), _(fields[i].heading));
      gtk_list_box_append (GTK_LIST_BOX (list), make_field (self, i));
      if (i > 0)
        continue;
      if (self->partner == NULL)
        gez_form_dialog_append (GEZ_FORM_DIALOG (self),
                                gez_form_hint (_("Only this is needed. The rest can follow.")));
      add_similar_box (self);
    }
  g_signal_connect_object (self->fields[0], "changed", G_CALLBACK (name_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields[0], "entry-activated", G_CALLBACK (gez_form_dialog_save),
                           self, G_CONNECT_SWAPPED);
}

static void
present (GtkWidget  *parent,
         GezContext *context,
         GezRecord  *partner,
         const char *name)
{
  GezPartnerDialog *self = g_object_new (GEZ_TYPE_PARTNER_DIALOG, NULL);

  g_set_object (&self->partner, partner);
  self->subject = partner != NULL ? *gez_record_get_id (partner)
                                  : *gez_context_get_member_id (context);
  gez_form_dialog_set_up (GEZ_FORM_DIALOG (self), parent, context,
                          partner != NULL ? _("Partner") : _("New partner"), _("_Save"),
                          partner != NULL ? _("Partner saved") : _("Partner added"));
  self->keeper = gez_draft_keeper_new (context, GEZ_DRAFT_PARTNER, &self->subject);
  self->restored = gez_form_hint (_("What you typed earlier stands here again."));
  gtk_widget_set_visible (self->restored, FALSE);
  gez_form_dialog_append (GEZ_FORM_DIALOG (self), self->restored);
  add_fields (self);

  self->is_setting = TRUE;
  gez_form_dialog_set_ready (GEZ_FORM_DIALOG (self), partner != NULL);
  for (guint i = 0; partner != NULL && i < N_FIELDS; i++)
    set_value (self, i, gez_record_get_text (partner, fields[i].column));
  if (name != NULL)
    set_value (self, 0, name);
  for (guint i = 0; i < N_FIELDS; i++)
    self->before[i] = dup_value (self, i);
  self->is_setting = FALSE;

  gez_draft_keeper_load_async (self->keeper, NULL, draft_read_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->fields[0]);
}

/**
 * gez_partner_dialog_present:
 * @parent: where it was asked for
 * @context: the context
 * @partner: a partner with all its columns
 *
 * Lets a person edit a partner.
 */
void
gez_partner_dialog_present (GtkWidget  *parent,
                            GezContext *context,
                            GezRecord  *partner)
{
  g_return_if_fail (GEZ_IS_RECORD (partner));

  present (parent, context, partner, NULL);
}

/**
 * gez_partner_dialog_present_new:
 * @parent: where it was asked for
 * @context: the context
 * @name: (nullable): what is known of its name
 *
 * Asks for a new partner, writes it and opens it.
 */
void
gez_partner_dialog_present_new (GtkWidget  *parent,
                                GezContext *context,
                                const char *name)
{
  present (parent, context, NULL, name);
}
