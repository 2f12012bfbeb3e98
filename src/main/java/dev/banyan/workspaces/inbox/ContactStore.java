package dev.banyan.workspaces.inbox;

import static dev.banyan.schema.Tables.CONTACTS;
import static dev.banyan.schema.Tables.INBOX_THREADS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Lookup;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.Business;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ContactWordStore;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class ContactStore extends Store {

    private final ContactWordStore words;
    private final ConversationWordStore conversationWords;

    public ContactStore(Tx tx) {
        super(tx);
        this.words = new ContactWordStore(tx);
        this.conversationWords = new ConversationWordStore(tx);
    }

    /// Inserts a contact; does nothing if it exists already.
    public void insert(AccountId tenant, WorkspaceId workspace, Contact contact) {
        int inserted = sql.insertInto(CONTACTS)
                .set(CONTACTS.ID, contact.id())
                .set(CONTACTS.TENANT_ID, tenant)
                .set(CONTACTS.SUB_CLIENT_ID, workspace)
                .set(CONTACTS.PHONE, contact.address())
                .set(CONTACTS.NAME, contact.name())
                .set(CONTACTS.USERNAME, contact.username().orElse(null))
                .set(CONTACTS.ABOUT, contact.about().orElse(null))
                .set(CONTACTS.CREATED_AT, contact.createdAt())
                .set(CONTACTS.UPDATED_AT, contact.updatedAt())
                .onConflictDoNothing()
                .execute();
        if (inserted == 1) {
            words.add(tenant, workspace, contact.id(), contact.names(), contact.address());
        }
    }

    public Optional<Contact> at(AccountId tenant, WorkspaceId workspace, ContactAddress address) {
        return sql.selectFrom(CONTACTS)
                .where(in(tenant, workspace), CONTACTS.PHONE.eq(address))
                .fetchOptional(ContactStore::contact);
    }

    /// Returns the id of a contact's only conversation here, whether or not it has begun. It is derived from the
    /// address that the contact had when it began.
    public ConversationId conversation(AccountId tenant, WorkspaceId workspace, ContactAddress address) {
        return sql.select(INBOX_THREADS.CONVERSATION_ID)
                .from(CONTACTS)
                .join(INBOX_THREADS)
                .onKey()
                .where(in(tenant, workspace), CONTACTS.PHONE.eq(address))
                .fetchOptional(row -> row.value1())
                .orElseGet(() -> Contact.conversationOf(workspace, address));
    }

    /// Returns the conversations with these contacts that have begun.
    Map<ContactAddress, ConversationId> conversations(
            AccountId tenant, WorkspaceId workspace, Collection<ContactAddress> addresses) {
        return sql.select(CONTACTS.PHONE, INBOX_THREADS.CONVERSATION_ID)
                .from(CONTACTS)
                .join(INBOX_THREADS)
                .onKey()
                .where(in(tenant, workspace), CONTACTS.PHONE.in(addresses))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    @AllTenants("asked within the tenant, whose pools many workspaces may use")
    List<WorkspaceId> knowing(AccountId tenant, ContactAddress address) {
        return sql.fetchValues(
                CONTACTS.SUB_CLIENT_ID, CONTACTS.TENANT_ID.eq(tenant).and(CONTACTS.PHONE.eq(address)));
    }

    /// Gives a contact another address, by which no other contact of the workspace is known.
    void move(AccountId tenant, WorkspaceId workspace, Contact contact, ContactAddress to) {
        Contact moved = contact.at(to);
        change(tenant, workspace, moved);
        conversations(tenant, workspace, List.of(to))
                .values()
                .forEach(id -> conversationWords.addContact(tenant, workspace, id, moved.name(), to));
    }

    /// Gives contacts other addresses of theirs, which look the same to people. Where one is another contact's already,
    /// both keep theirs.
    void rename(AccountId tenant, Collection<ContactAddress> people, Business from, Business to) {
        var other = CONTACTS.as("other");
        Field<ContactAddress> name = DSL.replace(CONTACTS.PHONE.coerce(String.class), "@" + from.key(), "@" + to.key())
                .coerce(CONTACTS.PHONE);
        sql.update(CONTACTS)
                .set(CONTACTS.PHONE, name)
                .where(
                        CONTACTS.TENANT_ID.eq(tenant),
                        CONTACTS.PHONE.in(people),
                        Lookup.findsNone(sql.selectOne()
                                .from(other)
                                .where(other.SUB_CLIENT_ID.eq(CONTACTS.SUB_CLIENT_ID), other.PHONE.eq(name))))
                .execute();
    }

    /// Lists contacts by number, which orders them by country.
    List<Contact> list(AccountId tenant, WorkspaceId workspace, Optional<ContactAddress> after, int limit) {
        return sql.selectFrom(CONTACTS)
                .where(
                        in(tenant, workspace),
                        after.map(phone -> CONTACTS.PHONE.gt(phone)).orElseGet(DSL::noCondition))
                .orderBy(CONTACTS.PHONE)
                .limit(limit)
                .fetch(ContactStore::contact);
    }

    /// Stores what is known about a contact now.
    void change(AccountId tenant, WorkspaceId workspace, Contact contact) {
        sql.update(CONTACTS)
                .set(CONTACTS.PHONE, contact.address())
                .set(CONTACTS.NAME, contact.name())
                .set(CONTACTS.USERNAME, contact.username().orElse(null))
                .set(CONTACTS.ABOUT, contact.about().orElse(null))
                .set(CONTACTS.UPDATED_AT, contact.updatedAt())
                .where(in(tenant, workspace), CONTACTS.ID.eq(contact.id()))
                .execute();
        words.refresh(tenant, workspace, contact.id(), contact.names(), contact.address());
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
                Optional.ofNullable(row.get(CONTACTS.USERNAME)),
                Optional.ofNullable(row.get(CONTACTS.ABOUT)),
                row.get(CONTACTS.CREATED_AT),
                row.get(CONTACTS.UPDATED_AT));
    }
}
