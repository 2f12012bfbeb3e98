package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.web.gate.BodyDoor;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.connections.Connections;
import jakarta.inject.Singleton;

/// Lets gateways send long webhooks to a connection that exists. Whether a webhook is genuine shows only once all of it
/// is there.
@Singleton
record HookDoor(Lines lines) implements BodyDoor {

    @Override
    public boolean leads(String path) {
        return path.startsWith(Connections.HOOKS);
    }

    @Override
    public Optional<String> owner(String path) {
        String id = path.substring(Connections.HOOKS.length()).replaceFirst("/.*", "");
        return ConnectionId.parse(id)
                .flatMap(lines::gateway)
                .map(access -> "connection " + access.connection().id());
    }
}
