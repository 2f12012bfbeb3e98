package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.accounts.moves.Keeps;
import dev.banyan.accounts.moves.MovePart;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import jakarta.inject.Singleton;

/// Connections that go along with a brand's numbers keep credentials that were sealed for the former tenant, and don't
/// open: their gateways are the former agency's, and see every message. If the receiver wants to keep them, they are
/// sealed again.
@Singleton
record MovedBrandConnections(Connections connections) implements MovePart {

    @Override
    public void moved(Tx tx, Owner from, Owner to, TenantRows.Numbers numbers, Keeps keeps) {
        ids(numbers).forEach(id -> connections.sealForNewTenant(tx, from.tenant(), to.tenant(), id, keeps.gateways()));
    }

    @Override
    public List<String> review(Tx tx, Owner from, TenantRows.Numbers numbers) {
        return ids(numbers)
                .flatMap(id -> new ConnectionStore(tx).find(from.tenant(), id).stream())
                .map(ConnectionStore.Row::connection)
                .filter(Connection::isElsewhere)
                .map(connection -> "Numbers at “" + connection.name() + "” ("
                        + connection.url().map(URI::getHost).orElse("WhatsApp")
                        + ") stop until the gateway's credentials are entered again, unless its gateways are kept. A"
                        + " gateway sees every message.")
                .toList();
    }

    private static Stream<ConnectionId> ids(TenantRows.Numbers numbers) {
        return numbers.connections().stream().flatMap(id -> ConnectionId.parse(id).stream());
    }
}
