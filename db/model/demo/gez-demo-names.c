/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/demo/gez-demo-names.h"

/* Names that nobody can take for a real family's. */

const char *const gez_demo_family_names[] = {
  "Voorbeeld", "Verzonnen", "Proef", "Denkbeeld", "Staal", "Testmans", "Bedacht", "Fictief", "Schijnaert",
  "Modelaer", "Zogezegd", "Oefening", "Sjabloon", "Demonst", "Nepveu-Test", "Invulling", "Kladders", "Mustervoort",
  "Örnekoğlu", "Deneme", "Exemplaire", "Przykładowska", "Beispiel", "El Mithali", NULL,
};

const char *const gez_demo_first_names[] = {
  "Testa", "Probeert", "Anna", "Bilal", "Chloé", "Dina", "Emre", "Fatou", "Gust", "Hanne", "İpek", "Joris", "Kenza",
  "Lowie", "Mira", "Noor", "Omar", "Pieternel", "Quinten", "Rania", "Sofie", "Tijl", "Umut", "Vera", "Wout", "Xander",
  "Yasmine", "Zoë", "Şule", "Çağla", NULL,
};

/* Each of these stands in every caseload: what a name may hold must never break a screen. */
const char *const gez_demo_strange_names[] = {
  "O'Neill & <Zonen>",
  "عائلة أمثلة",
  "Gezin Örnekoğlu-Çiçekdağı",
  "Gezin \360\237\217\240 Regenboog",
  "Gezin van der Voorbeeldenburg-Proefmans de Testvelde tot Denkbeeldighoven en Verzonnenbeke, geboren "
  "Oefenaer-Sjabloonstra, ook gekend als het samengestelde gezin Modelaer-Fictief-Kladders van de hoek",
  "Zonder naam (schuilnaam Merel)",
  NULL,
};

const char *const gez_demo_languages[] = {
  "Nederlands", "Arabisch", "Turks", "Frans", "Dari", "Tigrinya", "Pools", "Berbers", "Oekraïens", NULL,
};

const char *const gez_demo_streets[] = {
  "Teststraat", "Voorbeeldlaan", "Proefplein", "Verzonnen Steenweg", "Denkbeeldpad", NULL,
};

/**
 * gez_demo_pick:
 * @list: %NULL-ended, not empty
 *
 * Returns: one of the list
 */
const char *
gez_demo_pick (GRand             *random,
               const char *const *list)
{
  return list[g_rand_int_range (random, 0, (gint32) g_strv_length ((char **) list))];
}
