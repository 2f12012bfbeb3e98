package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;

/// A gateway that an account's numbers reach WhatsApp through, without its secrets.
///
/// @param name for people, unique in the account
/// @param url the root of the gateway's API, without a slash at its end; of the simulator, empty
/// @param hook where the gateway sends its webhooks; empty: the default address of this server
/// @param marketingMessages whether marketing templates go over Meta's Marketing Messages API; of the Cloud API
/// @param facts what the last check has found
public record Connection(
        ConnectionId id,
        AccountId tenant,
        String name,
        DriverKind driver,
        Optional<URI> url,
        Optional<URI> hook,
        boolean marketingMessages,
        Facts facts,
        Instant createdAt,
        Instant updatedAt) {

    /// Returns the connection with what people can change about it.
    Connection changed(ConnectionDraft.Checked to, Instant now) {
        return new Connection(
                id, tenant, to.name(), driver, to.url(), to.hook(), to.marketingMessages(), facts, createdAt, now);
    }

    /// Returns the origin that its secrets are sent to, and that they are entered for. Without an address of its own, a
    /// connection calls WhatsApp itself.
    public String origin() {
        return url.map(SentSecrets::origin).orElse(driver.key());
    }

    /// Whether its gateway would go on sending its webhooks, with their secret, to the same server.
    boolean sendsTo(Optional<URI> otherHook) {
        return hook.map(SentSecrets::origin).equals(otherHook.map(SentSecrets::origin));
    }

    /// Whether somebody's gateway, or WhatsApp, is behind it.
    boolean isElsewhere() {
        return driver.isReal();
    }

    /// Returns how people tell it from others where they choose one.
    public String label() {
        return name + " (" + driver.title() + ")";
    }

    /// @param version of the gateway
    /// @param engine such as `GOWS`; of gateways with several
    /// @param checkedAt when it was last checked
    /// @param problem what was wrong then, as full sentences; empty: nothing
    /// @param portfolio Meta's business portfolio that its account belongs to; of the Cloud API
    public record Facts(
            Optional<String> version,
            Optional<String> engine,
            Optional<Instant> checkedAt,
            Optional<String> problem,
            Optional<String> portfolio) {

        public static final Facts NONE =
                new Facts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
