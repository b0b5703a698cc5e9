-- What the engine itself keeps.

-- The version of these tables: its row is written by the code that makes them.
CREATE TABLE catalogue (
    one            smallint PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    schema_version integer NOT NULL
);

-- Who writes alone locks this table, and who writes beside others shares it. Its row is locked by who
-- writes into the log of changes: see take_turn_in_changes().
CREATE TABLE writers (
    one smallint PRIMARY KEY CHECK (one = 1)
);

INSERT INTO writers VALUES (1);

-- When the next request may go to a service.
CREATE TABLE request_slots (
    service    text COLLATE "C" PRIMARY KEY,  -- its host; behind '#' the address that it knows us by
    next_at    timestamptz NOT NULL DEFAULT '-infinity',
    held_until timestamptz NOT NULL DEFAULT '-infinity'  -- as the service itself asked for
);
