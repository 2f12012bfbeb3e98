package dev.banyan.whatsapp.contacts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Lookup;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.contacts.ContactMergeStore.Kind;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Gives an address back what [ContactJoinStore] has taken from it. What came after the merge stays where it is.
final class ContactPartStore extends Store {

    private static final String NOTE = "Opted out before two contacts became one, which was undone.";

    ContactPartStore(Tx tx) {
        super(tx);
    }

    void moveBack(AccountId tenant, ContactMerge merge, Instant now) {
        messages(tenant, merge);
        recipients(tenant, merge);
        numbers(tenant, merge);
        reactions(tenant, merge);
        aliases(tenant, merge);
        optOuts(tenant, merge, now);
    }

    /// Gives back what a merge took from one table.
    private void back(
            AccountId tenant,
            ContactMerge merge,
            Kind kind,
            TableField<?, AccountId> owner,
            TableField<?, ContactAddress> address,
            Field<?> key,
            Condition... unless) {
        sql.update(address.getTable())
                .set(address, merge.former())
                .where(
                        owner.eq(tenant),
                        address.eq(merge.contact()),
                        key.coerce(String.class).in(ContactMergeStore.moved(tenant, merge.id(), kind)))
                .and(DSL.and(unless))
                .execute();
    }

    private void messages(AccountId tenant, ContactMerge merge) {
        back(tenant, merge, Kind.INCOMING, INCOMING_MESSAGES.TENANT_ID, INCOMING_MESSAGES.PHONE, INCOMING_MESSAGES.ID);
        back(tenant, merge, Kind.OUTGOING, OUTGOING_MESSAGES.TENANT_ID, OUTGOING_MESSAGES.PHONE, OUTGOING_MESSAGES.ID);
    }

    private void recipients(AccountId tenant, ContactMerge merge) {
        sql.update(CAMPAIGN_RECIPIENTS)
                .set(CAMPAIGN_RECIPIENTS.PHONE, merge.former())
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_RECIPIENTS.PHONE.eq(merge.contact()),
                        DSL.exists(DSL.selectOne()
                                .from(CONTACT_MERGE_KEYS)
                                .where(
                                        ContactMergeStore.of(tenant, merge.id(), Kind.RECIPIENT),
                                        CONTACT_MERGE_KEYS.MOVED.eq(
                                                CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.coerce(String.class)),
                                        CONTACT_MERGE_KEYS.PLACE.eq(CAMPAIGN_RECIPIENTS.POSITION))))
                .execute();
    }

    /// A former phone number may be someone else's by now, with a number and reactions of their own.
    private void numbers(AccountId tenant, ContactMerge merge) {
        var other = POOL_CONTACTS.as("other");
        back(
                tenant,
                merge,
                Kind.NUMBER,
                POOL_CONTACTS.TENANT_ID,
                POOL_CONTACTS.PHONE,
                POOL_CONTACTS.MASTER_ID,
                Lookup.findsNone(sql.selectOne()
                        .from(other)
                        .where(
                                other.TENANT_ID.eq(POOL_CONTACTS.TENANT_ID),
                                other.MASTER_ID.eq(POOL_CONTACTS.MASTER_ID),
                                other.PHONE.eq(merge.former()))));
    }

    /// Reactions go with their messages.
    private void reactions(AccountId tenant, ContactMerge merge) {
        var other = MESSAGE_REACTIONS.as("other");
        ContactAddress former = merge.former();
        sql.update(MESSAGE_REACTIONS)
                .set(MESSAGE_REACTIONS.PHONE, former)
                .where(
                        MESSAGE_REACTIONS.TENANT_ID.eq(tenant),
                        MESSAGE_REACTIONS.PHONE.eq(merge.contact()),
                        DSL.exists(DSL.selectOne()
                                        .from(INCOMING_MESSAGES)
                                        .where(
                                                INCOMING_MESSAGES.TENANT_ID.eq(MESSAGE_REACTIONS.TENANT_ID),
                                                INCOMING_MESSAGES.SENDER_ID.eq(MESSAGE_REACTIONS.SENDER_ID),
                                                INCOMING_MESSAGES.PROVIDER_ID.eq(MESSAGE_REACTIONS.PROVIDER_ID),
                                                INCOMING_MESSAGES.PHONE.eq(former)))
                                .or(DSL.exists(DSL.selectOne()
                                        .from(OUTGOING_MESSAGES)
                                        .where(
                                                OUTGOING_MESSAGES.TENANT_ID.eq(MESSAGE_REACTIONS.TENANT_ID),
                                                OUTGOING_MESSAGES.SENDER_ID.eq(MESSAGE_REACTIONS.SENDER_ID),
                                                OUTGOING_MESSAGES.PROVIDER_ID.eq(MESSAGE_REACTIONS.PROVIDER_ID),
                                                OUTGOING_MESSAGES.PHONE.eq(former)))),
                        Lookup.findsNone(sql.selectOne()
                                .from(other)
                                .where(
                                        other.TENANT_ID.eq(MESSAGE_REACTIONS.TENANT_ID),
                                        other.SENDER_ID.eq(MESSAGE_REACTIONS.SENDER_ID),
                                        other.PROVIDER_ID.eq(MESSAGE_REACTIONS.PROVIDER_ID),
                                        other.PHONE.eq(former))))
                .execute();
    }

    private void aliases(AccountId tenant, ContactMerge merge) {
        back(tenant, merge, Kind.ALIAS, CONTACT_ALIASES.TENANT_ID, CONTACT_ALIASES.CONTACT, CONTACT_ALIASES.ALIAS);
        sql.deleteFrom(CONTACT_ALIASES)
                .where(CONTACT_ALIASES.TENANT_ID.eq(tenant), CONTACT_ALIASES.ALIAS.eq(merge.former()))
                .execute();
    }

    /// The strictest consent wins: who was out before the merge is out, and if the one contact is out now, both are.
    private void optOuts(AccountId tenant, ContactMerge merge, Instant now) {
        sql.insertInto(OPT_OUTS)
                .columns(
                        OPT_OUTS.TENANT_ID,
                        OPT_OUTS.PHONE,
                        OPT_OUTS.CAUSE,
                        OPT_OUTS.SENDER_ID,
                        OPT_OUTS.WORD,
                        OPT_OUTS.NOTE,
                        OPT_OUTS.CREATED_AT)
                .select(DSL.select(
                                OPT_OUTS.TENANT_ID,
                                DSL.val(merge.former(), OPT_OUTS.PHONE),
                                OPT_OUTS.CAUSE,
                                OPT_OUTS.SENDER_ID,
                                OPT_OUTS.WORD,
                                OPT_OUTS.NOTE,
                                OPT_OUTS.CREATED_AT)
                        .from(OPT_OUTS)
                        .where(OPT_OUTS.TENANT_ID.eq(tenant), OPT_OUTS.PHONE.eq(merge.contact())))
                .onConflictDoNothing()
                .execute();
        sql.insertInto(OPT_OUTS)
                .columns(OPT_OUTS.TENANT_ID, OPT_OUTS.PHONE, OPT_OUTS.CAUSE, OPT_OUTS.NOTE, OPT_OUTS.CREATED_AT)
                .select(DSL.select(
                                CONTACT_MERGE_KEYS.TENANT_ID,
                                CONTACT_MERGE_KEYS.MOVED.coerce(OPT_OUTS.PHONE),
                                DSL.inline("person"),
                                DSL.inline(NOTE),
                                DSL.val(now, OPT_OUTS.CREATED_AT))
                        .from(CONTACT_MERGE_KEYS)
                        .where(ContactMergeStore.of(tenant, merge.id(), Kind.OPT_OUT)))
                .onConflictDoNothing()
                .execute();
    }
}
