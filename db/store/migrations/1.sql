-- Schema 1. Column names tell their kind: _id a reference (16 bytes), _on a date (YYYY-MM-DD), _at an
-- instant (milliseconds UTC), _cents money, is_/has_/needs_ a yes or no (0/1). Enumerations are text codes.
-- A table with a `circle` column is shared: captured in the change log, never deleted from.

-- The team ------------------------------------------------------------------------------------------

CREATE TABLE member (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,                      -- teamleider, casemanager, brugfiguur
  is_active INTEGER NOT NULL DEFAULT 1,
  job_title TEXT,
  languages TEXT,
  secrecy TEXT NOT NULL DEFAULT 'unknown', -- beroepsgeheim, ambtsgeheim, discretieplicht, unknown
  absent_from_on TEXT,
  absent_to_on TEXT,
  stand_in_member_id BLOB,
  caseload_norm INTEGER NOT NULL DEFAULT 16,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE partner (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  domains TEXT,                            -- codes of domain, separated by ;
  target_group TEXT,
  offer TEXT,
  area TEXT,
  contact_persons TEXT,
  address TEXT,
  phone TEXT,
  email TEXT,
  conditions TEXT,
  affordable TEXT,                         -- the five B's: yes, partly, no or NULL
  understandable TEXT,
  available TEXT,
  reliable TEXT,
  reachable TEXT,
  secrecy TEXT,
  checked_on TEXT,
  checked_by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE domain (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,                      -- right, cross_cutting, team
  label_nl TEXT NOT NULL,
  label_en TEXT,
  label_fr TEXT,
  short_label_nl TEXT,
  description_nl TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  colour TEXT,
  shape TEXT,
  is_sensitive INTEGER NOT NULL DEFAULT 0, -- goals and referrals of this domain start in casework
  active_from_on TEXT,
  active_to_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE scale (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  code TEXT NOT NULL,
  label_nl TEXT NOT NULL,
  label_en TEXT,
  label_fr TEXT,
  active_from_on TEXT,
  active_to_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE scale_point (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  scale_id BLOB NOT NULL REFERENCES scale(id) DEFERRABLE INITIALLY DEFERRED,
  domain_id BLOB,                          -- an anchor for one domain; NULL: for all
  value INTEGER NOT NULL,
  label_nl TEXT NOT NULL,
  label_en TEXT,
  label_fr TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE list_item (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  list TEXT NOT NULL,                      -- contact_channel, barrier, referral_reason, entry_gate
  code TEXT NOT NULL,
  kind TEXT,
  label_nl TEXT NOT NULL,
  label_en TEXT,
  label_fr TEXT,
  position INTEGER NOT NULL DEFAULT 0,
  active_from_on TEXT,
  active_to_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE school (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  code TEXT,
  name TEXT NOT NULL,
  municipality TEXT,
  level TEXT,
  active_from_on TEXT,
  active_to_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE district (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  code TEXT,
  name TEXT NOT NULL,
  municipality TEXT,
  kind TEXT,
  active_from_on TEXT,
  active_to_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

-- The household -------------------------------------------------------------------------------------

CREATE TABLE household (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  name TEXT NOT NULL,
  is_pseudonymous INTEGER NOT NULL DEFAULT 0,
  residence TEXT,                          -- own, rented, social, none, with_friends, reference_address, caravan, institution, hidden
  address TEXT,
  district_id BLOB,
  language TEXT,
  needs_interpreter INTEGER NOT NULL DEFAULT 0,
  known_to_ocmw TEXT,                      -- yes, no; NULL: not asked
  known_to_city TEXT,
  known_asked_on TEXT,
  entry_gate TEXT,                         -- code of list_item
  contact_rhythm_days INTEGER,             -- longest time without contact before it is called stale; NULL: 30
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE trajectory (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL REFERENCES household(id) DEFERRABLE INITIALLY DEFERRED,
  member_id BLOB,
  intensity_percent INTEGER NOT NULL DEFAULT 100,
  norm_weeks INTEGER,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE trajectory_event (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  trajectory_id BLOB NOT NULL REFERENCES trajectory(id) DEFERRABLE INITIALLY DEFERRED,
  happened_on TEXT NOT NULL,
  state TEXT NOT NULL,                     -- intake, active, paused, aftercare, closed
  reason TEXT,
  result TEXT,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE person (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL REFERENCES household(id) DEFERRABLE INITIALLY DEFERRED,
  first_name TEXT NOT NULL,
  last_name TEXT,
  nickname TEXT,
  born_on TEXT,
  estimated_age INTEGER,
  age_estimated_on TEXT,
  gender TEXT,                             -- f, m, x
  language TEXT,
  phones TEXT,
  email TEXT,
  school_id BLOB,
  class TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE membership (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL REFERENCES household(id) DEFERRABLE INITIALLY DEFERRED,
  person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
  from_on TEXT,
  to_on TEXT,
  role TEXT,                               -- mother, father, parent, partner, child, grandparent, other
  residence TEXT,                          -- full, part, visits, elsewhere
  custody TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE relation (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
  other_person_id BLOB NOT NULL REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,                      -- parent_of, partner_of, former_partner_of, sibling_of, grandparent_of, guardian_of, other
  from_on TEXT,
  to_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE helper (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL REFERENCES household(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,                      -- professional, network
  name TEXT,
  member_id BLOB,
  partner_id BLOB,
  person_id BLOB,
  role TEXT,
  domain_id BLOB,
  phone TEXT,
  since_on TEXT,
  until_on TEXT,
  is_contact_person INTEGER NOT NULL DEFAULT 0,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE flag (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL REFERENCES household(id) DEFERRABLE INITIALLY DEFERRED,
  fact TEXT NOT NULL,
  source TEXT,
  from_on TEXT,
  until_on TEXT,
  resolved_on TEXT,
  resolved_reason TEXT,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

-- Life domains and the plan -------------------------------------------------------------------------
-- What may sit in another circle than its household refers to it by plain id.

CREATE TABLE assessment (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL,
  domain_id BLOB NOT NULL,
  assessed_on TEXT NOT NULL,
  voice TEXT NOT NULL,                     -- family, person, worker, partner
  person_id BLOB,
  partner_id BLOB,
  by_member_id BLOB,
  asked TEXT,                              -- not_asked, asked, does_not_want
  score INTEGER,                           -- 1 to 5
  strengths TEXT,
  needs TEXT,
  wished_change TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE goal (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL,
  domain_id BLOB,
  words TEXT NOT NULL,
  priority INTEGER,
  baseline TEXT,
  indicator TEXT,
  state TEXT NOT NULL DEFAULT 'open',      -- open, reached, stopped
  started_on TEXT,
  ended_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE step (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  goal_id BLOB NOT NULL REFERENCES goal(id) DEFERRABLE INITIALLY DEFERRED,
  what TEXT NOT NULL,
  owner_person_id BLOB,
  owner_helper_id BLOB,
  owner_member_id BLOB,
  owner_partner_id BLOB,
  due_on TEXT,
  done_on TEXT,
  result TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

-- The journal ---------------------------------------------------------------------------------------

CREATE TABLE contact (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB,
  happened_at INTEGER NOT NULL,
  minutes INTEGER,
  channel TEXT,                            -- code of list_item
  place TEXT,
  is_attempt INTEGER NOT NULL DEFAULT 0,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE contact_link (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  contact_id BLOB NOT NULL REFERENCES contact(id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,                      -- took_part, about
  person_id BLOB,
  helper_id BLOB,
  member_id BLOB,
  domain_id BLOB,
  goal_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE note (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB,
  contact_id BLOB,
  domain_id BLOB,
  person_id BLOB,
  corrects_note_id BLOB,
  written_at INTEGER NOT NULL,
  by_member_id BLOB,
  origin TEXT,                             -- seen, told, judgement
  told_by TEXT,
  is_minor_in_confidence INTEGER NOT NULL DEFAULT 0,
  content TEXT NOT NULL,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE question (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB,
  contact_id BLOB,
  person_id BLOB,
  school_id BLOB,
  domain_id BLOB,
  content TEXT NOT NULL,
  is_answered INTEGER NOT NULL DEFAULT 0,
  is_referred INTEGER NOT NULL DEFAULT 0,
  is_file_opened INTEGER NOT NULL DEFAULT 0,
  is_not_solved INTEGER NOT NULL DEFAULT 0,
  is_no_supply INTEGER NOT NULL DEFAULT 0,
  come_back_on TEXT,
  first_asked_on TEXT NOT NULL,
  done_on TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

-- Referrals, follow-up, appointments ----------------------------------------------------------------

CREATE TABLE referral (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL,
  direction TEXT NOT NULL DEFAULT 'out',   -- in, sideways, out
  partner_id BLOB,
  partner_name TEXT,                       -- when it is not in the social map
  domain_id BLOB,
  person_id BLOB,                          -- NULL: the whole household
  reason TEXT,                             -- code of list_item
  question TEXT,
  is_warm INTEGER NOT NULL DEFAULT 0,
  introduced_by TEXT,
  joint_talk_on TEXT,
  has_consent INTEGER NOT NULL DEFAULT 0,
  consent_on TEXT,
  letter_sent_on TEXT,
  call_back_on TEXT,
  family_answer_2_weeks TEXT,
  family_answer_6_weeks TEXT,
  barrier TEXT,                            -- code of list_item
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE referral_event (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  referral_id BLOB NOT NULL REFERENCES referral(id) DEFERRABLE INITIALLY DEFERRED,
  happened_on TEXT NOT NULL,
  state TEXT NOT NULL,                     -- prepared, family_agrees, sent, accepted, waiting_list, refused, no_supply, arrived,
                                           -- did_not_show, dropped_out, back_with_us, helped, partly_helped, result_unknown,
                                           -- family_does_not_want, withdrawn
  reason TEXT,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE followup (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB,
  what TEXT NOT NULL,
  due_on TEXT NOT NULL,
  owner_member_id BLOB,
  kind TEXT NOT NULL DEFAULT 'task',       -- task, call_back, renewal, family_answer, check
  is_suggested INTEGER NOT NULL DEFAULT 0,
  rhythm_days INTEGER,
  goal_id BLOB,
  referral_id BLOB,
  contact_id BLOB,
  question_id BLOB,
  done_on TEXT,
  cancelled_on TEXT,
  moved_reason TEXT,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

CREATE TABLE appointment (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB,
  title TEXT NOT NULL,
  held_on TEXT NOT NULL,                   -- local date, time and zone: an appointment at ten stays at ten
  start_time TEXT,                         -- HH:MM; NULL: the whole day
  zone TEXT NOT NULL DEFAULT 'Europe/Brussels',
  minutes INTEGER,
  place TEXT,
  with_whom TEXT,
  member_id BLOB,
  kind TEXT,
  state TEXT NOT NULL DEFAULT 'planned',   -- planned, held, cancelled, missed
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;

-- Indexes -------------------------------------------------------------------------------------------

CREATE INDEX trajectory_household ON trajectory(household_id, id) WHERE withdrawn_at IS NULL;
CREATE INDEX trajectory_member ON trajectory(member_id);
CREATE INDEX trajectory_event_trajectory ON trajectory_event(trajectory_id, happened_on, id, state) WHERE withdrawn_at IS NULL;
CREATE INDEX person_household ON person(household_id);
CREATE INDEX membership_household ON membership(household_id);
CREATE INDEX membership_person ON membership(person_id);
CREATE INDEX relation_person ON relation(person_id);
CREATE INDEX relation_other_person ON relation(other_person_id);
CREATE INDEX helper_household ON helper(household_id);
CREATE INDEX helper_member ON helper(member_id);
CREATE INDEX flag_household ON flag(household_id);
CREATE INDEX assessment_household ON assessment(household_id, domain_id, assessed_on);
CREATE INDEX goal_household ON goal(household_id);
CREATE INDEX step_goal ON step(goal_id);
CREATE INDEX contact_household ON contact(household_id, happened_at);
CREATE INDEX contact_made ON contact(household_id, happened_at) WHERE is_attempt = 0 AND withdrawn_at IS NULL;
CREATE INDEX contact_link_contact ON contact_link(contact_id);
CREATE INDEX note_household ON note(household_id, written_at);
CREATE INDEX note_alone ON note(household_id, written_at) WHERE contact_id IS NULL;
CREATE INDEX note_domain ON note(household_id, domain_id) WHERE domain_id IS NOT NULL;
CREATE INDEX note_contact ON note(contact_id);
CREATE INDEX question_household ON question(household_id);
CREATE INDEX question_contact ON question(contact_id);
CREATE INDEX question_come_back ON question(come_back_on)
  WHERE come_back_on IS NOT NULL AND done_on IS NULL AND withdrawn_at IS NULL;
CREATE INDEX referral_household ON referral(household_id);
CREATE INDEX referral_member ON referral(by_member_id);
CREATE INDEX referral_partner ON referral(partner_id);
CREATE INDEX referral_event_referral ON referral_event(referral_id, happened_on, id) WHERE withdrawn_at IS NULL;
CREATE INDEX followup_household ON followup(household_id);
CREATE INDEX followup_referral ON followup(referral_id, due_on) WHERE referral_id IS NOT NULL;
CREATE INDEX followup_day ON followup(due_on);
CREATE INDEX followup_due ON followup(due_on) WHERE done_on IS NULL AND cancelled_on IS NULL AND withdrawn_at IS NULL;
CREATE INDEX appointment_household ON appointment(household_id);
CREATE INDEX appointment_held ON appointment(held_on);
CREATE INDEX scale_point_scale ON scale_point(scale_id);
-- The few that were taken back, for the history of a file.
CREATE INDEX trajectory_withdrawn ON trajectory(household_id) WHERE withdrawn_at IS NOT NULL;
CREATE INDEX trajectory_event_withdrawn ON trajectory_event(trajectory_id) WHERE withdrawn_at IS NOT NULL;
CREATE INDEX referral_event_withdrawn ON referral_event(referral_id) WHERE withdrawn_at IS NOT NULL;

-- Local to this device ------------------------------------------------------------------------------

CREATE TABLE device (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  id BLOB NOT NULL,                        -- the device half of every version this store writes
  last_counter INTEGER NOT NULL DEFAULT 0,
  member_id BLOB,                          -- who works here
  team_name TEXT,
  time_zone TEXT NOT NULL DEFAULT 'Europe/Brussels'
) STRICT;

CREATE TABLE draft (
  row INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  content TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  UNIQUE (place, subject_id)
) STRICT;

CREATE TABLE saved_filter (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  content TEXT NOT NULL,                   -- all of the filter, as its place writes it
  saved_at INTEGER NOT NULL
) STRICT;

-- The change log: one row per changed row per transaction (docs/STORAGE.md, "Change log").
CREATE TABLE change_log (
  row INTEGER PRIMARY KEY,
  device BLOB NOT NULL,
  counter INTEGER NOT NULL,
  command INTEGER NOT NULL,                -- counter of the first write of the same transaction
  act TEXT NOT NULL,                       -- name of the command
  table_name TEXT NOT NULL,
  id BLOB NOT NULL,
  is_birth INTEGER NOT NULL,
  wall_at INTEGER NOT NULL,
  cells BLOB NOT NULL,
  UNIQUE (device, counter)
) STRICT;
CREATE INDEX change_log_id ON change_log(id, wall_at);
CREATE INDEX change_log_command ON change_log(device, command);

-- A column's head is its row's birth unless it stands here; more than one is a conflict.
CREATE TABLE head (
  id BLOB NOT NULL,
  column_name TEXT NOT NULL,
  device BLOB NOT NULL,
  counter INTEGER NOT NULL,
  PRIMARY KEY (id, column_name, device, counter)
) STRICT, WITHOUT ROWID;

-- Births that arrived before the row they refer to; they stand in the change log and wait.
CREATE TABLE held (
  id BLOB PRIMARY KEY,
  table_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Full-text search: the words of people, inside the encrypted file. The store keeps these in step
-- (gez-search-index.c); a trigger may not touch a virtual table when the schema is not trusted.

CREATE VIRTUAL TABLE household_search USING fts5(name, address, content='household', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE person_search USING fts5(first_name, last_name, nickname, content='person', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE note_search USING fts5(content, content='note', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE question_search USING fts5(content, content='question', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE goal_search USING fts5(words, content='goal', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE referral_search USING fts5(partner_name, question, content='referral', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE partner_search USING fts5(name, kind, target_group, offer, area, contact_persons, conditions, content='partner', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');
