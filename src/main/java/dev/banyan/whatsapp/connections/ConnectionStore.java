package dev.banyan.whatsapp.connections;

import static dev.banyan.schema.Tables.SENDERS;
import static dev.banyan.schema.Tables.WHATSAPP_CONNECTIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class ConnectionStore extends Store {

    /// A connection with its sealed credentials.
    public record Row(Connection connection, String sealed) {}

    public ConnectionStore(Tx tx) {
        super(tx);
    }

    /// @return false if the account has a connection of this name
    public boolean insert(AccountId tenant, Connection connection, String sealed) {
        return Tx.changed(sql.insertInto(WHATSAPP_CONNECTIONS)
                .set(WHATSAPP_CONNECTIONS.ID, connection.id())
                .set(WHATSAPP_CONNECTIONS.TENANT_ID, tenant)
                .set(columns(connection, sealed))
                .set(WHATSAPP_CONNECTIONS.DRIVER, connection.driver().key())
                .set(WHATSAPP_CONNECTIONS.CREATED_AT, connection.createdAt())
                .onConflictDoNothing());
    }

    /// Stores everything but what a check has found. The name must be free.
    public void update(AccountId tenant, Connection connection, String sealed) {
        sql.update(WHATSAPP_CONNECTIONS)
                .set(columns(connection, sealed))
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant), isThis(connection.id()))
                .execute();
    }

    private static Columns columns(Connection connection, String sealed) {
        return new Columns()
                .with(WHATSAPP_CONNECTIONS.NAME, connection.name())
                .with(WHATSAPP_CONNECTIONS.URL, connection.url().map(URI::toString))
                .with(WHATSAPP_CONNECTIONS.HOOK_URL, connection.hook().map(URI::toString))
                .with(WHATSAPP_CONNECTIONS.IS_MARKETING_APART, connection.marketingMessages())
                .with(WHATSAPP_CONNECTIONS.SEALED_CREDENTIALS, sealed)
                .with(WHATSAPP_CONNECTIONS.UPDATED_AT, connection.updatedAt());
    }

    public void checked(AccountId tenant, ConnectionId id, Connection.Facts facts) {
        sql.update(WHATSAPP_CONNECTIONS)
                .set(WHATSAPP_CONNECTIONS.VERSION, facts.version().orElse(null))
                .set(WHATSAPP_CONNECTIONS.ENGINE, facts.engine().orElse(null))
                .set(WHATSAPP_CONNECTIONS.CHECKED_AT, facts.checkedAt().orElse(null))
                .set(WHATSAPP_CONNECTIONS.PROBLEM, facts.problem().orElse(null))
                .set(WHATSAPP_CONNECTIONS.PORTFOLIO_ID, facts.portfolio().orElse(null))
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant), isThis(id))
                .execute();
    }

    public void delete(AccountId tenant, ConnectionId id) {
        sql.deleteFrom(WHATSAPP_CONNECTIONS)
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant), isThis(id))
                .execute();
    }

    public Optional<Row> find(AccountId tenant, ConnectionId id) {
        return sql.selectFrom(WHATSAPP_CONNECTIONS)
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant), isThis(id))
                .fetchOptional(ConnectionStore::row);
    }

    /// Finds the connection that a webhook names, whoever it belongs to: the gateway knows no account.
    @AllTenants("a webhook names its connection only, and proves itself by its signature")
    public Optional<Row> find(ConnectionId id) {
        return sql.selectFrom(WHATSAPP_CONNECTIONS).where(isThis(id)).fetchOptional(ConnectionStore::row);
    }

    /// Returns the connections of an account, oldest first.
    public List<Connection> list(AccountId tenant) {
        return sql.selectFrom(WHATSAPP_CONNECTIONS)
                .where(WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant))
                .orderBy(WHATSAPP_CONNECTIONS.CREATED_AT, WHATSAPP_CONNECTIONS.ID)
                .fetch(row -> row(row).connection());
    }

    public boolean isNameTaken(AccountId tenant, String name, ConnectionId by) {
        return sql.fetchExists(
                WHATSAPP_CONNECTIONS,
                WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant),
                WHATSAPP_CONNECTIONS.NAME.eq(name),
                WHATSAPP_CONNECTIONS.ID.ne(by));
    }

    public Map<ConnectionId, Integer> numbers(AccountId tenant) {
        return sql.select(SENDERS.CONNECTION_ID, DSL.count())
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.CONNECTION_ID.isNotNull())
                .groupBy(SENDERS.CONNECTION_ID)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Returns the numbers of a connection, by what the gateway calls them.
    public Map<String, SenderKey> senders(AccountId tenant, ConnectionId id) {
        return sql.select(SENDERS.REMOTE_ID, SENDERS.ID)
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.CONNECTION_ID.eq(id))
                .fetchMap(row -> row.value1(), row -> new SenderKey(tenant, row.value2()));
    }

    /// Returns the number of a connection that the gateway calls so.
    public Optional<SenderKey> sender(AccountId tenant, ConnectionId id, String remote) {
        return sql.select(SENDERS.ID)
                .from(SENDERS)
                .where(SENDERS.CONNECTION_ID.eq(id), SENDERS.REMOTE_ID.eq(remote), SENDERS.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new SenderKey(tenant, row.value1()));
    }

    /// Returns all sealed credentials, for the doctor.
    @AllTenants("the doctor checks that the secrets of all accounts can be opened")
    public List<String> sealed() {
        return sql.select(WHATSAPP_CONNECTIONS.SEALED_CREDENTIALS)
                .from(WHATSAPP_CONNECTIONS)
                .fetch(row -> row.value1());
    }

    @AllTenants("binds credentials to their addresses once, after an update")
    List<Row> sealedBefore(String prefix) {
        return sql.selectFrom(WHATSAPP_CONNECTIONS)
                .where(WHATSAPP_CONNECTIONS.SEALED_CREDENTIALS.startsWith(prefix))
                .fetch(ConnectionStore::row);
    }

    @AllTenants("a condition combined with others that check the tenant, or the address of a webhook")
    private static org.jooq.Condition isThis(ConnectionId id) {
        return WHATSAPP_CONNECTIONS.ID.eq(id);
    }

    @AllTenants("maps a row to a connection")
    private static Row row(Record row) {
        return new Row(
                new Connection(
                        row.get(WHATSAPP_CONNECTIONS.ID),
                        row.get(WHATSAPP_CONNECTIONS.TENANT_ID),
                        row.get(WHATSAPP_CONNECTIONS.NAME),
                        Keyed.of(DriverKind.class, row.get(WHATSAPP_CONNECTIONS.DRIVER)),
                        Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.URL)).map(URI::create),
                        Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.HOOK_URL))
                                .map(URI::create),
                        row.get(WHATSAPP_CONNECTIONS.IS_MARKETING_APART),
                        new Connection.Facts(
                                Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.VERSION)),
                                Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.ENGINE)),
                                Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.CHECKED_AT)),
                                Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.PROBLEM)),
                                Optional.ofNullable(row.get(WHATSAPP_CONNECTIONS.PORTFOLIO_ID))),
                        row.get(WHATSAPP_CONNECTIONS.CREATED_AT),
                        row.get(WHATSAPP_CONNECTIONS.UPDATED_AT)),
                row.get(WHATSAPP_CONNECTIONS.SEALED_CREDENTIALS));
    }
}
