/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "households/gez-filter-bar.h"

#include <glib/gi18n.h>

#include "common/gez-accessible.h"
#include "common/gez-wrap-layout.h"

/*
 * 1. Every choice has a code, which is what is kept; a code that is not known any more is the first
 *    choice, so that an old filter shows too much rather than nothing.
 * 2. Reading a filter from text is one change, told once.
 */

typedef enum
{
  CHOICE_STATE,
  CHOICE_ATTENTION,
  CHOICE_DOMAIN,
  CHOICE_ORDER,
  N_CHOICES,
} Choice;

struct _GezFilterBar
{
  GtkWidget parent_instance;

  GezContext *context;
  gboolean is_reading;
  GtkWidget *mine;
  GtkWidget *team;
  GtkDropDown *choices[N_CHOICES];
  GStrv codes[N_CHOICES]; /* beside each word of the choice */
};

G_DEFINE_FINAL_TYPE (GezFilterBar, gez_filter_bar, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define ALL "all"

/* What GezHouseholdFilter calls them, in the order of the choice. */
static const char *const states[] = { "open", "aftercare", "paused", "closed", ALL, NULL };
static const char *const state_names[] = {
  N_("Running"), N_("Aftercare"), N_("Paused"), N_("Closed"), N_("All states"), NULL,
};

static const char *const attentions[] = { ALL, "stale", "late", "no_news", NULL };
static const char *const attention_names[] = {
  N_("All households"), N_("No contact for long"), N_("Late follow-up"),
  N_("Referral without news"), NULL,
};

/* In the order of GezHouseholdSort. */
static const char *const orders[] = { "name", "last_contact", "next_followup", NULL };
static const char *const order_names[] = {
  N_("By name"), N_("Longest without contact"), N_("Next follow-up"), NULL,
};

static const char *const choice_keys[N_CHOICES] = { "state", "attention", "domain", "order" };

static const char *
get_code (GezFilterBar *self,
          Choice        choice)
{
  return self->codes[choice][gtk_drop_down_get_selected (self->choices[choice])];
}

static const char *
get_code_or_null (GezFilterBar *self,
                  Choice        choice)
{
  const char *code = get_code (self, choice);

  return g_strcmp0 (code, ALL) == 0 ? NULL : code;
}

static void
set_code (GezFilterBar *self,
          Choice        choice,
          const char   *code)
{
  guint selected = 0;

  for (guint i = 0; self->codes[choice][i] != NULL; i++)
    if (g_strcmp0 (self->codes[choice][i], code) == 0)
      selected = i;
  gtk_drop_down_set_selected (self->choices[choice], selected);
}

static void
changed_cb (GezFilterBar *self)
{
  if (!self->is_reading)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
gez_filter_bar_dispose (GObject *object)
{
  GezFilterBar *self = GEZ_FILTER_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_filter_bar_parent_class)->dispose (object);
}

static void
gez_filter_bar_finalize (GObject *object)
{
  for (guint i = 0; i < N_CHOICES; i++)
    g_strfreev (GEZ_FILTER_BAR (object)->codes[i]);

  G_OBJECT_CLASS (gez_filter_bar_parent_class)->finalize (object);
}

static void
gez_filter_bar_class_init (GezFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gez_filter_bar_dispose;
  object_class->finalize = gez_filter_bar_finalize;

  signals[CHANGED] = g_signal_new ("changed", GEZ_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gez_filter_bar_init (GezFilterBar *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gez_wrap_layout_new (6, 6));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which households show"), -1);
}

static void
add_choice (GezFilterBar *self,
            Choice        choice,
            GListModel   *words,
            const char   *label)
{
  GtkWidget *widget = gtk_drop_down_new (words, NULL);

  gez_accessible_set_name (widget, label);
  gtk_widget_set_tooltip_text (widget, label);
  g_signal_connect_object (widget, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  self->choices[choice] = GTK_DROP_DOWN (widget);
}

static void
add_fixed_choice (GezFilterBar      *self,
                  Choice             choice,
                  const char *const *codes,
                  const char *const *names,
                  const char        *label)
{
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    gtk_string_list_append (words, _(names[i]));
  self->codes[choice] = g_strdupv ((char **) codes);
  add_choice (self, choice, G_LIST_MODEL (words), label);
}

static void
add_domains (GezFilterBar *self)
{
  GezLists *lists = gez_context_get_lists (self->context);
  GPtrArray *domains = gez_lists_get_domains (lists);
  GtkStringList *words = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  gtk_string_list_append (words, _("All life domains"));
  g_strv_builder_add (codes, ALL);
  for (guint i = 0; i < domains->len; i++)
    {
      gtk_string_list_append (words, gez_lists_get_short_label (lists, domains->pdata[i]));
      g_strv_builder_add (codes, gez_record_get_text (domains->pdata[i], "code"));
    }
  self->codes[CHOICE_DOMAIN] = g_strv_builder_end (codes);
  add_choice (self, CHOICE_DOMAIN, G_LIST_MODEL (words), _("Life domain that is worked on"));
}

static void
add_scope (GezFilterBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gboolean is_leader;

  self->mine = gtk_toggle_button_new_with_label (_("Mine"));
  self->team = gtk_toggle_button_new_with_label (_("Team"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->team), GTK_TOGGLE_BUTTON (self->mine));
  /* A team leader has no households: hers are those of the team. */
  is_leader = g_strcmp0 (gez_context_get_role (self->context), "teamleider") == 0;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (is_leader ? self->team : self->mine), TRUE);
  gtk_box_append (GTK_BOX (box), self->mine);
  gtk_box_append (GTK_BOX (box), self->team);
  gtk_widget_add_css_class (box, "linked");
  g_signal_connect_object (self->mine, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * gez_filter_bar_new:
 * @context: who looks, and which life domains there are
 *
 * Returns: (transfer floating): a bar with what shows at first
 */
GtkWidget *
gez_filter_bar_new (GezContext *context)
{
  GezFilterBar *self = g_object_new (GEZ_TYPE_FILTER_BAR, NULL);

  self->context = g_object_ref (context);
  add_scope (self);
  add_fixed_choice (self, CHOICE_STATE, states, state_names, _("State of the trajectory"));
  add_fixed_choice (self, CHOICE_ATTENTION, attentions, attention_names, _("What asks attention"));
  add_domains (self);
  add_fixed_choice (self, CHOICE_ORDER, orders, order_names, _("Order"));
  return GTK_WIDGET (self);
}

/**
 * gez_filter_bar_get:
 * @self: a bar
 * @filter: (out): everything but the words; its texts live as long as @self
 */
void
gez_filter_bar_get (GezFilterBar       *self,
                    GezHouseholdFilter *filter)
{
  const char *code;
  GezRecord *domain = NULL;

  g_return_if_fail (GEZ_IS_FILTER_BAR (self));

  code = get_code_or_null (self, CHOICE_DOMAIN);
  if (code != NULL)
    domain = gez_lists_find_domain_by_code (gez_context_get_lists (self->context), code);
  *filter = (GezHouseholdFilter) {
    .mine_of = gez_filter_bar_is_mine (self) ? *gez_context_get_member_id (self->context)
                                             : GEZ_ID_NONE,
    .state = get_code_or_null (self, CHOICE_STATE),
    .attention = get_code_or_null (self, CHOICE_ATTENTION),
    .domain = domain != NULL ? *gez_record_get_id (domain) : GEZ_ID_NONE,
    .sort = (GezHouseholdSort) gtk_drop_down_get_selected (self->choices[CHOICE_ORDER]),
  };
}

/**
 * gez_filter_bar_is_mine:
 * @self: a bar
 *
 * Returns: whether only the own households show
 */
gboolean
gez_filter_bar_is_mine (GezFilterBar *self)
{
  g_return_val_if_fail (GEZ_IS_FILTER_BAR (self), FALSE);

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->mine));
}

/**
 * gez_filter_bar_is_narrowed:
 * @self: a bar
 *
 * Returns: whether a state, attention or life domain was chosen, so that others may be hidden
 */
gboolean
gez_filter_bar_is_narrowed (GezFilterBar *self)
{
  const char *state;

  g_return_val_if_fail (GEZ_IS_FILTER_BAR (self), FALSE);

  state = get_code_or_null (self, CHOICE_STATE);
  return (state != NULL && g_strcmp0 (state, states[0]) != 0)
         || get_code_or_null (self, CHOICE_ATTENTION) != NULL
         || get_code_or_null (self, CHOICE_DOMAIN) != NULL;
}

/**
 * gez_filter_bar_show_team:
 * @self: a bar
 *
 * Shows the households of the whole team.
 */
void
gez_filter_bar_show_team (GezFilterBar *self)
{
  g_return_if_fail (GEZ_IS_FILTER_BAR (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->team), TRUE);
}

/**
 * gez_filter_bar_to_text:
 * @self: a bar
 * @words: (nullable): what is searched for beside it
 *
 * Returns: (transfer full): all of it, for gez_filter_bar_set_text()
 */
char *
gez_filter_bar_to_text (GezFilterBar *self,
                        const char   *words)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) variant = NULL;

  g_return_val_if_fail (GEZ_IS_FILTER_BAR (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "words", words != NULL ? words : "");
  g_variant_builder_add (&builder, "{ss}", "scope",
                         gez_filter_bar_is_mine (self) ? "mine" : "team");
  for (guint i = 0; i < N_CHOICES; i++)
    g_variant_builder_add (&builder, "{ss}", choice_keys[i], get_code (self, i));
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (variant, FALSE);
}

/**
 * gez_filter_bar_set_text:
 * @self: a bar
 * @text: of gez_filter_bar_to_text(), perhaps of another version of the program
 *
 * Shows that filter, and tells of it as of one change.
 *
 * Returns: (transfer full): the words that are searched for beside it
 */
char *
gez_filter_bar_set_text (GezFilterBar *self,
                         const char   *text)
{
  g_autoptr (GVariant) variant = NULL;
  const char *scope = NULL, *words = "";

  g_return_val_if_fail (GEZ_IS_FILTER_BAR (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL);
  if (variant == NULL)
    return g_strdup ("");
  self->is_reading = TRUE;
  g_variant_lookup (variant, "words", "&s", &words);
  g_variant_lookup (variant, "scope", "&s", &scope);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (g_strcmp0 (scope, "team") == 0 ? self->team : self->mine), TRUE);
  for (guint i = 0; i < N_CHOICES; i++)
    {
      const char *code = NULL;

      g_variant_lookup (variant, choice_keys[i], "&s", &code);
      set_code (self, i, code);
    }
  self->is_reading = FALSE;
  changed_cb (self);
  return g_strdup (words);
}
