/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GEZ_DEMO_TEXTS 4
#define GEZ_DEMO_STEPS 3

typedef struct
{
  const char *words;
  const char *steps[GEZ_DEMO_STEPS];
} GezDemoGoal;

/**
 * GezDemoDomain:
 *
 * What invented families and workers say about one life domain. `%s` in @notes is a first name.
 */
typedef struct
{
  const char *code;
  const char *family_strengths[GEZ_DEMO_TEXTS];
  const char *worker_strengths[GEZ_DEMO_TEXTS];
  const char *family_needs[GEZ_DEMO_TEXTS];
  const char *worker_needs[GEZ_DEMO_TEXTS];
  const char *wishes[GEZ_DEMO_TEXTS];
  GezDemoGoal goals[2];
  const char *notes[GEZ_DEMO_TEXTS];
  const char *questions[GEZ_DEMO_TEXTS];
  const char *partner;
  const char *partner_offer;
} GezDemoDomain;

#define GEZ_DEMO_N_DOMAINS 10

extern const GezDemoDomain gez_demo_domains[GEZ_DEMO_N_DOMAINS];
extern const char *const gez_demo_openings[];
extern const char *const gez_demo_closings[];
extern const char *const gez_demo_flags[];
extern const char *const gez_demo_attempts[];
extern const char *const gez_demo_followups[];

G_END_DECLS
