-- When WhatsApp's ban of a number ends, as far as it has said so.
ALTER TABLE sender_ratings ADD COLUMN ban_ends_at BIGINT;
