package dev.banyan.workspaces.number;

import static dev.banyan.schema.Tables.SUB_CLIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;

/// The numbers that workspaces use.
public final class UsedNumberStore extends Store {

    public UsedNumberStore(Tx tx) {
        super(tx);
    }

    /// Returns the names of the tenant's workspaces that use these numbers.
    public Map<SenderId, String> namesUsing(AccountId tenant, Collection<SenderId> numbers) {
        return sql.select(SUB_CLIENTS.WHATSAPP_CLIENT_ID, SUB_CLIENTS.NAME)
                .from(SUB_CLIENTS)
                .where(
                        SUB_CLIENTS.TENANT_ID.eq(tenant),
                        SUB_CLIENTS.WHATSAPP_CLIENT_ID.in(
                                numbers.stream().map(SenderId::value).toList()))
                .fetchMap(row -> new SenderId(row.value1()), row -> row.value2());
    }
}
