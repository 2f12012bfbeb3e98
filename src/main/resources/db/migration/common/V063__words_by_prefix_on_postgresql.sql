-- People search by the beginnings of words. Where PostgreSQL orders text by the rules of a language, a common index knows
-- nothing of beginnings, and these do. SQLite finds them in its primary keys: there each line is a comment.
-- [jooq ignore start]
${on_postgresql}CREATE INDEX account_words_by_prefix ON account_words (scope_id, word varchar_pattern_ops, account_id);
${on_postgresql}CREATE INDEX workspace_words_by_prefix ON workspace_words (project_id, word varchar_pattern_ops, sub_client_id);
${on_postgresql}CREATE INDEX conversation_words_by_prefix ON conversation_words (sub_client_id, word varchar_pattern_ops, conversation_id);
${on_postgresql}CREATE INDEX short_link_words_by_prefix ON short_link_words (tenant_id, account_id, word varchar_pattern_ops, short_link_id);
-- [jooq ignore stop]
