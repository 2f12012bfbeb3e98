package dev.banyan.platform.mail;

import static dev.banyan.schema.Tables.MAILS;

import module java.base;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.impl.DSL;

final class MailStore extends Store {

    /// How far urgent mails are ahead of others.
    private static final Duration AHEAD = Duration.ofDays(1);

    /// Between two mails of one source, if others send mails, too.
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /// Of those that are taken at once, how many may have failed before: they must neither hold up new ones nor starve.
    private static final int FAILED_SHARE = 5;

    MailStore(Tx tx) {
        super(tx);
    }

    /// @param source whose mails take turns with those of others: a tenant, or a recipient
    void insert(Mail mail, MailKind kind, String source, Instant now) {
        sql.insertInto(MAILS)
                .set(MAILS.ID, mail.id())
                .set(MAILS.RECIPIENT, mail.recipient())
                .set(MAILS.SUBJECT, mail.subject())
                .set(MAILS.BODY, mail.body())
                .set(MAILS.ATTEMPTS, mail.attempts())
                .set(MAILS.DUE_AT, now)
                .set(MAILS.CREATED_AT, now)
                .set(MAILS.STATE, MailState.WAITING.key())
                .set(MAILS.KIND, kind.key())
                .set(MAILS.SUB_CLIENT_ID, mail.workspace().orElse(null))
                .set(MAILS.SOURCE, source)
                .set(MAILS.TURN, turn(source, kind.isUrgent() ? now.minus(AHEAD) : now))
                .execute();
    }

    /// Returns the turn of a source's next mail: the first one, or a little after that of its last mail of this
    /// kind which still waits. So a thousand mails of one tenant, sent at once, don't hold up the mails of others;
    /// nor do a thousand new passwords hold up the codes of others.
    private long turn(String source, Instant first) {
        Duration near = AHEAD.dividedBy(2); // urgent mails and others are a day apart
        Long last = sql.select(DSL.max(MAILS.TURN))
                .from(MAILS)
                .where(
                        MAILS.SOURCE.eq(source),
                        MAILS.STATE.eq(MailState.WAITING.key()),
                        MAILS.TURN.between(
                                first.minus(near).toEpochMilli(),
                                first.plus(near).toEpochMilli()))
                .fetchOne(row -> row.value1());
        return last == null ? first.toEpochMilli() : Math.max(first.toEpochMilli(), last + BETWEEN.toMillis());
    }

    boolean isAnyDue(Instant now) {
        return sql.fetchExists(
                MAILS, MAILS.STATE.in(MailState.WAITING.key(), MailState.FAILING.key()), MAILS.DUE_AT.le(now));
    }

    /// Takes mails that are due, for delivery by this server alone, in the order of their turns.
    ///
    /// @param until when they are due again if nothing more is heard of this server
    List<Mail> claim(Instant now, Instant until, int limit) {
        var due = new ArrayList<>(due(MailState.FAILING, now, Math.max(1, limit / FAILED_SHARE)));
        due.addAll(due(MailState.WAITING, now, limit - due.size()));
        sql.update(MAILS)
                .set(MAILS.DUE_AT, until)
                .where(MAILS.ID.in(due.stream().map(Mail::id).toList()))
                .execute();
        return due;
    }

    private List<Mail> due(MailState state, Instant now, int limit) {
        return RowLock.skippingLocked(
                        sql.select(
                                        MAILS.ID,
                                        MAILS.RECIPIENT,
                                        MAILS.SUBJECT,
                                        MAILS.BODY,
                                        MAILS.ATTEMPTS,
                                        MAILS.SUB_CLIENT_ID)
                                .from(MAILS)
                                .where(MAILS.STATE.eq(state.key()), MAILS.DUE_AT.le(now))
                                .orderBy(MAILS.TURN, MAILS.ID)
                                .limit(limit),
                        sql)
                .fetch(row -> new Mail(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        Optional.ofNullable(row.value6())));
    }

    /// Marks a mail as sent and deletes its text, so that later readers of the database find no codes and no links.
    void sent(Mail mail, Instant now) {
        sql.update(MAILS)
                .set(MAILS.SUBJECT, MailMask.of(mail.subject()))
                .set(MAILS.BODY, "")
                .set(MAILS.SENT_AT, now)
                .set(MAILS.STATE, MailState.SENT.key())
                .set(MAILS.ATTEMPTS, mail.attempts() + 1)
                .setNull(MAILS.LAST_ERROR)
                .where(MAILS.ID.eq(mail.id()))
                .execute();
    }

    /// Records a failure, unless an operator has discarded the mail meanwhile.
    void failed(Mail mail, MailState state, Instant nextTry, String error) {
        sql.update(MAILS)
                .set(MAILS.DUE_AT, nextTry)
                .set(MAILS.STATE, state.key())
                .set(MAILS.ATTEMPTS, mail.attempts() + 1)
                .set(MAILS.LAST_ERROR, error)
                .where(MAILS.ID.eq(mail.id()), MAILS.STATE.ne(MailState.DISCARDED.key()))
                .execute();
    }
}
