package dev.banyan.platform.mail;

import static dev.banyan.schema.Tables.MAILS;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

/// The mails as the outbox lists them.
final class OutboxListStore extends Store {

    static final int COUNTED_AT_MOST = 10_000;

    private static final List<String> OPEN =
            List.of(MailState.WAITING.key(), MailState.FAILING.key(), MailState.GIVEN_UP.key());
    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            MAILS.ID,
            MAILS.RECIPIENT,
            MAILS.SUBJECT,
            MAILS.KIND,
            MAILS.STATE,
            MAILS.ATTEMPTS,
            MAILS.CREATED_AT,
            MAILS.DUE_AT,
            MAILS.SENT_AT,
            MAILS.LAST_ERROR);

    OutboxListStore(Tx tx) {
        super(tx);
    }

    /// Returns the mails, sorted by id, which grows with time.
    List<Outbox.Entry> list(Outbox.Query query, int limit) {
        return sql.select(COLUMNS)
                .from(MAILS)
                .where(
                        query.recipient().isEmpty() ? DSL.noCondition() : MAILS.RECIPIENT.startsWith(query.recipient()),
                        query.state().map(state -> MAILS.STATE.eq(state.key())).orElse(DSL.noCondition()),
                        query.kind().map(kind -> MAILS.KIND.eq(kind.key())).orElse(DSL.noCondition()),
                        query.after().map(after -> MAILS.ID.lt(after)).orElse(DSL.noCondition()))
                .orderBy(MAILS.ID.desc())
                .limit(limit)
                .fetch(OutboxListStore::entry);
    }

    Optional<Outbox.Whole> find(UUID id) {
        return sql.select(COLUMNS)
                .select(MAILS.BODY)
                .from(MAILS)
                .where(MAILS.ID.eq(id))
                .fetchOptional(row -> new Outbox.Whole(entry(row), MailMask.of(row.get(MAILS.BODY))));
    }

    long count(MailState state) {
        return sql.fetchCount(
                sql.selectOne().from(MAILS).where(MAILS.STATE.eq(state.key())).limit(COUNTED_AT_MOST));
    }

    boolean retry(UUID id, Instant now) {
        return Tx.changed(sql.update(MAILS)
                .set(MAILS.STATE, MailState.WAITING.key())
                .set(MAILS.DUE_AT, now)
                .set(MAILS.TURN, 0L)
                .where(MAILS.ID.eq(id), MAILS.STATE.in(OPEN)));
    }

    boolean discard(UUID id) {
        return Tx.changed(sql.update(MAILS)
                .set(MAILS.STATE, MailState.DISCARDED.key())
                .set(MAILS.BODY, "")
                .where(MAILS.ID.eq(id), MAILS.STATE.in(OPEN)));
    }

    /// Deletes mails that will not be sent (any more), including those that were given up.
    int forget(Instant before, int limit) {
        List<UUID> old = sql.select(MAILS.ID)
                .from(MAILS)
                .where(
                        MAILS.CREATED_AT.lt(before),
                        MAILS.STATE.in(MailState.SENT.key(), MailState.DISCARDED.key(), MailState.GIVEN_UP.key()))
                .orderBy(MAILS.CREATED_AT)
                .limit(limit)
                .fetch(MAILS.ID);
        return sql.deleteFrom(MAILS).where(MAILS.ID.in(old)).execute();
    }

    private static Outbox.Entry entry(Record row) {
        return new Outbox.Entry(
                row.get(MAILS.ID),
                row.get(MAILS.RECIPIENT),
                MailMask.of(row.get(MAILS.SUBJECT)),
                Keyed.parse(MailKind.class, row.get(MAILS.KIND)).orElse(MailKind.OTHER),
                Keyed.of(MailState.class, row.get(MAILS.STATE)),
                row.get(MAILS.ATTEMPTS),
                row.get(MAILS.CREATED_AT),
                row.get(MAILS.DUE_AT),
                Optional.ofNullable(row.get(MAILS.SENT_AT)),
                Optional.ofNullable(row.get(MAILS.LAST_ERROR)).orElse(""));
    }
}
