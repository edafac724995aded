-- The sweep of forwards that a crash left pending runs every minute: it must not read the whole table.
CREATE INDEX "forwards_state_idx" ON "forwards"("state");
