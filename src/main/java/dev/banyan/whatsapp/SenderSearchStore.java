package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.PhoneNumbers;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/// Finds senders by what people ask for.
public final class SenderSearchStore extends Store {

    public SenderSearchStore(Tx tx) {
        super(tx);
    }

    /// Searches senders, oldest first, without the conditions on text and health: text matching differs between
    /// databases, and health is not stored.
    ///
    /// @param after the last sender of the previous page
    public List<Sender> search(AccountId tenant, SenderQuery query, Optional<Sender> after, int limit) {
        Condition page = after.<Condition>map(last -> SENDERS.CREATED_AT
                        .gt(last.createdAt())
                        .or(SENDERS.CREATED_AT.eq(last.createdAt()).and(SENDERS.ID.gt(last.id()))))
                .orElseGet(DSL::noCondition);
        return select(tenant, page)
                .and(wanted(query))
                .orderBy(SENDERS.CREATED_AT, SENDERS.ID)
                .limit(limit)
                .fetch(SenderStore::sender);
    }

    /// Returns senders whose name, number or id contains a text, oldest first. A number may be typed in international
    /// form or as people dial it in its own country.
    public List<Sender> named(AccountId tenant, String text, int limit) {
        return select(
                        tenant,
                        SENDERS.DISPLAY_NAME
                                .containsIgnoreCase(text)
                                .or(PhoneNumbers.part(text)
                                        .map(SenderSearchStore::hasNumber)
                                        .orElseGet(() -> SENDERS.PHONE
                                                .coerce(String.class)
                                                .contains(text)))
                                .or(SENDERS.ID.coerce(String.class).contains(text)))
                .orderBy(SENDERS.CREATED_AT, SENDERS.ID)
                .limit(limit)
                .fetch(SenderStore::sender);
    }

    /// In E.164 a number has no leading zeros, whether it was typed after `00` or after the `0` for long distance.
    private static Condition hasNumber(String digits) {
        String significant = digits.replaceFirst("^0+", "");
        return significant.isEmpty()
                ? DSL.falseCondition()
                : SENDERS.PHONE.coerce(String.class).contains(significant);
    }

    private static Condition wanted(SenderQuery query) {
        var conditions = new ArrayList<Condition>();
        if (!query.states().isEmpty()) {
            conditions.add(SENDERS.STATE.in(
                    query.states().stream().map(SenderState::key).toList()));
        }
        query.master()
                .ifPresent(master -> conditions.add(SENDERS.MASTER_ID.eq(master).or(SENDERS.ID.eq(master))));
        query.purpose().ifPresent(purpose -> conditions.add(SENDERS.PURPOSE.equalIgnoreCase(purpose)));
        query.region().ifPresent(region -> conditions.add(SENDERS.REGION.eq(region)));
        query.tag().ifPresent(tag -> conditions.add(SENDERS.TAGS.contains(" " + tag + " ")));
        return DSL.and(conditions);
    }

    private SelectConditionStep<Record> select(AccountId tenant, Condition condition) {
        return sql.select(SenderStore.FIELDS).from(SENDERS).where(SENDERS.TENANT_ID.eq(tenant), condition);
    }
}
