-- How many threads hold something unread is asked on every page of a member.
CREATE INDEX inbox_threads_unread ON inbox_threads (tenant_id, sub_client_id)
    WHERE state = 'open' AND unread_count > 0;

-- What a stop left unanswered is asked at every start.
CREATE INDEX inbox_threads_unanswered ON inbox_threads (last_message_at)
    WHERE state = 'open' AND last_role = 'contact';
