"""My data: all that is held, who looked, what was agreed to; put right, take back, take along, ask for deletion."""
