package dev.banyan.whatsapp.contacts;

import static dev.banyan.schema.Tables.CONTACT_ALIASES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;

/// The addresses under which nothing is kept any more, each with the one of the same person under which it is.
public final class ContactAliasStore extends Store {

    public ContactAliasStore(Tx tx) {
        super(tx);
    }

    public Optional<ContactAddress> find(AccountId tenant, ContactAddress alias) {
        return sql.fetchOptionalValue(
                CONTACT_ALIASES.CONTACT, CONTACT_ALIASES.TENANT_ID.eq(tenant).and(CONTACT_ALIASES.ALIAS.eq(alias)));
    }

    /// Returns the contacts of those of these addresses that are aliases, in one query.
    Map<ContactAddress, ContactAddress> findAll(AccountId tenant, Collection<ContactAddress> aliases) {
        return aliases.isEmpty()
                ? Map.of()
                : sql.select(CONTACT_ALIASES.ALIAS, CONTACT_ALIASES.CONTACT)
                        .from(CONTACT_ALIASES)
                        .where(CONTACT_ALIASES.TENANT_ID.eq(tenant), CONTACT_ALIASES.ALIAS.in(aliases))
                        .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Notes that an address, and all that were aliases of it, are another way to name a contact.
    public void put(AccountId tenant, ContactAddress alias, ContactAddress contact, Instant now) {
        sql.update(CONTACT_ALIASES)
                .set(CONTACT_ALIASES.CONTACT, contact)
                .where(CONTACT_ALIASES.TENANT_ID.eq(tenant), CONTACT_ALIASES.CONTACT.eq(alias))
                .execute();
        put(
                CONTACT_ALIASES,
                new Columns().with(CONTACT_ALIASES.TENANT_ID, tenant).with(CONTACT_ALIASES.ALIAS, alias),
                new Columns().with(CONTACT_ALIASES.CONTACT, contact).with(CONTACT_ALIASES.LEARNED_AT, now));
    }
}
