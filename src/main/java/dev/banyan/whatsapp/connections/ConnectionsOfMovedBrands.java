package dev.banyan.whatsapp.connections;

import dev.banyan.accounts.moves.MovePart;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import jakarta.inject.Singleton;

/// Seals the credentials of connections again that go along with a brand's numbers: they were sealed for the former
/// tenant.
@Singleton
final class ConnectionsOfMovedBrands implements MovePart {

    private final Connections connections;

    ConnectionsOfMovedBrands(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void moved(Tx tx, Owner from, Owner to, TenantRows.Numbers numbers) {
        numbers.connections().stream()
                .flatMap(id -> ConnectionId.parse(id).stream())
                .forEach(id -> connections.sealForNewTenant(tx, from.tenant(), to.tenant(), id));
    }
}
