/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "household/gez-contact-form.h"

G_BEGIN_DECLS

/* What the files of the form share: gez-contact-form.c shows it, -draft.c keeps it, -save.c turns
 * it into a change. */
struct _GezContactForm
{
  GtkWidget parent_instance;

  GezContext *context;
  GezId household;

  GtkWidget *content;
  GtkWidget *complaint;
  GtkWidget *date;
  GtkWidget *time;
  GtkWidget *minutes;
  GtkWidget *quick_channels;
  GtkWidget *channel;
  GtkWidget *attempt;
  GtkWidget *people;
  GtkWidget *text;
  GtkWidget *circle;
  GtkWidget *questions; /* box of GezQuestionEditor */
  GtkWidget *domains;
  GtkWidget *followup_what;
  GtkWidget *followup_on;

  char *domain;         /* code of the domain that it starts with; NULL: none */
  char **wanted_people; /* keys to switch on once the people are there */
  gboolean is_setting;  /* the program fills in, not a person */
};

GtkWidget *gez_contact_form_add_question    (GezContactForm *self);
void       gez_contact_form_clear_questions (GezContactForm *self);
void       gez_contact_form_show_channel    (GezContactForm *self);

G_END_DECLS
