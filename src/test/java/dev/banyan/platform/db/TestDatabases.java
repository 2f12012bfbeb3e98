package dev.banyan.platform.db;

import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import module java.base;
import dev.banyan.TestFolders;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.IdentityId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// New and empty databases for tests, of both kinds: a file, or a database on a PostgreSQL server that this JVM starts
/// on first use and stops when it ends.
public enum TestDatabases {
    SQLITE {
        @Override
        public Supplier<Database> newPlace() {
            Path file = newFolder().resolve("banyan.db");
            return () -> SqliteDatabase.open(file);
        }

        @Override
        public Supplier<Database> newMigratedPlace() {
            Path copy = newFolder().resolve("banyan.db");
            putMigratedFile(copy);
            return () -> SqliteDatabase.open(copy);
        }

        @Override
        public Database newCopy() {
            return newMigratedPlace().get();
        }
    },
    POSTGRES {
        @Override
        public Supplier<Database> newPlace() {
            String url = newPostgresUrl();
            return () -> PostgresDatabase.patient(url, CONNECTIONS, false);
        }

        @Override
        public Supplier<Database> newMigratedPlace() {
            String url = migratedPostgresUrl();
            return () -> PostgresDatabase.patient(url, CONNECTIONS, false);
        }

        @Override
        public Database newCopy() {
            return PostgresDatabase.patient(migratedPostgresUrl(), CONNECTIONS, true);
        }
    };

    /// Restricts tests to one kind; without it they run on both.
    public static final String ONLY = "banyan.test-database";

    /// The email of the operator of a server that was set up.
    public static final String OPERATOR = "operator@server.example";

    static final int CONNECTIONS = 8;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// Returns an empty place. Each call of the supplier opens it again.
    public abstract Supplier<Database> newPlace();

    /// Returns a place with all tables and no rows: a copy, like that of [#newCopy].
    public abstract Supplier<Database> newMigratedPlace();

    /// Returns a new, empty database with all tables: a copy of one that was migrated, which is ten times as fast as
    /// migrating.
    public abstract Database newCopy();

    /// Puts an empty SQLite database with all tables at this path, for a server that is about to start.
    public static void putMigratedFile(Path file) {
        try {
            Files.copy(MigratedFile.ONLY, file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Puts a database for a server that was set up: with all tables and an operator.
    public static void putOwnedFile(Path file) {
        putMigratedFile(file);
        try (Database database = SqliteDatabase.open(file)) {
            own(database);
        }
    }

    /// Returns the URL of a new PostgreSQL database for a server that was set up, as in [#putOwnedFile].
    public static String ownedPostgresUrl() {
        String url = migratedPostgresUrl();
        try (Database database = PostgresDatabase.patient(url, CONNECTIONS, true)) {
            own(database);
        }
        return url;
    }

    /// Adds an operator without a password: a server without one registers no one.
    public static void own(Database database) {
        var operator = new Identity(
                new IdentityId(new UUID(0, 1)),
                OPERATOR,
                "",
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty());
        database.write(tx -> {
            var store = new IdentityStore(tx);
            store.insert(operator, Instant.EPOCH);
            store.insertOperator(operator.id(), Instant.EPOCH);
            return true;
        });
    }

    /// Returns the URL of a new, empty PostgreSQL database with all tables.
    public static String migratedPostgresUrl() {
        return newDatabase(" TEMPLATE " + MigratedPostgres.NAME + " STRATEGY FILE_COPY"); // half of the time of WAL_LOG
    }

    /// Returns the URL of a new, empty PostgreSQL database.
    public static String newPostgresUrl() {
        return newDatabase("");
    }

    private static String newDatabase(String options) {
        String name = "test" + NUMBER.incrementAndGet();
        try (var connection = Server.ONLY.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + Server.ROLE + options);
        } catch (SQLException failure) {
            throw new AssertionError("No database for this test", failure);
        }
        return Server.ONLY.getJdbcUrl(Server.ROLE, name);
    }

    private static void drop(String url) throws SQLException {
        String name = url.replaceFirst(".*/(test[0-9]+).*", "$1");
        try (var connection = Server.ONLY.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private static Path newFolder() {
        return TestFolders.newFolder("database");
    }

    /// Runs a test class once per kind, each time with a new database, which JUnit closes.
    static final class Fresh implements ArgumentsProvider {

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Arrays.stream(values())
                    .filter(kind -> System.getProperty(ONLY, kind.name()).equals(kind.name()))
                    .map(kind -> argumentSet(kind.name(), kind == POSTGRES ? dropped(context) : kind.newCopy()));
        }

        /// Returns a copy that goes with the class: a hundred of them, of a thousand files each, would hold up the end
        /// of the JVM for longer than Maven waits for it.
        private static Database dropped(ExtensionContext context) {
            String url = migratedPostgresUrl();
            context.getStore(ExtensionContext.Namespace.create(Fresh.class)).put(url, (AutoCloseable) () -> drop(url));
            return PostgresDatabase.patient(url, CONNECTIONS, true);
        }
    }

    private static final class MigratedFile {

        static final Path ONLY = newFolder().resolve("migrated.db");

        static {
            SqliteDatabase.open(ONLY).close();
        }
    }

    private static final class MigratedPostgres {

        static final String NAME = migrate();

        private static String migrate() {
            String url = newPostgresUrl();
            PostgresDatabase.open(url, CONNECTIONS).close();
            return "test" + NUMBER.get();
        }
    }

    private static final class Server {

        /// May do what an application's role may do: a superuser would see through row-level security.
        static final String ROLE = "banyan";

        static final EmbeddedPostgres ONLY = start();

        private static EmbeddedPostgres start() {
            try {
                // On a disk, a new database with its thousand files takes ten times as much of a processor.
                Path place = TestFolders.memory().orElse(Path.of(System.getProperty("java.io.tmpdir")));
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(Files.createTempDirectory(place, "banyan-postgres"))
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                try (var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("CREATE ROLE " + ROLE + " LOGIN");
                }
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (SQLException failure) {
                throw new AssertionError("No database server for the tests", failure);
            }
        }
    }
}
