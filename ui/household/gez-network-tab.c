/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "household/gez-network-tab.h"

#include "common/gez-act.h"
#include "common/gez-clamp-page.h"
#include "common/gez-discretion.h"
#include "common/gez-format.h"
#include "common/gez-reader.h"
#include "common/gez-row.h"
#include "common/gez-section.h"
#include "common/gez-words.h"
#include "household/gez-choices.h"
#include "household/gez-findable.h"
#include "household/gez-helper-dialog.h"
#include "household/gez-linked-files.h"
#include "household/gez-member-dialog.h"
#include "household/gez-relation-dialog.h"
#include "model/gez-network-view.h"
#include "model/gez-record-edit.h"

#include <glib/gi18n.h>

struct _GezNetworkTab
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;
  GezReader *reader;
  GezView *view; /* what is shown */

  GtkWidget *page;
  GtkWidget *members;
  GtkWidget *relations;
  GtkWidget *professionals;
  GtkWidget *network;
  GtkWidget *former_members;
  GtkWidget *former_helpers;
};

G_DEFINE_FINAL_TYPE (GezNetworkTab, gez_network_tab, GTK_TYPE_WIDGET)

static const char * const tables[] = { "person", "membership", "relation", "helper",
                                       "partner", "member", "school", "domain", NULL };

static const char *
get_optional (GezRecord  *record,
              const char *column)
{
  return gez_record_is_null (record, column) ? NULL : gez_record_get_text (record, column);
}

static void
add_part (GString    *line,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static void
add_since (GString    *line,
           const char *date)
{
  g_autofree char *day = date != NULL ? gez_format_date (date) : NULL;
  g_autofree char *words = day != NULL ? g_strdup_printf (_("since %s"), day) : NULL;

  add_part (line, words);
}

static void
add_until (GString    *line,
           const char *date)
{
  g_autofree char *day = date != NULL ? gez_format_date (date) : NULL;
  g_autofree char *words = day != NULL ? g_strdup_printf (_("until %s"), day) : NULL;

  add_part (line, words);
}

static char *
name_with_age (GezRecord *member)
{
  const char *name = gez_discreet (gez_record_get_text (member, "name"));

  if (gez_record_is_null (member, "age"))
    return g_strdup (name);

  /* The marks keep the age behind a name that is written from right to left. */
  return g_strdup_printf ("\u200e\u2068%s\u2069 (%d)", name,
                          (int) gez_record_get_integer (member, "age"));
}

static char *
describe_member (GezRecord *member,
                 gboolean   is_former)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) school = g_string_new (gez_discreet (get_optional (member, "school_name")));
  const char *class = gez_discreet (get_optional (member, "class"));

  if (get_optional (member, "residence") != NULL)
    add_part (line, gez_words_get (GEZ_WORDS_LIVES_HERE, get_optional (member, "residence")));
  if (class != NULL)
    g_string_append_printf (school, "%s%s", school->len > 0 ? ", " : "", class);
  add_part (line, school->str);
  add_part (line, gez_discreet (get_optional (member, "phones")));
  add_part (line, get_optional (member, "language"));
  add_part (line, gez_discreet (get_optional (member, "custody")));
  add_since (line, get_optional (member, "from_on"));
  if (is_former)
    add_until (line, get_optional (member, "to_on"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle,
          GezRecord  *record)
{
  GtkWidget *row = gez_row_new (title, *subtitle != '\0' ? subtitle : NULL);

  gez_row_set_lines (GEZ_ROW (row), 2, 3);
  gez_row_set_leads (GEZ_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (record), g_object_unref);

  return row;
}

static void
fill_members (GtkWidget *section,
              GPtrArray *members,
              gboolean   are_former)
{
  gez_section_clear (GEZ_SECTION (section));
  for (guint i = 0; i < members->len; i++)
    {
      GezRecord *member = members->pdata[i];
      g_autofree char *title = name_with_age (member);
      g_autofree char *subtitle = describe_member (member, are_former);
      GtkWidget *row = make_row (title, subtitle, member);

      if (get_optional (member, "role") != NULL)
        gez_row_add_chip (GEZ_ROW (row),
                          gez_words_get (GEZ_WORDS_MEMBERSHIP_ROLE, get_optional (member, "role")),
                          GEZ_CHIP_NEUTRAL);
      gez_section_append (GEZ_SECTION (section), row);
    }
}

static char *
describe_helper (GezNetworkTab *self,
                 GezRecord     *helper,
                 gboolean       is_former)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *partner = get_optional (helper, "partner_name");

  add_part (line, gez_discreet (get_optional (helper, "role")));
  if (g_strcmp0 (partner, get_optional (helper, "helper_name")) != 0)
    add_part (line, partner);
  if (get_optional (helper, "domain_code") != NULL)
    add_part (line, gez_choices_get_domain_label (self->context,
                                                  get_optional (helper, "domain_code")));
  add_part (line, gez_discreet (get_optional (helper, "helper_phone")));
  add_since (line, get_optional (helper, "since_on"));
  if (is_former)
    add_until (line, get_optional (helper, "until_on"));

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
fill_helpers (GezNetworkTab *self,
              GtkWidget     *section,
              GPtrArray     *helpers,
              gboolean       are_former)
{
  gez_section_clear (GEZ_SECTION (section));
  for (guint i = 0; i < helpers->len; i++)
    {
      GezRecord *helper = helpers->pdata[i];
      const char *name = gez_discreet (get_optional (helper, "helper_name"));
      g_autofree char *subtitle = describe_helper (self, helper, are_former);
      GtkWidget *row = make_row (name != NULL ? name : _("Without a name"), subtitle, helper);

      if (!are_former && gez_record_get_integer (helper, "is_contact_person") != 0)
        gez_row_add_chip (GEZ_ROW (row), _("contact person"), GEZ_CHIP_ACCENT);
      gez_section_append (GEZ_SECTION (section), row);
    }
}

static void
remove_relation_cb (GtkButton *button,
                    gpointer   user_data)
{
  GezNetworkTab *self = user_data;
  GezRecord *relation = g_object_get_data (G_OBJECT (button), "record");

  gez_act (GTK_WIDGET (self), self->context,
           gez_record_withdraw (self->context, "withdraw-relation", "relation",
                                gez_record_get_id (relation), NULL),
           _("Relation removed"));
}

static void
fill_relations (GezNetworkTab *self,
                GPtrArray     *relations)
{
  gez_section_clear (GEZ_SECTION (self->relations));
  for (guint i = 0; i < relations->len; i++)
    {
      GezRecord *relation = relations->pdata[i];
      GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
      g_autofree char *title =
        g_strdup_printf ("%s %s %s", gez_discreet (gez_record_get_text (relation, "name")),
                         gez_words_get (GEZ_WORDS_RELATION, gez_record_get_text (relation, "kind")),
                         gez_discreet (gez_record_get_text (relation, "other_name")));
      GtkWidget *row = gez_row_new (title, NULL);

      gez_row_set_lines (GEZ_ROW (row), 3, 1);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (remove, _("Remove this relation"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Remove this relation"), -1);
      g_object_set_data_full (G_OBJECT (remove), "record", g_object_ref (relation),
                              g_object_unref);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_relation_cb), self,
                               G_CONNECT_DEFAULT);
      gez_row_add_suffix (GEZ_ROW (row), remove);
      gez_section_append (GEZ_SECTION (self->relations), row);
    }
}

static GezQuery *
make_query (gpointer widget)
{
  return gez_network_view_query (&GEZ_NETWORK_TAB (widget)->household);
}

static void
show_view (gpointer      widget,
           gpointer      result,
           const GError *error)
{
  GezNetworkTab *self = widget;
  GPtrArray *former_members, *former_helpers;

  if (result == NULL)
    {
      gez_say_error (GTK_WIDGET (self), error);
      return;
    }

  g_set_object (&self->view, result);
  former_members = gez_view_get_list (self->view, "former_members");
  former_helpers = gez_view_get_list (self->view, "former_helpers");
  fill_members (self->members, gez_view_get_list (self->view, "members"), FALSE);
  fill_members (self->former_members, former_members, TRUE);
  fill_relations (self, gez_view_get_list (self->view, "relations"));
  fill_helpers (self, self->professionals, gez_view_get_list (self->view, "professionals"), FALSE);
  fill_helpers (self, self->network, gez_view_get_list (self->view, "network"), FALSE);
  fill_helpers (self, self->former_helpers, former_helpers, TRUE);
  gtk_widget_set_visible (self->former_members, former_members->len > 0);
  gtk_widget_set_visible (self->former_helpers, former_helpers->len > 0);
}

static void
member_activated_cb (GezNetworkTab *self,
                     GtkListBoxRow *row)
{
  gez_member_dialog_present (GTK_WIDGET (self), self->context, &self->household,
                             g_object_get_data (G_OBJECT (row), "record"));
}

/* Who is the contact person now: setting another one takes it from her. */
static const GezId *
find_contact_person (GezNetworkTab *self)
{
  GPtrArray *helpers;

  if (self->view == NULL)
    return NULL;

  helpers = gez_view_get_list (self->view, "professionals");
  for (guint i = 0; i < helpers->len; i++)
    if (gez_record_get_integer (helpers->pdata[i], "is_contact_person") != 0)
      return gez_record_get_id (helpers->pdata[i]);

  return NULL;
}

static void
helper_activated_cb (GezNetworkTab *self,
                     GtkListBoxRow *row)
{
  gez_helper_dialog_present (GTK_WIDGET (self), self->context, &self->household, NULL,
                             g_object_get_data (G_OBJECT (row), "record"),
                             find_contact_person (self));
}

static void
add_relation_cb (GezNetworkTab *self)
{
  if (self->view != NULL)
    gez_relation_dialog_present (GTK_WIDGET (self), self->context, &self->household,
                                 gez_view_get_list (self->view, "members"));
}

static void
add_professional_cb (GezNetworkTab *self)
{
  gez_helper_dialog_present (GTK_WIDGET (self), self->context, &self->household, "professional",
                             NULL, find_contact_person (self));
}

static void
add_network_cb (GezNetworkTab *self)
{
  gez_helper_dialog_present (GTK_WIDGET (self), self->context, &self->household, "network", NULL,
                             NULL);
}

static void
gez_network_tab_dispose (GObject *object)
{
  GezNetworkTab *self = GEZ_NETWORK_TAB (object);

  if (self->reader != NULL)
    g_object_run_dispose (G_OBJECT (self->reader));
  g_clear_object (&self->reader);
  g_clear_object (&self->view);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gez_network_tab_parent_class)->dispose (object);
}

static void
gez_network_tab_class_init (GezNetworkTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gez_network_tab_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gez_network_tab_init (GezNetworkTab *self)
{
}

static GtkWidget *
add_section (GezNetworkTab *self,
             GtkWidget     *content,
             const char    *title,
             const char    *empty,
             const char    *add_label,
             GCallback      add,
             GCallback      activated)
{
  GtkWidget *section = gez_section_new (title);

  if (empty != NULL)
    gez_section_set_empty (GEZ_SECTION (section), empty);
  if (add != NULL)
    {
      gez_section_set_add (GEZ_SECTION (section), add_label);
      g_signal_connect_object (section, "add", add, self, G_CONNECT_SWAPPED);
    }
  if (activated != NULL)
    g_signal_connect_object (section, "row-activated", activated, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (content), section);

  return section;
}

static GtkWidget *
make_content (GezNetworkTab *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->members = add_section (
    self, content, _("Family members"),
    _("Nobody is in this file yet. Add the first member: a first name is enough."),
    _("Add a member"), G_CALLBACK (gez_network_tab_add_member), G_CALLBACK (member_activated_cb));
  self->relations = add_section (
    self, content, _("Relations"),
    _("Say who is a parent, a partner or a guardian of whom when that matters."),
    _("Add a relation"), G_CALLBACK (add_relation_cb), NULL);
  self->professionals = add_section (
    self, content, _("Professionals"),
    _("Who else helps this family? Add them, so that nobody works beside each other."),
    _("Add a professional"), G_CALLBACK (add_professional_cb), G_CALLBACK (helper_activated_cb));
  self->network = add_section (
    self, content, _("Own network"),
    _("Family, friends, neighbours: who can they fall back on?"),
    _("Add somebody"), G_CALLBACK (add_network_cb), G_CALLBACK (helper_activated_cb));
  gtk_box_append (GTK_BOX (content), gez_linked_files_new (self->context, &self->household));
  gtk_box_append (GTK_BOX (content), gez_findable_new (self->context, &self->household));
  self->former_members = add_section (self, content, _("Earlier members"), NULL, NULL, NULL,
                                      G_CALLBACK (member_activated_cb));
  self->former_helpers = add_section (self, content, _("Helped before"), NULL, NULL, NULL,
                                      G_CALLBACK (helper_activated_cb));
  gtk_widget_set_visible (self->former_members, FALSE);
  gtk_widget_set_visible (self->former_helpers, FALSE);

  return content;
}

/**
 * gez_network_tab_new:
 * @context: the context
 * @household: the file
 *
 * Returns: (transfer floating): the tab; it reads when it shows
 */
GtkWidget *
gez_network_tab_new (GezContext  *context,
                     const GezId *household)
{
  GezNetworkTab *self = g_object_new (GEZ_TYPE_NETWORK_TAB, NULL);

  self->context = g_object_ref (context);
  self->household = *household;
  self->page = gez_clamp_page_new (make_content (self), 860);
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
  self->reader = gez_reader_new (GTK_WIDGET (self), gez_context_get_store (context), tables,
                                 make_query, show_view);

  return GTK_WIDGET (self);
}

/**
 * gez_network_tab_add_member:
 * @self: the tab
 *
 * Opens the form for a new member.
 */
void
gez_network_tab_add_member (GezNetworkTab *self)
{
  g_return_if_fail (GEZ_IS_NETWORK_TAB (self));

  gez_member_dialog_present (GTK_WIDGET (self), self->context, &self->household, NULL);
}
