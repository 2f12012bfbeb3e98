package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;

/// What WhatsApp charges messages as.
public final class MessagePriceStore extends Store {

    private static final int LONGEST_CATEGORY = 40;

    /// @param provider WhatsApp's id of the message
    public record Priced(SenderId sender, String provider, MessagePrice price) {}

    public MessagePriceStore(Tx tx) {
        super(tx);
    }

    /// Notes prices. Those of messages that aren't known, or not any more, are left out.
    public void put(AccountId tenant, List<Priced> prices) {
        if (prices.isEmpty()) {
            return;
        }
        sql.batch(prices.stream()
                        .map(one -> sql.update(OUTGOING_MESSAGES)
                                .set(
                                        OUTGOING_MESSAGES.PRICE_CATEGORY,
                                        cut(one.price().category()))
                                .set(OUTGOING_MESSAGES.IS_BILLABLE, one.price().isBillable())
                                .where(
                                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                                        OUTGOING_MESSAGES.SENDER_ID.eq(one.sender()),
                                        OUTGOING_MESSAGES.PROVIDER_ID.eq(one.provider())))
                        .toList())
                .execute();
    }

    private static String cut(String category) {
        return category.length() <= LONGEST_CATEGORY ? category : category.substring(0, LONGEST_CATEGORY);
    }

    /// Returns the prices of these messages, as far as WhatsApp has said them.
    public Map<UUID, MessagePrice> of(AccountId tenant, Collection<UUID> outgoing) {
        return outgoing.isEmpty()
                ? Map.of()
                : sql.select(OUTGOING_MESSAGES.ID, OUTGOING_MESSAGES.PRICE_CATEGORY, OUTGOING_MESSAGES.IS_BILLABLE)
                        .from(OUTGOING_MESSAGES)
                        .where(
                                OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                                OUTGOING_MESSAGES.ID.in(outgoing),
                                OUTGOING_MESSAGES.PRICE_CATEGORY.isNotNull())
                        .fetchMap(row -> row.value1(), row -> new MessagePrice(row.value2(), row.value3()));
    }
}
