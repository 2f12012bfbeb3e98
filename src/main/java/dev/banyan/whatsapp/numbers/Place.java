package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;

/// Where a number is to be: simulated, or at a gateway.
///
/// @param connection empty for a simulated number
/// @param remote what the gateway calls a number that it has already; empty for a new one
public record Place(DriverKind driver, Optional<ConnectionId> connection, Optional<String> remote) {

    public static final Place SIMULATED = new Place(DriverKind.SIMULATOR, Optional.empty(), Optional.empty());

    /// Gateways take 54 characters at least.
    private static final int LONGEST_ID = 40;

    private static final int LOT = 6;

    /// Returns where a number with this id is. A new one gets a name that no other account of the same gateway has.
    Optional<Sender.Remote> of(SenderId id) {
        return connection.map(gateway -> new Sender.Remote(gateway, remote.orElseGet(() -> name(id))));
    }

    private static String name(SenderId id) {
        String plain = id.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String lot = Digests.sha256Hex(Digests.newToken()).substring(0, LOT);
        return plain.substring(0, Math.min(LONGEST_ID, plain.length())) + "-" + lot;
    }
}
