/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-welcome-page.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-accessible.h"
#include "common/gez-focus.h"
#include "common/gez-paste.h"
#include "common/gez-sentence.h"
#include "common/gez-words.h"
#include "common/gez-wrap-layout.h"
#include "unlock/gez-front.h"
#include "unlock/gez-new-passphrase.h"

#define N_ROLES 3

struct _GezWelcomePage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  GtkWidget *front;
  GtkWidget *form;
  GtkWidget *name;
  GtkWidget *roles[N_ROLES];
  GtkWidget *team;
  GtkWidget *passphrase;
  GtkWidget *make;
  GtkWidget *spinner;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (GezWelcomePage, gez_welcome_page, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const role_codes[N_ROLES] = { "casemanager", "brugfiguur", "teamleider" };

static void
say (GezWelcomePage *self,
     const char     *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->message), sentence != NULL ? sentence : "");
}

static void
set_working (GezWelcomePage *self,
             gboolean        is_working)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that becomes insensitive does not let go of the focus by itself. */
  if (is_working && root != NULL)
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (self->form, !is_working);
  gtk_widget_set_sensitive (self->make, !is_working);
  gtk_widget_set_visible (self->spinner, is_working);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_working);
}

static const char *
get_role (GezWelcomePage *self)
{
  for (guint i = 0; i < N_ROLES; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->roles[i])))
      return role_codes[i];
  return role_codes[0];
}

/* What is wrong first from top to bottom is said, and gets the focus. */
static gboolean
check (GezWelcomePage *self)
{
  g_autofree char *advice = NULL;

  if (gez_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->name))))
    {
      say (self, _("Fill in your name, so that colleagues know who wrote something."));
      gtk_widget_grab_focus (self->name);
      return FALSE;
    }
  advice = gez_new_passphrase_check (GEZ_NEW_PASSPHRASE (self->passphrase));
  if (advice != NULL)
    say (self, advice);
  return advice == NULL;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GezWelcomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_opening_finish (result, &error);
  g_autofree char *sentence = NULL;

  if (self->front == NULL)
    return;
  set_working (self, FALSE);
  if (context != NULL)
    {
      g_signal_emit (self, signals[OPENED], 0, context);
      return;
    }
  sentence = gez_sentence_for_error (error);
  say (self, sentence);
  gtk_widget_grab_focus (self->passphrase);
}

static void
make_cb (GezWelcomePage *self)
{
  g_autofree char *name = NULL;
  g_autofree char *team = NULL;
  GezStoreOwner owner;

  if (!check (self))
    return;
  name = gez_text_normalise (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  team = gez_text_normalise (gtk_editable_get_text (GTK_EDITABLE (self->team)));
  owner = (GezStoreOwner) {
    .team_name = gez_text_is_blank (team) ? NULL : team,
    .member_name = name,
    .role = get_role (self),
  };
  gez_opening_create_async (self->opening,
                            gez_new_passphrase_peek (GEZ_NEW_PASSPHRASE (self->passphrase)),
                            &owner, opened_cb, g_object_ref (self));
  gez_new_passphrase_wipe (GEZ_NEW_PASSPHRASE (self->passphrase));
  set_working (self, TRUE);
  say (self, _("Making your file…"));
}

static gboolean
gez_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_WELCOME_PAGE (widget)->name);
}

static void
gez_welcome_page_dispose (GObject *object)
{
  GezWelcomePage *self = GEZ_WELCOME_PAGE (object);

  g_clear_pointer (&self->front, gtk_widget_unparent);
  g_clear_pointer (&self->opening, gez_opening_free);
  G_OBJECT_CLASS (gez_welcome_page_parent_class)->dispose (object);
}

static void
gez_welcome_page_class_init (GezWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_welcome_page_dispose;
  widget_class->grab_focus = gez_welcome_page_grab_focus;
  gez_focus_class_let_leave (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[OPENED] = g_signal_new ("opened", GEZ_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, GEZ_TYPE_CONTEXT);
}

static GtkWidget *
make_entry (GezWelcomePage *self,
            const char     *name)
{
  GtkWidget *entry = gtk_entry_new ();

  gez_paste_limit (entry, GEZ_PASTE_LINE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 200);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (make_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
make_roles (GezWelcomePage *self)
{
  GtkWidget *box = gez_wrap_box_new (12, 0);

  for (guint i = 0; i < N_ROLES; i++)
    {
      const char *words = gez_words_get (GEZ_WORDS_MEMBER_ROLE, role_codes[i]);

      self->roles[i] = gtk_check_button_new_with_label (words);
      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (self->roles[i]),
                                    GTK_CHECK_BUTTON (self->roles[0]));
      gtk_box_append (GTK_BOX (box), self->roles[i]);
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->roles[0]), TRUE);
  return box;
}

static GtkWidget *
make_wrapped (const char *text,
              const char *css_class,
              float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_form (GezWelcomePage *self)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->name = make_entry (self, _("Your name"));
  self->team = make_entry (self, _("Name of your team (may stay empty)"));
  self->passphrase = gez_new_passphrase_new (_("_Passphrase"));
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (make_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (form), gez_front_field_new (_("Your _name"), self->name));
  gtk_box_append (GTK_BOX (form), gez_front_field_new (_("Your role"), make_roles (self)));
  gtk_box_append (GTK_BOX (form),
                  gez_front_field_new (_("Name of your _team (may stay empty)"), self->team));
  gtk_box_append (GTK_BOX (form), self->passphrase);
  gtk_box_append (GTK_BOX (form),
                  make_wrapped (_("Write the passphrase down and keep it in a safe place. Without it, or a "
                                  "recovery sheet that you can make in a moment, nobody can open your file "
                                  "again, and neither can we."),
                                "gez-notice", 0));
  return form;
}

static void
gez_welcome_page_init (GezWelcomePage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->form = make_form (self);
  self->make = gtk_button_new_with_mnemonic (_("_Make my file"));
  self->spinner = gtk_spinner_new ();
  self->message = make_wrapped (NULL, "gez-front-message", 0.5);
  gtk_label_set_justify (GTK_LABEL (self->message), GTK_JUSTIFY_CENTER);
  gez_accessible_hide_empty (self->message);
  gtk_widget_set_halign (self->make, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_add_css_class (self->make, "pill");
  gtk_widget_add_css_class (self->make, "suggested-action");
  g_signal_connect_object (self->make, "clicked", G_CALLBACK (make_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (column), self->form);
  gtk_box_append (GTK_BOX (column), self->message);
  gtk_box_append (GTK_BOX (column), self->spinner);
  gtk_box_append (GTK_BOX (column), self->make);
  self->front = gez_front_new (_("Welcome"),
                               _("Gezinsplan keeps one plan for each family: what goes well, what "
                                 "they want, and what you agreed. Everything is encrypted on this "
                                 "computer and opens with your passphrase only."),
                               column);
  gtk_widget_set_parent (self->front, GTK_WIDGET (self));
}

/**
 * gez_welcome_page_new:
 * @opening: copied
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
gez_welcome_page_new (const GezOpening *opening)
{
  GezWelcomePage *self = g_object_new (GEZ_TYPE_WELCOME_PAGE, NULL);

  self->opening = gez_opening_copy (opening);
  return GTK_WIDGET (self);
}
