-- Schema 2.

-- Attachments: sealed files by their names and keys, which never leave the store ----------------------

CREATE TABLE document (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  circle BLOB NOT NULL,
  household_id BLOB NOT NULL,
  name TEXT NOT NULL,                      -- as people call it, with its ending
  tags TEXT,                               -- separated by ;
  media_type TEXT,
  size_bytes INTEGER NOT NULL,
  content_hash TEXT NOT NULL,              -- BLAKE2b-256 of the content, 64 hexadecimal digits
  file_id BLOB NOT NULL,                   -- of the sealed file
  file_key BLOB NOT NULL,                  -- 32 bytes
  added_at INTEGER NOT NULL,
  by_member_id BLOB,
  withdrawn_at INTEGER,
  withdrawn_reason TEXT
) STRICT;
CREATE INDEX document_household ON document(household_id, added_at);
CREATE INDEX document_hash ON document(household_id, content_hash);
CREATE VIRTUAL TABLE document_search USING fts5(name, tags, content='document', content_rowid='row', tokenize="folded remove_diacritics 2", prefix='2 3');

-- Local to this device: it can be made again from the content at any time.
CREATE TABLE thumbnail (
  row INTEGER PRIMARY KEY,
  document_id BLOB NOT NULL UNIQUE,
  file_id BLOB NOT NULL,
  file_key BLOB NOT NULL
) STRICT;

-- Backups: local to this device ----------------------------------------------------------------------

CREATE TABLE backup_place (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  uri TEXT,                                -- of the directory; NULL: backups/ in the store
  is_wanted INTEGER NOT NULL DEFAULT 1     -- 0: a store of invented households, that nobody misses
) STRICT;

CREATE TABLE backup_run (
  row INTEGER PRIMARY KEY,
  ended_at INTEGER NOT NULL,
  uri TEXT NOT NULL,                       -- of the directory
  outcome TEXT NOT NULL,                   -- done, no_space, no_place, damaged, failed
  name TEXT,                               -- of the file, when it is done
  size INTEGER
) STRICT;

-- The devices that this store was before a backup was put back: their writes are its own.
CREATE TABLE former_device (
  row INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE
) STRICT;

-- The recovery sheet: local to this device -----------------------------------------------------------

-- The header tells whether there is a sheet; this tells how old it is and when somebody wants to hear of it.
CREATE TABLE recovery_sheet (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  made_at INTEGER,
  checked_at INTEGER,                      -- when its words were last typed
  put_off_until INTEGER                    -- no reminder before this instant
) STRICT;
