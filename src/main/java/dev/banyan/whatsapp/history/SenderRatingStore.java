package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.SENDER_RATINGS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;

/// What WhatsApp thinks of numbers.
public final class SenderRatingStore extends Store {

    public SenderRatingStore(Tx tx) {
        super(tx);
    }

    /// Keeps what WhatsApp says of a number now.
    public void put(AccountId tenant, SenderId sender, SenderRating rating, Instant now) {
        put(
                SENDER_RATINGS,
                new Columns().with(SENDER_RATINGS.TENANT_ID, tenant).with(SENDER_RATINGS.SENDER_ID, sender),
                new Columns()
                        .with(SENDER_RATINGS.QUALITY, rating.quality())
                        .with(SENDER_RATINGS.MESSAGING_LIMIT, rating.messagingLimit())
                        .with(SENDER_RATINGS.CHANGED_AT, now));
    }

    /// Keeps when the ban of a number ends; empty: WhatsApp hasn't said so.
    public void putBan(AccountId tenant, SenderId sender, Optional<Instant> ends, Instant now) {
        sql.insertInto(SENDER_RATINGS)
                .set(SENDER_RATINGS.TENANT_ID, tenant)
                .set(SENDER_RATINGS.SENDER_ID, sender)
                .set(SENDER_RATINGS.QUALITY, "")
                .set(SENDER_RATINGS.MESSAGING_LIMIT, "")
                .set(SENDER_RATINGS.BAN_ENDS_AT, ends.orElse(null))
                .set(SENDER_RATINGS.CHANGED_AT, now)
                .onConflict(SENDER_RATINGS.TENANT_ID, SENDER_RATINGS.SENDER_ID)
                .doUpdate()
                .set(SENDER_RATINGS.BAN_ENDS_AT, ends.orElse(null))
                .execute();
    }

    /// Returns when the last ban of a number ends or has ended, as far as WhatsApp has said so.
    public Optional<Instant> banEnds(AccountId tenant, SenderId sender) {
        return sql.fetchOptionalValue(
                SENDER_RATINGS.BAN_ENDS_AT,
                SENDER_RATINGS.TENANT_ID.eq(tenant).and(SENDER_RATINGS.SENDER_ID.eq(sender)));
    }

    /// Returns the ratings of those of these numbers that have one.
    public Map<SenderId, SenderRating> of(AccountId tenant, Collection<SenderId> senders) {
        return senders.isEmpty()
                ? Map.of()
                : sql.select(SENDER_RATINGS.SENDER_ID, SENDER_RATINGS.QUALITY, SENDER_RATINGS.MESSAGING_LIMIT)
                        .from(SENDER_RATINGS)
                        .where(
                                SENDER_RATINGS.TENANT_ID.eq(tenant),
                                SENDER_RATINGS.SENDER_ID.in(senders),
                                SENDER_RATINGS.QUALITY.ne("").or(SENDER_RATINGS.MESSAGING_LIMIT.ne("")))
                        .fetchMap(row -> row.value1(), row -> new SenderRating(row.value2(), row.value3()));
    }
}
