package dev.banyan.whatsapp.contacts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// Which addresses became one, with the keys of what moved.
public final class ContactMergeStore extends Store {

    /// What has moved. `CONTACT` and `THREAD` are noted by the workspaces: a contact that came out of the merge, and a
    /// thread that it closed, with whether the one in which it goes on was open.
    public enum Kind implements Keyed {
        INCOMING,
        OUTGOING,
        RECIPIENT,
        NUMBER,
        ALIAS,
        OPT_OUT,
        CONTACT,
        THREAD
    }

    private static final Field<Long> NOWHERE = DSL.inline(0L);

    public ContactMergeStore(Tx tx) {
        super(tx);
    }

    /// Inserts a merge with the keys of all that is about to move.
    public void insert(AccountId tenant, ContactMerge merge) {
        sql.insertInto(CONTACT_MERGES)
                .set(CONTACT_MERGES.ID, merge.id())
                .set(CONTACT_MERGES.TENANT_ID, tenant)
                .set(CONTACT_MERGES.FORMER, merge.former())
                .set(CONTACT_MERGES.CONTACT, merge.contact())
                .set(CONTACT_MERGES.MERGED_AT, merge.mergedAt())
                .execute();
        ContactAddress from = merge.former();
        keep(
                tenant,
                merge,
                Kind.INCOMING,
                INCOMING_MESSAGES.TENANT_ID,
                INCOMING_MESSAGES.ID,
                NOWHERE,
                INCOMING_MESSAGES.PHONE.eq(from));
        keep(
                tenant,
                merge,
                Kind.OUTGOING,
                OUTGOING_MESSAGES.TENANT_ID,
                OUTGOING_MESSAGES.ID,
                NOWHERE,
                OUTGOING_MESSAGES.PHONE.eq(from));
        keep(
                tenant,
                merge,
                Kind.RECIPIENT,
                CAMPAIGN_RECIPIENTS.TENANT_ID,
                CAMPAIGN_RECIPIENTS.CAMPAIGN_ID,
                CAMPAIGN_RECIPIENTS.POSITION,
                CAMPAIGN_RECIPIENTS.PHONE.eq(from));
        keep(
                tenant,
                merge,
                Kind.NUMBER,
                POOL_CONTACTS.TENANT_ID,
                POOL_CONTACTS.MASTER_ID,
                NOWHERE,
                POOL_CONTACTS.PHONE.eq(from));
        keep(
                tenant,
                merge,
                Kind.ALIAS,
                CONTACT_ALIASES.TENANT_ID,
                CONTACT_ALIASES.ALIAS,
                NOWHERE,
                CONTACT_ALIASES.CONTACT.eq(from));
        keep(
                tenant,
                merge,
                Kind.OPT_OUT,
                OPT_OUTS.TENANT_ID,
                OPT_OUTS.PHONE,
                NOWHERE,
                OPT_OUTS.PHONE.in(from, merge.contact()));
    }

    private void keep(
            AccountId tenant,
            ContactMerge merge,
            Kind kind,
            TableField<?, AccountId> owner,
            Field<?> key,
            Field<Long> place,
            Condition which) {
        sql.insertInto(CONTACT_MERGE_KEYS)
                .columns(
                        CONTACT_MERGE_KEYS.MERGE_ID,
                        CONTACT_MERGE_KEYS.TENANT_ID,
                        CONTACT_MERGE_KEYS.KIND,
                        CONTACT_MERGE_KEYS.MOVED,
                        CONTACT_MERGE_KEYS.PLACE)
                .select(DSL.select(
                                DSL.val(merge.id(), CONTACT_MERGE_KEYS.MERGE_ID),
                                owner,
                                DSL.inline(kind.key()),
                                key.coerce(String.class),
                                place)
                        .from(owner.getTable())
                        .where(owner.eq(tenant), which))
                .execute();
    }

    /// Notes one more thing that moved.
    public void note(AccountId tenant, UUID merge, Kind kind, String key, boolean isMoved) {
        sql.insertInto(CONTACT_MERGE_KEYS)
                .set(CONTACT_MERGE_KEYS.MERGE_ID, merge)
                .set(CONTACT_MERGE_KEYS.TENANT_ID, tenant)
                .set(CONTACT_MERGE_KEYS.KIND, kind.key())
                .set(CONTACT_MERGE_KEYS.MOVED, key)
                .set(CONTACT_MERGE_KEYS.PLACE, isMoved ? 1L : 0L)
                .execute();
    }

    /// Returns what was noted of a thing: whether it moved, or empty if the merge doesn't concern it.
    public Optional<Boolean> noted(AccountId tenant, UUID merge, Kind kind, String key) {
        return sql.select(CONTACT_MERGE_KEYS.PLACE)
                .from(CONTACT_MERGE_KEYS)
                .where(of(tenant, merge, kind), CONTACT_MERGE_KEYS.MOVED.eq(key))
                .fetchOptional(row -> row.value1() == 1);
    }

    /// Returns the keys of one kind that a merge moved.
    static Select<Record1<String>> moved(AccountId tenant, UUID merge, Kind kind) {
        return DSL.select(CONTACT_MERGE_KEYS.MOVED).from(CONTACT_MERGE_KEYS).where(of(tenant, merge, kind));
    }

    static Condition of(AccountId tenant, UUID merge, Kind kind) {
        return CONTACT_MERGE_KEYS
                .TENANT_ID
                .eq(tenant)
                .and(CONTACT_MERGE_KEYS.MERGE_ID.eq(merge))
                .and(CONTACT_MERGE_KEYS.KIND.eq(kind.key()));
    }

    /// Returns the last merge since then that a contact of a workspace came out of, and that isn't undone.
    Optional<ContactMerge> find(AccountId tenant, UUID contact, ContactAddress address, Instant since) {
        return sql.select(CONTACT_MERGES.ID, CONTACT_MERGES.FORMER, CONTACT_MERGES.CONTACT, CONTACT_MERGES.MERGED_AT)
                .from(CONTACT_MERGES)
                .where(
                        CONTACT_MERGES.TENANT_ID.eq(tenant),
                        CONTACT_MERGES.CONTACT.eq(address),
                        CONTACT_MERGES.UNDONE_AT.isNull(),
                        CONTACT_MERGES.MERGED_AT.gt(since),
                        DSL.exists(DSL.selectOne()
                                .from(CONTACT_MERGE_KEYS)
                                .where(
                                        CONTACT_MERGE_KEYS.MERGE_ID.eq(CONTACT_MERGES.ID),
                                        CONTACT_MERGE_KEYS.KIND.eq(Kind.CONTACT.key()),
                                        CONTACT_MERGE_KEYS.MOVED.eq(contact.toString()))))
                .orderBy(CONTACT_MERGES.MERGED_AT.desc(), CONTACT_MERGES.ID.desc())
                .limit(1)
                .fetchOptional(row -> new ContactMerge(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    /// Returns whether someone has said that two addresses are not of one person.
    boolean isUndone(AccountId tenant, ContactAddress former, ContactAddress contact) {
        return sql.fetchExists(
                CONTACT_MERGES,
                CONTACT_MERGES
                        .TENANT_ID
                        .eq(tenant)
                        .and(CONTACT_MERGES.CONTACT.eq(contact))
                        .and(CONTACT_MERGES.FORMER.eq(former))
                        .and(CONTACT_MERGES.UNDONE_AT.isNotNull()));
    }

    /// @return false if it is undone already
    boolean markUndone(AccountId tenant, UUID merge, Instant now) {
        return sql.update(CONTACT_MERGES)
                        .set(CONTACT_MERGES.UNDONE_AT, now)
                        .where(
                                CONTACT_MERGES.TENANT_ID.eq(tenant),
                                CONTACT_MERGES.ID.eq(merge),
                                CONTACT_MERGES.UNDONE_AT.isNull())
                        .execute()
                == 1;
    }

    void deleteKeys(AccountId tenant, UUID merge) {
        sql.deleteFrom(CONTACT_MERGE_KEYS)
                .where(CONTACT_MERGE_KEYS.TENANT_ID.eq(tenant), CONTACT_MERGE_KEYS.MERGE_ID.eq(merge))
                .execute();
    }

    /// Deletes merges that were not undone, with their keys.
    @AllTenants("a job deletes what is too old in all accounts")
    int deleteBefore(Instant before, int limit) {
        return deleteSome(
                CONTACT_MERGES.ID,
                CONTACT_MERGES.UNDONE_AT.isNull().and(CONTACT_MERGES.MERGED_AT.le(before)),
                limit,
                CONTACT_MERGES.MERGED_AT);
    }
}
