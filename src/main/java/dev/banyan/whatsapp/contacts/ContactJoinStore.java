package dev.banyan.whatsapp.contacts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Lookup;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Gives all that numbers have kept about a contact to another address of the same person.
final class ContactJoinStore extends Store {

    ContactJoinStore(Tx tx) {
        super(tx);
    }

    /// Returns whether anything is kept under an address: all of it came with a message, or is an opt-out.
    boolean keeps(AccountId tenant, ContactAddress contact) {
        return sql.fetchExists(
                        INCOMING_MESSAGES, INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.PHONE.eq(contact))
                || sql.fetchExists(
                        OUTGOING_MESSAGES, OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.PHONE.eq(contact))
                || sql.fetchExists(OPT_OUTS, OPT_OUTS.TENANT_ID.eq(tenant), OPT_OUTS.PHONE.eq(contact))
                || sql.fetchExists(
                        CAMPAIGN_RECIPIENTS,
                        CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_RECIPIENTS.PHONE.eq(contact));
    }

    Set<ContactAddress> written(AccountId tenant, Collection<ContactAddress> contacts) {
        return contacts.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.selectDistinct(INCOMING_MESSAGES.PHONE)
                        .from(INCOMING_MESSAGES)
                        .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.PHONE.in(contacts))
                        .fetch(row -> row.value1()));
    }

    /// Moves what is kept under one address to the other. Where only one can stay, it is what the other address has: an
    /// opt-out of either counts for both.
    void move(AccountId tenant, ContactAddress from, ContactAddress to) {
        sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.PHONE, to)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.PHONE.eq(from))
                .execute();
        sql.update(INCOMING_MESSAGES)
                .set(INCOMING_MESSAGES.PHONE, to)
                .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.PHONE.eq(from))
                .execute();
        sql.update(CAMPAIGN_RECIPIENTS)
                .set(CAMPAIGN_RECIPIENTS.PHONE, to)
                .where(CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant), CAMPAIGN_RECIPIENTS.PHONE.eq(from))
                .execute();
        moveUnique(tenant, from, to, OPT_OUTS.TENANT_ID, OPT_OUTS.PHONE, OPT_OUTS);
        moveUnique(
                tenant, from, to, POOL_CONTACTS.TENANT_ID, POOL_CONTACTS.PHONE, POOL_CONTACTS, POOL_CONTACTS.MASTER_ID);
        moveUnique(
                tenant,
                from,
                to,
                MESSAGE_REACTIONS.TENANT_ID,
                MESSAGE_REACTIONS.PHONE,
                MESSAGE_REACTIONS,
                MESSAGE_REACTIONS.SENDER_ID,
                MESSAGE_REACTIONS.PROVIDER_ID);
    }

    record Owned(AccountId tenant, ContactAddress contact) {}

    /// Returns contacts whose messages or opt-outs are still under another form of their number than the kept one.
    @AllTenants("a job looks for what earlier versions have left in all accounts")
    Set<Owned> underOtherForms(int limit) {
        Set<Owned> found = new HashSet<>(
                underOtherForms(INCOMING_MESSAGES.TENANT_ID, INCOMING_MESSAGES.PHONE, INCOMING_MESSAGES, limit));
        found.addAll(underOtherForms(OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.PHONE, OUTGOING_MESSAGES, limit));
        found.addAll(underOtherForms(OPT_OUTS.TENANT_ID, OPT_OUTS.PHONE, OPT_OUTS, limit));
        return found;
    }

    private List<Owned> underOtherForms(
            Field<AccountId> tenant, Field<ContactAddress> contact, Table<?> table, int limit) {
        return sql.selectDistinct(tenant, contact)
                .from(table)
                .where(isOtherForm(contact.coerce(String.class)))
                .limit(limit)
                .fetch(row -> new Owned(row.value1(), row.value2()));
    }

    /// What [dev.banyan.platform.PhoneForms] calls another form, as a condition.
    private static Condition isOtherForm(Field<String> phone) {
        return phone.like("+521__________")
                .and(DSL.substring(phone, 5, 1).ge("2"))
                .or(phone.like("+54__________").and(DSL.substring(phone, 4, 1).between("1", "8")))
                .or(phone.like("+55__________")
                        .and(DSL.substring(phone, 4, 1).ge("1"))
                        .and(DSL.substring(phone, 6, 1).ge("6")))
                .or(phone.like("+225________").and(DSL.substring(phone, 5, 1).notIn("1", "2", "3")))
                .or(phone.like("+229________"));
    }

    /// Moves what each contact has once, such as one number of each pool. Of what both have, that of the other address
    /// stays.
    ///
    /// @param each what the contact has one of each of
    private void moveUnique(
            AccountId tenant,
            ContactAddress from,
            ContactAddress to,
            Field<AccountId> owner,
            Field<ContactAddress> contact,
            Table<?> table,
            Field<?>... each) {
        Table<?> other = table.as("other");
        Condition same = Stream.concat(Stream.of(owner), Stream.of(each))
                .map(field -> isSame(field, other))
                .reduce(DSL.noCondition(), Condition::and);
        sql.update(table)
                .set(contact, to)
                .where(
                        owner.eq(tenant),
                        contact.eq(from),
                        Lookup.findsNone(sql.selectOne()
                                .from(other)
                                .where(same, of(contact, other).eq(to))))
                .execute();
        sql.deleteFrom(table).where(owner.eq(tenant), contact.eq(from)).execute();
    }

    private static <T> Condition isSame(Field<T> field, Table<?> other) {
        return of(field, other).eq(field);
    }

    private static <T> Field<T> of(Field<T> field, Table<?> other) {
        return Objects.requireNonNull(other.field(field));
    }
}
