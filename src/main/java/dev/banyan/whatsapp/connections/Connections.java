package dev.banyan.whatsapp.connections;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The gateways of accounts, and what opens them.
@Singleton
public record Connections(
        Database database,
        SentSecrets secrets,
        Settings settings,
        OutboundHttp outbound,
        Audit audit,
        Event<ConnectionChanged> changed,
        Uuids uuids,
        Clock clock)
        implements SecretsBefore {

    /// Where gateways send their webhooks, followed by the id of the connection.
    public static final String HOOKS = "/hooks/whatsapp/";

    /// The most connections of one account.
    public static final int MOST = 100;

    public record Listed(Connection connection, int numbers) {}

    /// A connection with what opens it.
    public record Opened(Connection connection, Credentials credentials) {}

    /// Returns the sealed credentials of all accounts, for the doctor, which only checks that they can be opened.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new ConnectionStore(tx).sealed());
    }

    /// Returns the connections of an account, oldest first.
    public List<Listed> list(AccountId tenant) {
        return database.read(tx -> {
            var store = new ConnectionStore(tx);
            Map<ConnectionId, Integer> numbers = store.numbers(tenant);
            return store.list(tenant).stream()
                    .map(connection -> new Listed(connection, numbers.getOrDefault(connection.id(), 0)))
                    .toList();
        });
    }

    /// Returns the connections that a phone can be linked at by scanning a code, oldest first. New numbers of
    /// workspaces go to the first one, unless someone chooses.
    public List<Connection> forPhones(AccountId tenant) {
        return database.read(tenant, tx -> new ConnectionStore(tx).list(tenant)).stream()
                .filter(connection -> connection.driver().isLinkedByCode())
                .toList();
    }

    /// Returns what is wrong with a connection, as full sentences: that this server does not call its address, or what
    /// its last check has found.
    public Optional<String> problem(Connection connection) {
        return connection
                .url()
                .map(URI::getHost)
                .filter(outbound::isRefusedAddress)
                .map(host -> OutboundHttp.notCalled(host) + ".")
                .or(connection.facts()::problem);
    }

    public Optional<Connection> find(AccountId tenant, ConnectionId id) {
        return database.read(tenant, tx -> new ConnectionStore(tx).find(tenant, id))
                .map(ConnectionStore.Row::connection);
    }

    /// Returns the numbers of a connection, by what the gateway calls them.
    public Map<String, SenderKey> senders(AccountId tenant, ConnectionId id) {
        return database.read(tenant, tx -> new ConnectionStore(tx).senders(tenant, id));
    }

    public List<SenderId> senderIds(Connection connection) {
        return senders(connection.tenant(), connection.id()).values().stream()
                .map(SenderKey::id)
                .toList();
    }

    /// Returns the address that the gateway's webhooks go to: the one that was entered, or this server's. Of an address
    /// without a path, only the server is another one.
    public URI hook(Connection connection) {
        if (connection.hook().isEmpty()) {
            return URI.create(settings.baseUrl() + HOOKS + connection.id());
        }
        URI entered = connection.hook().get();
        if (entered.getRawPath().isEmpty()) {
            return URI.create(entered + HOOKS + connection.id());
        }
        return HOOKS.equals(entered.getRawPath() + "/") ? URI.create(entered + "/" + connection.id()) : entered;
    }

    public Outcome<Connection> add(AccountId tenant, Actor actor, ConnectionDraft draft) {
        var invalid = new ArrayList<Invalid>();
        ConnectionDraft.Checked checked = draft.check(Optional.empty(), Optional.empty(), invalid);
        refused(draft, Optional.empty()).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return Outcome.rejected(invalid);
        }
        Instant now = clock.instant();
        var connection = new Connection(
                new ConnectionId(uuids.next()),
                tenant,
                checked.name(),
                checked.driver(),
                checked.url(),
                checked.hook(),
                checked.marketingMessages(),
                Connection.Facts.NONE,
                now,
                now);
        String sealed = seal(connection, checked.credentials());
        return database.write(tx -> {
            var store = new ConnectionStore(tx);
            if (store.list(tenant).size() >= MOST) {
                return Outcome.rejected(new Invalid("name", "An account can have " + MOST + " connections"));
            }
            if (!store.insert(tenant, connection, sealed)) {
                return Outcome.rejected(taken(checked.name()));
            }
            note(tx, actor, connection, "ConnectionAdded");
            return Outcome.done(connection);
        });
    }

    /// Changes a connection; what the draft leaves out stays.
    public Outcome<Connection> change(AccountId tenant, Actor actor, ConnectionId id, ConnectionDraft draft) {
        Optional<Invalid> refused = refused(draft, find(tenant, id).flatMap(Connection::url));
        return database.write(tx -> {
            var store = new ConnectionStore(tx);
            Optional<ConnectionStore.Row> row = store.find(tenant, id);
            if (row.isEmpty()) {
                return Outcome.notFound();
            }
            Connection before = row.get().connection();
            var invalid = new ArrayList<Invalid>();
            ConnectionDraft.Checked checked =
                    draft.check(Optional.of(before), open(row.get()).map(Opened::credentials), invalid);
            refused.ifPresent(invalid::add);
            if (store.isNameTaken(tenant, checked.name(), id)) {
                invalid.add(taken(checked.name()));
            }
            if (!invalid.isEmpty()) {
                return Outcome.rejected(invalid);
            }
            Connection after = before.changed(checked, clock.instant());
            boolean sameSecrets = open(row.get())
                    .filter(opened -> opened.credentials().equals(checked.credentials()))
                    .isPresent();
            if (sameSecrets && before.equals(before.changed(checked, before.updatedAt()))) {
                return Outcome.done(before);
            }
            store.update(tenant, after, seal(after, checked.credentials()));
            note(tx, actor, after, "ConnectionChanged");
            return Outcome.done(after);
        });
    }

    private Optional<Invalid> refused(ConnectionDraft draft, Optional<URI> before) {
        return draft.newHost(before).flatMap(host -> outbound.refused("url", host));
    }

    private static Invalid taken(String name) {
        return new Invalid("name", "You already have a connection named “" + name + "”");
    }

    public Outcome<Connection> remove(AccountId tenant, Actor actor, ConnectionId id) {
        return database.write(tx -> {
            var store = new ConnectionStore(tx);
            Optional<Connection> found = store.find(tenant, id).map(ConnectionStore.Row::connection);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            int numbers = store.senders(tenant, id).size();
            if (numbers > 0) {
                return Outcome.rejected(new Invalid(
                        "connection",
                        numbers == 1
                                ? "1 number uses this connection; move or remove it first"
                                : numbers + " numbers use this connection; move or remove them first"));
            }
            store.delete(tenant, id);
            note(tx, actor, found.get(), "ConnectionRemoved");
            return Outcome.done(found.get());
        });
    }

    private void note(Tx tx, Actor actor, Connection connection, String action) {
        audit.note(
                tx,
                actor,
                new Owner(connection.tenant(), connection.tenant()),
                action,
                connection.id().toString(),
                Map.of("name", connection.name(), "driver", connection.driver().key()));
        tx.afterCommit(() -> changed.fire(new ConnectionChanged(connection.tenant(), connection.id())));
    }

    /// Stores what a check has found.
    public void checked(Connection connection, Connection.Facts facts) {
        database.write(tx -> {
            new ConnectionStore(tx).checked(connection.tenant(), connection.id(), facts);
            tx.afterCommit(() -> changed.fire(new ConnectionChanged(connection.tenant(), connection.id())));
            return true;
        });
    }

    /// Opens a connection; empty if it doesn't exist, or its secrets can't be opened on this server.
    public Optional<Opened> open(AccountId tenant, ConnectionId id) {
        return database.read(tenant, tx -> new ConnectionStore(tx).find(tenant, id))
                .flatMap(this::open);
    }

    /// Opens the connection that a webhook names.
    public Optional<Opened> openForHook(ConnectionId id) {
        return database.read(tx -> new ConnectionStore(tx).find(id)).flatMap(this::open);
    }

    private Optional<Opened> open(ConnectionStore.Row row) {
        Connection connection = row.connection();
        return secrets.open(SentSecret.CONNECTION, row.sealed(), purpose(connection), connection.origin())
                .map(text -> new Opened(connection, credentials(connection, text)));
    }

    private String seal(Connection connection, Credentials credentials) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("hook", credentials.hookSecret());
        switch (credentials.access()) {
            case Credentials.Cloud cloud -> {
                json.put("token", cloud.token());
                json.put("appSecret", cloud.appSecret());
                json.put("verifyToken", cloud.verifyToken());
                cloud.wabaId().ifPresent(id -> json.put("wabaId", id));
            }
            case Credentials.ApiKey(String key) -> json.put("apiKey", key);
            case Credentials.None _ -> {}
        }
        return secrets.seal(SentSecret.CONNECTION, json.toString(), purpose(connection), connection.origin());
    }

    private static Credentials credentials(Connection connection, String text) {
        JsonNode json = JsonDocument.tree(text);
        return new Credentials(
                switch (connection.driver().profile.way()) {
                    case AT_WHATSAPP ->
                        new Credentials.Cloud(
                                json.path("token").asText(),
                                json.path("appSecret").asText(),
                                json.path("verifyToken").asText(),
                                Optional.of(json.path("wabaId").asText()).filter(id -> !id.isEmpty()));
                    case LINKED -> new Credentials.ApiKey(json.path("apiKey").asText());
                    case SIMULATED -> new Credentials.None();
                },
                json.path("hook").asText());
    }

    /// Seals credentials again that were sealed for the connection's former tenant. Without it, they don't open, and
    /// have to be entered again.
    ///
    /// @param keeps whether its gateway is kept; the simulator always is
    void sealForNewTenant(Tx tx, AccountId former, AccountId tenant, ConnectionId id, boolean keeps) {
        var store = new ConnectionStore(tx);
        store.find(tenant, id).ifPresent(row -> {
            String origin = row.connection().origin();
            Optional.of(row.sealed())
                    .filter(_ -> keeps || !row.connection().isElsewhere())
                    .flatMap(seal -> secrets.open(SentSecret.CONNECTION, seal, purpose(former, id), origin))
                    .ifPresent(text -> store.update(
                            tenant,
                            row.connection(),
                            secrets.seal(SentSecret.CONNECTION, text, purpose(row.connection()), origin)));
            tx.afterCommit(() -> {
                changed.fire(new ConnectionChanged(former, id));
                changed.fire(new ConnectionChanged(tenant, id));
            });
        });
    }

    @Override
    public List<Found> found(Tx tx) {
        return new ConnectionStore(tx)
                .sealedBefore(SEAL).stream()
                        .map(row -> new Found(
                                SentSecret.CONNECTION,
                                row.sealed(),
                                purpose(row.connection()),
                                purpose(row.connection()),
                                row.connection().origin(),
                                (then, resealed) -> new ConnectionStore(then)
                                        .update(row.connection().tenant(), row.connection(), resealed)))
                        .toList();
    }

    private static String purpose(Connection connection) {
        return purpose(connection.tenant(), connection.id());
    }

    private static String purpose(AccountId tenant, ConnectionId id) {
        return "whatsapp-connection " + tenant + " " + id;
    }
}
