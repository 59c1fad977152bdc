-- Schema 3. The team and its shared folder (docs/SYNC.md).

-- Under which circle's key a write came here; NULL: written on this device. Whose segment brought it,
-- when that was not the writer's own device.
ALTER TABLE change_log ADD COLUMN of_circle BLOB;
ALTER TABLE change_log ADD COLUMN brought_by BLOB;
-- 1: of_circle is what a relay says; it did not come under the key of that circle.
ALTER TABLE change_log ADD COLUMN is_relay INTEGER;
-- In which segment of the device that brought it.
ALTER TABLE change_log ADD COLUMN of_sequence INTEGER;

-- The further circles under whose keys a write came, when its row was moved.
CREATE TABLE also_under (
  id BLOB NOT NULL,                        -- of the row
  device BLOB NOT NULL,
  counter INTEGER NOT NULL,
  of_circle BLOB NOT NULL,
  PRIMARY KEY (id, device, counter, of_circle)
) STRICT, WITHOUT ROWID;

-- Which other rows a row waits for, before it can be made or says what it should.
CREATE TABLE waiting (
  waits_for BLOB NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (waits_for, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_id ON waiting(id);

-- Whether people have to choose between the heads of this cell.
ALTER TABLE head ADD COLUMN is_disputed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX head_disputed ON head(id, column_name) WHERE is_disputed = 1;

-- One family, one plan --------------------------------------------------------------------------------

-- The same family or the same person in two files. A link can be taken back; nothing is ever joined.
CREATE TABLE duplicate_link (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL,
  other_household_id BLOB NOT NULL,
  person_id BLOB,                          -- NULL: the same family
  other_person_id BLOB,
  linked_on TEXT NOT NULL,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;
CREATE INDEX duplicate_link_household ON duplicate_link(household_id);
CREATE INDEX duplicate_link_other ON duplicate_link(other_household_id);

-- A blind index over the files of the whole team: keyed hashes, no names.
CREATE TABLE fingerprint (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  hashes TEXT NOT NULL,                    -- of spellings with birth date, and of phone numbers; separated by spaces
  file_token TEXT NOT NULL,                -- the same for all fingerprints of one file; tells nobody which
  contact_member_id BLOB,                  -- whom to ask
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;
CREATE INDEX fingerprint_file ON fingerprint(file_token);
CREATE VIRTUAL TABLE fingerprint_search USING fts5(hashes, content='fingerprint', content_rowid='row', tokenize="folded remove_diacritics 2");

-- A file that is left out of the blind index (hidden address, the family said no, a conflict of interest).
CREATE TABLE fingerprint_choice (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL,
  is_left_out INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;
CREATE INDEX fingerprint_choice_household ON fingerprint_choice(household_id);

-- Local to this device: who looked what up in the blind index, and how far the own part of it is made.
CREATE TABLE lookup_log (
  row INTEGER PRIMARY KEY,
  looked_at INTEGER NOT NULL,
  hits TEXT NOT NULL                       -- file tokens, separated by spaces
) STRICT;
CREATE TABLE fingerprint_state (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  seen_row INTEGER NOT NULL                -- of the change log
) STRICT;

-- Local to this device: who this is, which keys are here -----------------------------------------------

CREATE TABLE team (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  id BLOB NOT NULL,
  root BLOB NOT NULL,                      -- hash of the first roster record
  fingerprint_key BLOB NOT NULL,
  user_public BLOB NOT NULL,
  user_secret BLOB NOT NULL,               -- Ed25519, 64 bytes
  device_public BLOB NOT NULL,
  device_secret BLOB NOT NULL,             -- Ed25519, 64 bytes
  folder_uri TEXT,                         -- NULL: nobody chose one here
  joined_at INTEGER NOT NULL,
  name TEXT,                               -- this and the next as the roster says
  leaders_read TEXT,                       -- cards, open, casework
  recovery_public BLOB,                    -- NULL: the team has no recovery sheet
  rules TEXT,                              -- who reads by rule (leaders, a stand-in), as was last applied here
  audited_on TEXT                          -- up to which day grants that ended were noticed
) STRICT;

-- The state of the roster as rows, for queries; made anew from its records whenever one comes.
CREATE TABLE team_member (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  invitation_public BLOB                   -- with which she joined; NULL: the founder, or not yet
) STRICT, WITHOUT ROWID;
CREATE TABLE team_device (
  id BLOB PRIMARY KEY,
  member_id BLOB NOT NULL,
  is_removed INTEGER NOT NULL,
  box_number INTEGER NOT NULL,
  box_public BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX team_device_member ON team_device(member_id);
CREATE TABLE team_invitation (             -- those that can still be used
  id BLOB PRIMARY KEY,
  member_id BLOB NOT NULL,
  public_key BLOB NOT NULL,
  valid_until_at INTEGER NOT NULL,
  is_for_device INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE team_lock (
  member_id BLOB NOT NULL,
  household_id BLOB NOT NULL,
  PRIMARY KEY (member_id, household_id)
) STRICT, WITHOUT ROWID;

-- Box keys of this device; an old one stays until everybody has seen the next.
CREATE TABLE box_key (
  number INTEGER PRIMARY KEY,
  public_key BLOB NOT NULL,
  secret_key BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  sequence INTEGER                         -- own segment that tells the others; NULL: the roster does
) STRICT;

-- The newest box key of each device of the others, as their segments tell.
CREATE TABLE device_box (
  device BLOB PRIMARY KEY,
  number INTEGER NOT NULL,
  public_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_record (
  hash BLOB PRIMARY KEY,
  sequence INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE circle_key (
  of_circle BLOB NOT NULL,
  number INTEGER NOT NULL,
  key_id BLOB NOT NULL,
  secret BLOB NOT NULL,                    -- 32 bytes
  received_at INTEGER NOT NULL,
  PRIMARY KEY (of_circle, number, key_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX circle_key_id ON circle_key(key_id);

-- Circles of which a grant, a key or a reader changed since the last audit of boxes.
CREATE TABLE audit_due (
  of_circle BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- To which devices a key was wrapped, as far as is known here: what the audit of boxes looks at.
-- The sheet stands here as the first 16 bytes of its public key.
CREATE TABLE key_given (
  key_id BLOB NOT NULL,
  device BLOB NOT NULL,
  is_early INTEGER NOT NULL DEFAULT 0,     -- 1: wrapped here for a device that did not know this one; 2: with an old box key, so once more
  PRIMARY KEY (key_id, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE circle_grant (
  id BLOB PRIMARY KEY,
  of_circle BLOB NOT NULL,
  member_id BLOB NOT NULL,
  until_on TEXT,
  by_member_id BLOB,
  granted_at INTEGER,                      -- NULL: only its revocation is here yet
  revoked_at INTEGER,
  revoked_by_member_id BLOB,
  revoked_reason TEXT,
  is_for TEXT                              -- stand_in, leaders: given by this device, not by hand
) STRICT, WITHOUT ROWID;
CREATE INDEX circle_grant_circle ON circle_grant(of_circle, member_id);
CREATE INDEX circle_grant_member ON circle_grant(member_id);
CREATE INDEX circle_grant_until ON circle_grant(until_on) WHERE until_on IS NOT NULL;

-- Circles whose key somebody has who may not read them any more.
CREATE TABLE rotation_due (
  of_circle BLOB PRIMARY KEY,
  since_at INTEGER NOT NULL,
  why TEXT NOT NULL                        -- removed, revoked, ended, locked, device
) STRICT, WITHOUT ROWID;

-- Local to this device: the shared folder --------------------------------------------------------------

-- Records other than writes that wait for the next own segment.
CREATE TABLE outgoing (
  row INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                      -- circle, wrap, leaders, team
  of_circle BLOB,                             -- for circle and leaders
  content BLOB NOT NULL,                   -- (sv) in normal form, a name and its value; of a wrap the wrap itself
  is_stuck INTEGER NOT NULL DEFAULT 0      -- 1: its circle has no key here; tried again when a key or a roster record comes
) STRICT;

-- Writes at or below sync_state.published_counter that stand in no segment: no key yet, the row was moved to a
-- wider circle, or a former device of this store did not publish them.
CREATE TABLE waiting_write (
  device BLOB NOT NULL,
  counter INTEGER NOT NULL,
  is_stuck INTEGER NOT NULL DEFAULT 0,     -- as in outgoing
  is_former INTEGER NOT NULL DEFAULT 0,    -- 1: perhaps the folder has it; known when the folder was read to its end
  PRIMARY KEY (device, counter)
) STRICT, WITHOUT ROWID;

-- Own files, byte for byte, so that a folder that lost them is filled again.
CREATE TABLE own_file (
  row INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,               -- below gezinsplan/
  made_at INTEGER NOT NULL,
  published_at INTEGER,                    -- when it was last read back equal; NULL: it waits
  first_counter INTEGER,                   -- of a segment: the first own write in it
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX own_file_waiting ON own_file(made_at, path) WHERE published_at IS NULL;
CREATE INDEX own_file_published ON own_file(path, published_at);

-- Every segment that was ever read or made here.
CREATE TABLE segment (
  device BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  previous BLOB NOT NULL,
  wall_at INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  n_unread INTEGER NOT NULL DEFAULT 0,     -- records whose key is not here: read again when a key comes
  nonce BLOB,                              -- of the body, when n_unread > 0
  hints BLOB,                              -- of the unread records, 8 bytes each
  is_wanted INTEGER NOT NULL DEFAULT 0,    -- 1: the key of one of them came; waits for the file
  PRIMARY KEY (device, sequence, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_unread ON segment(device, sequence) WHERE n_unread > 0;
CREATE INDEX segment_wanted ON segment(device, sequence) WHERE is_wanted = 1;

-- Keys for which the unread records were looked through.
CREATE TABLE key_tried (
  key_id BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What is known of each device that the roster names or that a segment came from.
CREATE TABLE sync_device (
  device BLOB PRIMARY KEY,
  member_id BLOB,                          -- NULL: the roster does not name it yet
  is_removed INTEGER NOT NULL DEFAULT 0,
  pin_sequence INTEGER,                    -- of a removed device: its last segment that counts
  n_read INTEGER NOT NULL DEFAULT 0,
  sequence INTEGER NOT NULL DEFAULT 0,     -- up to here without a gap and without a contradiction
  hash BLOB,                               -- of that segment
  covered_sequence INTEGER NOT NULL DEFAULT 0, -- up to here a snapshot had all that can be read here
  content_sequence INTEGER NOT NULL DEFAULT 0, -- the last one that held more than what was seen
  last_sequence INTEGER NOT NULL DEFAULT 0, -- the newest one
  last_wall_at INTEGER,                    -- its clock
  last_read_at INTEGER,                    -- when it was read here
  missing_since_at INTEGER,                -- NULL: nothing is missing
  forked_at INTEGER                        -- NULL: no two of its segments contradict each other
) STRICT, WITHOUT ROWID;

-- Up to where each device has told that it has seen each other one.
CREATE TABLE seen_by (
  device BLOB NOT NULL,
  of_device BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (device, of_device)
) STRICT, WITHOUT ROWID;

-- Files that are not there yet, or never will be, and since when.
CREATE TABLE quarantine (
  path TEXT PRIMARY KEY,
  why TEXT NOT NULL,                       -- incomplete, damaged, foreign, unknown_device, unknown_key, removed, too_new
  device BLOB,
  sequence INTEGER,
  since_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_state (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  device BLOB,                             -- whose numbers these are; another than in the table device: a new one
  published_counter INTEGER NOT NULL DEFAULT 0, -- own writes up to here stand in a segment or in waiting_write
  own_sequence INTEGER NOT NULL DEFAULT 0,
  own_hash BLOB,
  last_read_at INTEGER,                    -- when the folder was last read to its end
  last_published_at INTEGER,
  packed_day INTEGER,                      -- on which day own segments were packed last, counted from 1970 in UTC
  restored_at INTEGER                      -- when this device was found to be put back or copied; NULL: no
) STRICT;

-- Sealed files of attachments whose way through the folder is done: an own one is there, or one of another is here.
-- Its columns are not called file_id: it names no file that a backup has to take along.
CREATE TABLE transferred (
  of_file BLOB PRIMARY KEY,
  is_own INTEGER NOT NULL,
  n_parts INTEGER NOT NULL,
  done_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sealed files that are too large to come by themselves, and that somebody wants to have here.
CREATE TABLE wanted_file (
  of_file BLOB PRIMARY KEY,
  asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Up to which segment of a device its writes of a circle came with a snapshot.
CREATE TABLE snapshot_cover (
  of_circle BLOB NOT NULL,
  device BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (of_circle, device)
) STRICT, WITHOUT ROWID;

-- Which snapshots there are, as far as is known here, and when they were made.
CREATE TABLE snapshot_read (
  of_circle BLOB NOT NULL,
  snapshot BLOB NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (of_circle, snapshot)
) STRICT, WITHOUT ROWID;
