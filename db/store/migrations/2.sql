-- Schema 2.

-- The recovery sheet: local to this device -----------------------------------------------------------

-- The header tells whether there is a sheet; this tells how old it is and when somebody wants to hear of it.
CREATE TABLE recovery_sheet (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  made_at INTEGER,
  checked_at INTEGER,                      -- when its words were last typed
  put_off_until INTEGER                    -- no reminder before this instant
) STRICT;
