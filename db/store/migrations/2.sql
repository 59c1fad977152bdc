-- Schema 2. A column …_file names a sealed file and its key (48 bytes); it never leaves the store.

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
