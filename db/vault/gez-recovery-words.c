/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/gez-recovery-words.h"

#include <string.h>

/*
 * The words of recovery sheets, one for each number of ten bits.
 *
 * 1. The list is part of the format: a sheet of today must open a store in ten years. No word is ever
 *    changed, moved, added or removed.
 * 2. It is in the order of strcmp(); each word has four to eight letters from a to z.
 * 3. No two words begin with the same four letters, so four letters are a word. No two become each
 *    other by one letter that is wrong, missing or too much.
 * 4. Ordinary words that a child knows how to write; none that hurts, frightens or is somebody's name.
 */

static const char *const words[GEZ_RECOVERY_LIST_SIZE] = {
  "aanbod", "aandacht", "aankomst", "aardbei", "abdij", "abrikoos", "acteur", "adres", "advies",
  "afdak", "afspraak", "afstand", "afzender", "agenda", "akker", "akkoord", "album", "alfabet",
  "alpaca", "altviool", "amandel", "ambacht", "ananas", "anijs", "antenne", "antwoord", "apotheek",
  "appel", "april", "aquarium", "armband", "aroma", "artikel", "asfalt", "asperge", "atelier", "atlas",
  "atleet", "atoom", "augurk", "aula", "auto", "avocado", "avond", "azijn", "baard", "bagage", "baken",
  "bakkerij", "balans", "balkon", "bamboe", "banaan", "bandje", "basis", "basket", "batterij", "bazaar",
  "beeld", "behang", "beiaard", "beitel", "beker", "beloning", "beschuit", "beurt", "bezem", "bezoek",
  "bieslook", "biet", "bijen", "biljet", "biscuit", "blad", "blauw", "bloem", "blok", "bobijn",
  "boeket", "bolhoed", "bonbon", "boom", "boord", "bosbes", "bosrand", "bouw", "braam", "bries", "bril",
  "broccoli", "broek", "brood", "brug", "buffel", "bundel", "bureau", "cacao", "cactus", "cadeau",
  "camera", "camping", "canvas", "cape", "carnaval", "cavia", "ceder", "cello", "cement", "centrum",
  "chalet", "chocola", "cijfer", "cipres", "circus", "cirkel", "citaat", "citroen", "club", "collega",
  "compote", "concert", "confetti", "congres", "contact", "cultuur", "cursus", "dadel", "dagboek",
  "dageraad", "daklicht", "damast", "dambord", "datum", "dauw", "december", "decor", "deeg", "dekbed",
  "deken", "deksel", "dessert", "detail", "deur", "dialoog", "diamant", "dichter", "dieet", "diepte",
  "dier", "dinsdag", "diploma", "dirigent", "distel", "document", "doel", "dolfijn", "domino", "donut",
  "dooier", "doos", "dorp", "douche", "dozijn", "draad", "drank", "drempel", "drogist", "druif",
  "druppel", "duet", "duikboot", "duim", "dweil", "dynamo", "echo", "eekhoorn", "eend", "eiland",
  "einde", "ekster", "elastiek", "element", "elftal", "emmer", "energie", "envelop", "erker", "erwt",
  "etalage", "etiket", "expert", "fabel", "fabriek", "fakkel", "fanfare", "fantasie", "fauteuil",
  "favoriet", "fazant", "februari", "feest", "fiets", "film", "filter", "fitness", "fjord", "flamingo",
  "flat", "fles", "flits", "flora", "fluit", "fluweel", "folder", "fonds", "fontein", "forel",
  "fornuis", "fossiel", "foto", "framboos", "friet", "fris", "fuif", "galerij", "galop", "gang",
  "garage", "garen", "garnaal", "gast", "gazon", "gebak", "gebouw", "gedicht", "gedrag", "geduld",
  "geheugen", "geit", "geluk", "gember", "gemeente", "gerecht", "gerst", "geschenk", "gesprek", "getal",
  "gevel", "gezang", "gezin", "gids", "gieter", "giraf", "gitaar", "glans", "glazuur", "gletsjer",
  "glimlach", "globe", "gloed", "gnoe", "goedkoop", "golf", "gondel", "gordijn", "gorilla", "goud",
  "graan", "gracht", "grafiek", "gras", "gravel", "grens", "grill", "grind", "groei", "grot", "grutto",
  "gymnast", "haak", "haardos", "hagel", "halfuur", "halte", "hamer", "hamster", "hand", "hanglamp",
  "harmonie", "harp", "haven", "havik", "hazelaar", "heelal", "heester", "heide", "hekje", "helder",
  "hemd", "hemel", "hengel", "herberg", "herfst", "hert", "heuvel", "hitte", "hobby", "hoed",
  "hoekbank", "hommel", "honderd", "honing", "hoofd", "hoogte", "hooi", "hoorn", "hopen", "horizon",
  "horloge", "hotel", "hout", "hovenier", "huis", "hulp", "hulst", "humor", "huppel", "hyacint", "idee",
  "iglo", "ijsbeer", "ijsje", "ijspegel", "ijstijd", "ijzer", "imker", "indigo", "ingang", "inhoud",
  "inkt", "insect", "inwoner", "ivoor", "jaar", "jacket", "jaguar", "jampot", "japon", "jasje", "jazz",
  "jeugd", "jojo", "joker", "journaal", "jubel", "jumper", "jungle", "jurk", "juweel", "kaart",
  "kabouter", "kachel", "kajak", "kalender", "kalf", "kalkoen", "kameel", "kamille", "kamp", "kanaal",
  "kano", "kantoor", "kapitein", "kapstok", "karaf", "karper", "karton", "karwei", "kastanje", "katoen",
  "kauwgom", "kegel", "kelk", "kelner", "kennis", "kermis", "kers", "keten", "ketting", "keuken",
  "kever", "kiezel", "kikker", "kilo", "kimono", "kiosk", "kippen", "kist", "kiwi", "klank", "klaproos",
  "klaver", "kleed", "klei", "kleur", "klimop", "klinker", "klomp", "klont", "knie", "knipoog",
  "knoflook", "knoop", "knuffel", "koala", "koekje", "koelkast", "koepel", "koets", "koffer", "kokos",
  "kolibrie", "kolom", "komeet", "komma", "kompas", "konijn", "kook", "koper", "kopie", "koraal",
  "koren", "korf", "korst", "kosmos", "kostuum", "kous", "krans", "krat", "krekel", "krent", "krijt",
  "kring", "kroket", "kroon", "kruid", "krul", "kudde", "kuiken", "kuil", "kussen", "kwark", "kwast",
  "laag", "laars", "labyrint", "ladder", "lading", "lama", "lantaarn", "lasagne", "laser", "lasso",
  "laurier", "lavendel", "lawaai", "ledikant", "leeftijd", "leer", "leeuw", "lengte", "lens", "lepel",
  "leraar", "letter", "libel", "licht", "lied", "lift", "ligstoel", "lijm", "lijst", "likeur",
  "limonade", "liniaal", "links", "logboek", "lokaal", "loket", "lolly", "lood", "lotus", "luier",
  "luik", "luister", "lunch", "lusje", "maaltijd", "maan", "machine", "magazijn", "magneet", "mais",
  "makreel", "mammoet", "manchet", "mango", "mantel", "markt", "marmer", "matras", "medaille",
  "melodie", "menu", "merk", "metaal", "meter", "metro", "meubel", "middag", "miljoen", "mineraal",
  "minuut", "mixer", "model", "moestuin", "mokka", "molen", "mond", "monument", "morgen", "mossel",
  "mosterd", "motor", "motto", "muesli", "munt", "museum", "muts", "muzikant", "naald", "naam", "nacht",
  "najaar", "namiddag", "narcis", "natuur", "navel", "nectar", "neef", "negen", "nest", "neus",
  "nijptang", "noot", "nougat", "november", "nummer", "oase", "obelisk", "oceaan", "ochtend",
  "oefening", "oester", "oktober", "olie", "olifant", "olijf", "omelet", "omgeving", "omslag", "omweg",
  "ontbijt", "ontwerp", "oogje", "oogst", "ooievaar", "oorbel", "oosten", "opaal", "opening", "opera",
  "oprit", "opstel", "optocht", "opzet", "oranje", "orchidee", "ordner", "organist", "orgel", "origami",
  "orkest", "ornament", "paasei", "pagina", "pakhuis", "pakket", "palet", "paling", "palm", "paneel",
  "panter", "papier", "paprika", "parade", "parel", "park", "partij", "passer", "pasta", "patat",
  "patio", "patrijs", "pauze", "pedaal", "pelikaan", "pendel", "penseel", "peper", "perron", "perzik",
  "peuter", "piano", "picknick", "pijl", "pilaar", "piloot", "pincet", "pinda", "pingpong", "pink",
  "pion", "piramide", "piste", "pizza", "plaat", "plafond", "plakboek", "planeet", "plateau", "plein",
  "plezier", "plint", "ploeg", "plooi", "pluim", "podium", "poedel", "poes", "polka", "pollepel",
  "pomp", "pony", "pool", "poort", "poosje", "popcorn", "populier", "portaal", "post", "potlood",
  "prairie", "praline", "prei", "prieel", "printer", "prisma", "product", "pudding", "pupil", "puree",
  "puzzel", "pyjama", "quiche", "quilt", "quiz", "raap", "rabarber", "radar", "radijs", "ragout",
  "rail", "raket", "ratel", "ravijn", "rebus", "recept", "reep", "reflex", "refrein", "regio", "reiger",
  "reis", "reling", "remedie", "reserve", "reuk", "reuze", "revue", "richting", "rijbaan", "rijk",
  "rijtuig", "rijwiel", "riksja", "rimpel", "ritme", "rits", "rivier", "robot", "roem", "roest",
  "rogge", "rolluik", "roltrap", "roman", "ronde", "rooster", "rotonde", "route", "rubber", "rubriek",
  "ruggen", "rugzak", "ruimte", "rups", "rust", "safari", "saffier", "salade", "salie", "salon",
  "saluut", "sandaal", "sardine", "satijn", "saus", "savanne", "saxofoon", "scenario", "schaal",
  "schelp", "schijf", "schoen", "schrift", "schuim", "seconde", "seizoen", "selderij", "sepia", "serie",
  "servet", "shampoo", "sifon", "signaal", "sikkel", "silhouet", "singel", "situatie", "sjaal", "sjees",
  "sjerp", "slaap", "slak", "slee", "sleutel", "slim", "slinger", "sloep", "sloot", "sluis", "slurf",
  "smaak", "smaragd", "smidse", "smoking", "snaar", "sneeuw", "snoer", "sofa", "software", "solist",
  "solo", "sonate", "sonnet", "sopraan", "sorbet", "souvenir", "spade", "spanning", "spar", "spatel",
  "specht", "spiegel", "spijker", "spinazie", "spits", "spleet", "splinter", "spoel", "spons", "spoor",
  "sport", "spreeuw", "spriet", "sprong", "spruit", "staart", "stad", "stagiair", "station", "steen",
  "steiger", "stekker", "stelling", "stempel", "stengel", "ster", "stift", "stoet", "stof", "stola",
  "stopverf", "straat", "streek", "stroom", "struik", "student", "stuiver", "stuk", "stuur", "succes",
  "suiker", "suite", "sushi", "symbool", "symfonie", "systeem", "taal", "tablet", "tafel", "taille",
  "talent", "tandem", "tapijt", "tarwe", "taxi", "teelt", "tegoed", "tekst", "telefoon", "teller",
  "telraam", "tempo", "tent", "terras", "textiel", "theater", "thee", "thema", "thermos", "tien",
  "tijd", "tijger", "titel", "tochtje", "toekan", "toernooi", "toestel", "toetje", "toga", "toilet",
  "tolk", "tomaat", "tombola", "toneel", "toon", "toost", "topaas", "toverij", "tractor", "trainer",
  "tram", "trechter", "trefpunt", "trein", "trek", "trend", "triangel", "tribune", "tricot", "trio",
  "trofee", "trommel", "tropen", "tros", "trouw", "truck", "truffel", "trui", "tuba", "tuin", "tunnel",
  "turf", "turkoois", "twaalf", "tweeling", "twijg", "type", "uitgang", "uiting", "uitje", "uitkijk",
  "uitleg", "uitslag", "uitzicht", "ukelele", "uniform", "uurwerk", "vaandel", "vaas", "vakantie",
  "vakwerk", "valk", "vallei", "valuta", "vanille", "varken", "veiling", "veldmuis", "velg", "venster",
  "veranda", "verband", "verf", "verhaal", "verkeer", "verstand", "verte", "vezel", "viaduct", "video",
  "vierkant", "vijver", "villa", "vilt", "vinger", "viool", "visie", "vitamine", "vitrine", "vizier",
  "vlaai", "vlag", "vlecht", "vleugel", "vlieger", "vlijt", "vlinder", "vloer", "vlot", "voeding",
  "voertuig", "voet", "vogel", "voile", "volume", "voorjaar", "vork", "vraag", "vriend", "vrucht",
  "vuilnis", "vulkaan", "vulpen", "waaier", "waarheid", "wagen", "walnoot", "walvis", "wasbeer",
  "waslijn", "water", "watten", "weefsel", "welkom", "welzijn", "wereld", "wervel", "wieg", "winkel",
  "winst", "winter", "wiskunde", "wissel", "witlof", "woensdag", "woestijn", "wonder", "xylofoon",
  "yoghurt", "zaad", "zakdoek", "zebra", "zeehond", "zeil", "zeppelin", "zetel", "zigzag", "zijde",
  "zijkant", "zilver", "zitbank", "zomer", "zone", "zorg", "zoutvat", "zuid", "zuivel", "zuurkool",
  "zwaan", "zwaluw", "zwembad",
};

/**
 * gez_recovery_words_get:
 * @number: less than GEZ_RECOVERY_LIST_SIZE
 *
 * Returns: (transfer none): the word of that number
 *
 * Thread: any, here and below.
 */
const char *
gez_recovery_words_get (guint number)
{
  g_return_val_if_fail (number < GEZ_RECOVERY_LIST_SIZE, "");

  return words[number];
}

/**
 * gez_recovery_words_complete:
 * @begin: letters from a to z, in the case in which they were typed; not NUL-ended
 * @first: (out): number of the first word that begins so
 *
 * Returns: how many words, from @first on, begin with what was typed
 */
guint
gez_recovery_words_complete (GezPassphrase begin,
                             guint        *first)
{
  guint n_words = 0;

  g_return_val_if_fail (first != NULL, 0);

  *first = 0;
  for (guint i = 0; i < GEZ_RECOVERY_LIST_SIZE; i++)
    if (g_ascii_strncasecmp (words[i], begin.text, begin.length) == 0)
      {
        if (n_words == 0)
          *first = i;
        n_words++;
      }
  return n_words;
}

/**
 * gez_recovery_words_find:
 * @typed: one word, or at least its first four letters; not NUL-ended
 *
 * Returns: the number of the word, or -1 when it is not on the list
 */
int
gez_recovery_words_find (GezPassphrase typed)
{
  guint first;

  if (typed.length < GEZ_RECOVERY_LETTERS || gez_recovery_words_complete (typed, &first) == 0)
    return -1;
  return (int) first;
}
