package dev.banyan.whatsapp.connections;

import static dev.banyan.schema.Tables.CONTACT_ADDRESSES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;

/// How a number must address its contacts, where that is not the phone number.
public final class ContactAddressStore extends Store {

    public ContactAddressStore(Tx tx) {
        super(tx);
    }

    public void put(AccountId tenant, SenderId sender, Phone contact, String address, Instant now) {
        put(
                CONTACT_ADDRESSES,
                new Columns()
                        .with(CONTACT_ADDRESSES.TENANT_ID, tenant)
                        .with(CONTACT_ADDRESSES.SENDER_ID, sender)
                        .with(CONTACT_ADDRESSES.PHONE, contact),
                new Columns().with(CONTACT_ADDRESSES.ADDRESS, address).with(CONTACT_ADDRESSES.UPDATED_AT, now));
    }

    /// Forgets that numbers address a contact so.
    public void delete(AccountId tenant, Phone contact, String address) {
        sql.deleteFrom(CONTACT_ADDRESSES)
                .where(
                        CONTACT_ADDRESSES.TENANT_ID.eq(tenant),
                        CONTACT_ADDRESSES.PHONE.eq(contact),
                        CONTACT_ADDRESSES.ADDRESS.eq(address))
                .execute();
    }

    public Optional<String> address(AccountId tenant, SenderId sender, Phone contact) {
        return sql.select(CONTACT_ADDRESSES.ADDRESS)
                .from(CONTACT_ADDRESSES)
                .where(
                        CONTACT_ADDRESSES.TENANT_ID.eq(tenant),
                        CONTACT_ADDRESSES.SENDER_ID.eq(sender),
                        CONTACT_ADDRESSES.PHONE.eq(contact))
                .fetchOptional(row -> row.value1());
    }

    public Optional<Phone> phone(AccountId tenant, SenderId sender, String address) {
        return sql.select(CONTACT_ADDRESSES.PHONE)
                .from(CONTACT_ADDRESSES)
                .where(
                        CONTACT_ADDRESSES.TENANT_ID.eq(tenant),
                        CONTACT_ADDRESSES.SENDER_ID.eq(sender),
                        CONTACT_ADDRESSES.ADDRESS.eq(address))
                .limit(1)
                .fetchOptional(row -> row.value1());
    }
}
