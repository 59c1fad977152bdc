/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unlock/gez-welcome-page.h"

#include <glib/gi18n.h>

#include "base/gez-text.h"
#include "common/gez-passphrase-entry.h"
#include "common/gez-sentence.h"
#include "unlock/gez-strength.h"

struct _GezWelcomePage
{
  GtkWidget parent_instance;

  GezOpening *opening;
  GtkWidget *form;
  GtkWidget *name;
  GtkWidget *team;
  GtkWidget *role;
  GtkWidget *passphrase;
  GtkWidget *repeat;
  GtkWidget *bar;
  GtkWidget *advice;
  GtkWidget *message;
  GtkWidget *button;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (GezWelcomePage, gez_welcome_page, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const role_codes[] = { "casemanager", "brugfiguur", "teamleider" };

static void
set_busy (GezWelcomePage *self,
          gboolean        busy)
{
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static void
say (GezWelcomePage *self,
     const char     *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->message), sentence ? sentence : "");
  gtk_widget_set_visible (self->message, sentence != NULL);
}

/* What is missing, in words; NULL when all is there. */
static const char *
find_fault (GezWelcomePage *self)
{
  GezPassphraseEntry *passphrase = GEZ_PASSPHRASE_ENTRY (self->passphrase);
  GezStrength strength;

  if (gez_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->name))))
    {
      gtk_widget_grab_focus (self->name);
      return _("Type your name first.");
    }
  gez_strength_check (gez_passphrase_entry_peek (passphrase), &strength);
  g_free (strength.sentence);
  if (!strength.is_enough)
    {
      gtk_widget_grab_focus (self->passphrase);
      return _("Choose a longer passphrase first.");
    }
  if (!gez_passphrase_entry_equal (passphrase, GEZ_PASSPHRASE_ENTRY (self->repeat)))
    {
      gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->repeat));
      gtk_widget_grab_focus (self->repeat);
      return _("The two passphrases are not the same. Type the second one again.");
    }
  return NULL;
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GezWelcomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GezContext) context = gez_opening_finish (result, &error);

  set_busy (self, FALSE);
  if (context)
    g_signal_emit (self, signals[OPENED], 0, context);
  else
    {
      g_autofree char *sentence = gez_sentence_for_error (error);

      say (self, sentence);
    }
}

static void
create_cb (GezWelcomePage *self)
{
  const char *fault = find_fault (self);
  GezStoreOwner owner = { 0 };

  say (self, fault);
  if (fault)
    return;
  owner.member_name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  owner.team_name = gtk_editable_get_text (GTK_EDITABLE (self->team));
  owner.role = role_codes[adw_combo_row_get_selected (ADW_COMBO_ROW (self->role))];
  gez_opening_create_async (self->opening, gez_passphrase_entry_peek (GEZ_PASSPHRASE_ENTRY (self->passphrase)),
                            &owner, created_cb, g_object_ref (self));
  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->passphrase));
  gez_passphrase_entry_wipe (GEZ_PASSPHRASE_ENTRY (self->repeat));
  set_busy (self, TRUE);
}

static void
passphrase_changed_cb (GezWelcomePage *self)
{
  GezPassphraseEntry *entry = GEZ_PASSPHRASE_ENTRY (self->passphrase);
  GezStrength strength;

  gez_strength_check (gez_passphrase_entry_peek (entry), &strength);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar), strength.score);
  gtk_label_set_label (GTK_LABEL (self->advice), gez_passphrase_entry_is_empty (entry) ? "" : strength.sentence);
  g_free (strength.sentence);
}

static void
focus_cb (GtkWidget *next)
{
  gtk_widget_grab_focus (next);
}

static gboolean
gez_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GEZ_WELCOME_PAGE (widget)->name);
}

static void
gez_welcome_page_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (gez_welcome_page_parent_class)->dispose (object);
}

static void
gez_welcome_page_finalize (GObject *object)
{
  g_clear_pointer (&GEZ_WELCOME_PAGE (object)->opening, gez_opening_free);
  G_OBJECT_CLASS (gez_welcome_page_parent_class)->finalize (object);
}

static void
gez_welcome_page_class_init (GezWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gez_welcome_page_dispose;
  object_class->finalize = gez_welcome_page_finalize;
  widget_class->grab_focus = gez_welcome_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[OPENED] = g_signal_new ("opened", GEZ_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GEZ_TYPE_CONTEXT);
}

static GtkWidget *
make_who (GezWelcomePage *self)
{
  const char *labels[] = { _("Case manager"), _("Brugfiguur"), _("Team leader"), NULL };
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) roles = gtk_string_list_new (labels);

  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _("Your name"));
  self->team = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->team), _("Team (may stay empty)"));
  self->role = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->role), _("What you do"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->role), G_LIST_MODEL (roles));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->role);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->team);
  return group;
}

static GtkWidget *
make_secret (GezWelcomePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *warning = gtk_label_new (_("Only this passphrase opens your files. If it is lost, nobody can open "
                                        "them again. Write it down and keep that paper somewhere safe."));

  self->passphrase = gez_passphrase_entry_new (_("Passphrase"));
  self->repeat = gez_passphrase_entry_new (_("The same passphrase again"));
  self->bar = gtk_level_bar_new_for_interval (0, 100);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Strength of the passphrase"), -1);
  self->advice = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->advice), 0);
  gtk_label_set_wrap (GTK_LABEL (self->advice), TRUE);
  gtk_widget_add_css_class (self->advice, "caption");
  gtk_label_set_wrap (GTK_LABEL (warning), TRUE);
  gtk_label_set_xalign (GTK_LABEL (warning), 0);
  gtk_widget_add_css_class (warning, "dim-label");
  gtk_box_append (GTK_BOX (box), self->passphrase);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->advice);
  gtk_box_append (GTK_BOX (box), self->repeat);
  gtk_box_append (GTK_BOX (box), warning);
  return box;
}

static GtkWidget *
make_end (GezWelcomePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);
  self->button = gtk_button_new_with_label (_("Start"));
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Making the encrypted store"), -1);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->spinner);
  return box;
}

static void
gez_welcome_page_init (GezWelcomePage *self)
{
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (self->form), make_who (self));
  gtk_box_append (GTK_BOX (self->form), make_secret (self));
  gtk_box_append (GTK_BOX (self->form), make_end (self));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 460);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->form);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "be.gezinsplan.Gezinsplan");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("Welcome to Gezinsplan"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status),
                                   _("One family, one plan. Everything you write stays on this computer, "
                                     "encrypted."));
  adw_status_page_set_child (ADW_STATUS_PAGE (status), clamp);
  gtk_widget_set_parent (status, GTK_WIDGET (self));
  g_signal_connect_swapped (self->passphrase, "changed", G_CALLBACK (passphrase_changed_cb), self);
  g_signal_connect_swapped (self->passphrase, "activate", G_CALLBACK (focus_cb), self->repeat);
  g_signal_connect_swapped (self->repeat, "activate", G_CALLBACK (create_cb), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (create_cb), self);
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
