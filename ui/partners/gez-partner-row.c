/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "partners/gez-partner-row.h"

#include <glib/gi18n.h>

#include "common/gez-chip.h"
#include "household/gez-choices.h"
#include "households/gez-chip-line.h"

#define MOST_DOMAINS 4
#define AREA_CHARS 18

struct _GezPartnerRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *name;
  GtkWidget *offer;
  GtkWidget *area;
  GtkWidget *unchecked;
  GtkWidget *domains[MOST_DOMAINS];
};

G_DEFINE_FINAL_TYPE (GezPartnerRow, gez_partner_row, GTK_TYPE_WIDGET)

static const char *
describe_unchecked (GezRecord *partner)
{
  return gez_record_get_integer (partner, "is_unchecked") != 0 ? _("to check") : NULL;
}

/* What they do; without words for it, what they are. */
static const char *
describe_offer (GezRecord *partner)
{
  const char *offer = gez_record_get_text (partner, "offer");

  return offer != NULL ? offer : gez_record_get_text (partner, "kind");
}

/* Inscriptions keep their height whatever the script is. */
static GtkWidget *
add_line (GtkWidget  *box,
          const char *css_class)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_min_lines (GTK_INSCRIPTION (line), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (line), 1);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 8);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (line), 24);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (line), PANGO_WRAP_CHAR);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (line, css_class);
  gtk_box_append (GTK_BOX (box), line);

  return line;
}

static GtkWidget *
add_chip (GtkWidget    *line,
          GezChipStyle  style)
{
  GtkWidget *chip = gez_chip_new ("", style);

  gtk_widget_set_visible (chip, FALSE);
  gez_chip_line_append (GEZ_CHIP_LINE (line), chip);

  return chip;
}

static void
show_chip (GtkWidget  *chip,
           const char *text)
{
  gtk_widget_set_visible (chip, text != NULL);
  if (text != NULL)
    gtk_label_set_text (GTK_LABEL (chip), text);
}

static void
gez_partner_row_dispose (GObject *object)
{
  g_clear_pointer (&GEZ_PARTNER_ROW (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gez_partner_row_parent_class)->dispose (object);
}

static void
gez_partner_row_class_init (GezPartnerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gez_partner_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "partnerrow");
}

static void
gez_partner_row_init (GezPartnerRow *self)
{
  GtkWidget *last = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *chips = gez_chip_line_new (6);
  GtkWidget *strut;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->name = add_line (self->box, "heading");
  self->offer = add_line (self->box, "dim-label");
  self->unchecked = add_chip (chips, GEZ_CHIP_WARNING);
  for (guint i = 0; i < MOST_DOMAINS; i++)
    self->domains[i] = add_chip (chips, GEZ_CHIP_NEUTRAL);
  strut = add_chip (chips, GEZ_CHIP_NEUTRAL);
  show_chip (strut, " ");
  gtk_widget_add_css_class (strut, "gez-strut");
  gtk_accessible_update_state (GTK_ACCESSIBLE (strut), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_hexpand (chips, TRUE);
  gtk_box_append (GTK_BOX (last), chips);
  self->area = add_line (last, "gez-detail");
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->area), 0);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (self->area), 1);
  gtk_widget_set_valign (self->area, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), last);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * gez_partner_row_new:
 *
 * Returns: (transfer floating): a row without partner
 */
GtkWidget *
gez_partner_row_new (void)
{
  return g_object_new (GEZ_TYPE_PARTNER_ROW, NULL);
}

/**
 * gez_partner_row_set_partner:
 * @self: a row
 * @context: whose words for the domains
 * @partner: (transfer none): a partner as gez_partner_list_query() gave it
 */
void
gez_partner_row_set_partner (GezPartnerRow *self,
                             GezContext    *context,
                             GezRecord     *partner)
{
  const char *area = gez_record_get_text (partner, "area");
  g_auto (GStrv) labels = NULL;
  guint n_labels;

  g_return_if_fail (GEZ_IS_PARTNER_ROW (self));
  g_return_if_fail (GEZ_IS_RECORD (partner));

  labels = gez_partner_domain_labels (context, partner);
  n_labels = g_strv_length (labels);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->name), gez_record_get_text (partner, "name"));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->offer), describe_offer (partner));
  show_chip (self->unchecked, describe_unchecked (partner));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->area), area);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (self->area),
                                 area != NULL ? MIN (g_utf8_strlen (area, -1), AREA_CHARS) : 0);
  for (guint i = 0; i < MOST_DOMAINS; i++)
    show_chip (self->domains[i], i < n_labels ? labels[i] : NULL);
}

/**
 * gez_partner_row_describe:
 * @context: whose words for the domains
 * @partner: a partner as gez_partner_list_query() gave it
 *
 * Returns: (transfer full): the row in words, for who cannot see it
 */
char *
gez_partner_row_describe (GezContext *context,
                          GezRecord  *partner)
{
  g_auto (GStrv) labels = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (GEZ_IS_RECORD (partner), NULL);

  labels = gez_partner_domain_labels (context, partner);
  text = g_string_new (gez_record_get_text (partner, "name"));

  const char *parts[] = { describe_offer (partner), describe_unchecked (partner),
                          gez_record_get_text (partner, "area") };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (text, ", %s", parts[i]);
  for (guint i = 0; labels[i] != NULL; i++)
    g_string_append_printf (text, ", %s", labels[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * gez_partner_domain_labels:
 * @context: whose words
 * @partner: a partner with its column domains
 *
 * Returns: (transfer full): the short names of the domains it works on
 */
char **
gez_partner_domain_labels (GezContext *context,
                           GezRecord  *partner)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  const char *domains = gez_record_get_text (partner, "domains");
  g_auto (GStrv) codes = g_strsplit (domains != NULL ? domains : "", ";", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    if (*g_strstrip (codes[i]) != '\0')
      g_strv_builder_add (labels, gez_choices_get_domain_label (context, codes[i]));

  return g_strv_builder_end (labels);
}
