package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.CONTACTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Phone;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ContactWordStore;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class ContactStore {

    private final DSLContext sql;
    private final ContactWordStore words;

    public ContactStore(Tx tx) {
        this.sql = tx.sql();
        this.words = new ContactWordStore(tx);
    }

    /// Inserts a contact; does nothing if it exists already.
    public void insert(AccountId tenant, WorkspaceId workspace, Contact contact) {
        int inserted = sql.insertInto(CONTACTS)
                .set(CONTACTS.ID, contact.id())
                .set(CONTACTS.TENANT_ID, tenant)
                .set(CONTACTS.SUB_CLIENT_ID, workspace)
                .set(CONTACTS.PHONE, contact.phone())
                .set(CONTACTS.NAME, contact.name())
                .set(CONTACTS.ABOUT, contact.about().orElse(null))
                .set(CONTACTS.CREATED_AT, contact.createdAt())
                .set(CONTACTS.UPDATED_AT, contact.updatedAt())
                .onConflictDoNothing()
                .execute();
        if (inserted == 1) {
            words.add(tenant, workspace, contact.id(), contact.name(), contact.phone());
        }
    }

    Optional<Contact> find(AccountId tenant, WorkspaceId workspace, UUID id) {
        return sql.selectFrom(CONTACTS)
                .where(in(tenant, workspace), CONTACTS.ID.eq(id))
                .fetchOptional(ContactStore::contact);
    }

    /// Lists contacts by number, which orders them by country.
    List<Contact> list(AccountId tenant, WorkspaceId workspace, Optional<Phone> after, int limit) {
        return sql.selectFrom(CONTACTS)
                .where(
                        in(tenant, workspace),
                        after.map(phone -> CONTACTS.PHONE.gt(phone)).orElseGet(DSL::noCondition))
                .orderBy(CONTACTS.PHONE)
                .limit(limit)
                .fetch(ContactStore::contact);
    }

    void change(AccountId tenant, WorkspaceId workspace, UUID id, String name, Optional<String> about, Instant now) {
        sql.update(CONTACTS)
                .set(CONTACTS.NAME, name)
                .set(CONTACTS.ABOUT, about.orElse(null))
                .set(CONTACTS.UPDATED_AT, now)
                .where(in(tenant, workspace), CONTACTS.ID.eq(id))
                .execute();
        find(tenant, workspace, id)
                .ifPresent(contact -> words.refresh(tenant, workspace, id, contact.name(), contact.phone()));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return CONTACTS.TENANT_ID.eq(tenant).and(CONTACTS.SUB_CLIENT_ID.eq(workspace));
    }

    @AllTenants("builds a contact from a row that was found")
    static Contact contact(Record row) {
        return new Contact(
                row.get(CONTACTS.ID),
                row.get(CONTACTS.PHONE),
                row.get(CONTACTS.NAME),
                Optional.ofNullable(row.get(CONTACTS.ABOUT)),
                row.get(CONTACTS.CREATED_AT),
                row.get(CONTACTS.UPDATED_AT));
    }
}
