package dev.banyan.platform.mail;

import static dev.banyan.schema.Tables.MAILS;

import module java.base;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import org.jooq.DSLContext;

final class MailStore {

    private final DSLContext sql;

    MailStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(Mail mail, MailKind kind, Instant now) {
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
                .execute();
    }

    boolean isAnyDue(Instant now) {
        return sql.fetchExists(
                MAILS, MAILS.STATE.in(MailState.WAITING.key(), MailState.FAILING.key()), MAILS.DUE_AT.le(now));
    }

    /// Takes mails that are due, for delivery by this server alone.
    ///
    /// @param until when they are due again if nothing more is heard of this server
    List<Mail> claim(Instant now, Instant until, int limit) {
        List<Mail> due = RowLock.skippingLocked(
                        sql.select(
                                        MAILS.ID,
                                        MAILS.RECIPIENT,
                                        MAILS.SUBJECT,
                                        MAILS.BODY,
                                        MAILS.ATTEMPTS,
                                        MAILS.SUB_CLIENT_ID)
                                .from(MAILS)
                                .where(
                                        MAILS.STATE.in(MailState.WAITING.key(), MailState.FAILING.key()),
                                        MAILS.DUE_AT.le(now))
                                .orderBy(MAILS.DUE_AT, MAILS.ID)
                                .limit(limit),
                        sql)
                .fetch(row -> new Mail(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        Optional.ofNullable(row.value6())));
        sql.update(MAILS)
                .set(MAILS.DUE_AT, until)
                .where(MAILS.ID.in(due.stream().map(Mail::id).toList()))
                .execute();
        return due;
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
