package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementCacheTest {

    private static final String SELECT = "SELECT name FROM trees WHERE id >= ? ORDER BY id";

    @TempDir
    private Path folder;

    private final List<String> compiled = new ArrayList<>();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = new StatementCache(new DefaultConnection(connect()) {
            @Override
            public PreparedStatement prepareStatement(String sql) throws SQLException {
                compiled.add(sql);
                return super.prepareStatement(sql);
            }
        });
        run(connection, "PRAGMA journal_mode = WAL");
        run(connection, "CREATE TABLE trees (id INTEGER PRIMARY KEY, name TEXT)");
        run(connection, "INSERT INTO trees VALUES (1, 'banyan'), (2, 'marula')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("trees.db"));
    }

    @Test
    void compilesATextOnceHoweverOftenItIsUsed() throws SQLException {
        assertThat(names(1)).containsExactly("banyan", "marula");
        assertThat(names(2)).containsExactly("marula");
        assertThat(names(3)).isEmpty();

        assertThat(compiled).containsExactly(SELECT);
    }

    @Test
    void twoUsesOfATextAtOnceDoNotDisturbEachOther() throws SQLException {
        try (var outer = connection.prepareStatement(SELECT)) {
            outer.setInt(1, 1);
            try (var rows = outer.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(names(2)).containsExactly("marula");
                assertThat(rows.getString(1)).isEqualTo("banyan");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("marula");
            }
        }
        assertThat(names(1)).hasSize(2);
        assertThat(compiled).hasSize(2);
    }

    @Test
    void closingTwiceGivesAStatementBackOnce() throws SQLException {
        var first = connection.prepareStatement(SELECT);
        first.close();
        first.close();
        assertThat(first.isClosed()).isTrue();

        try (var one = connection.prepareStatement(SELECT);
                var other = connection.prepareStatement(SELECT)) {
            one.setInt(1, 1);
            other.setInt(1, 2);
            try (var rows = one.executeQuery();
                    var others = other.executeQuery()) {
                assertThat(rows.getString(1)).isEqualTo("banyan");
                assertThat(others.getString(1)).isEqualTo("marula");
            }
        }
    }

    @Test
    void aValueOfTheUseBeforeIsForgotten() throws SQLException {
        names(1);

        try (var statement = connection.prepareStatement("SELECT ?")) {
            statement.setString(1, "secret");
            statement.executeQuery().close();
        }
        try (var statement = connection.prepareStatement("SELECT ?");
                var rows = statement.executeQuery()) {
            assertThat(rows.getString(1)).isNull();
        }
    }

    @Test
    void aStatementThatFailedWorksAgain() throws SQLException {
        assertThatThrownBy(() -> insert(1, "twin")).hasMessageContaining("UNIQUE");
        insert(3, "sycamore");
        assertThatThrownBy(() -> insert(3, "twin")).hasMessageContaining("UNIQUE");

        assertThat(names(3)).containsExactly("sycamore");
    }

    /// A statement that is not reset would keep its snapshot, and the log of all later writes with it.
    @Test
    void whatIsReadToNoEndHoldsNoSnapshot() throws SQLException {
        try (var statement = connection.prepareStatement(SELECT)) {
            statement.setInt(1, 1);
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }

        try (Connection other = connect()) {
            run(other, "INSERT INTO trees VALUES (4, 'fig')");
            try (var statement = other.createStatement();
                    var rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                assertThat(rows.getInt(1)).as("busy").isZero();
            }
        }
    }

    @Test
    void keepsABoundedNumberAndDropsWhatWasUnusedForLongest() throws SQLException {
        names(1);
        for (int i = 0; i < 200; i++) {
            names(2); // stays in use
            connection.prepareStatement("SELECT " + i).close();
        }
        compiled.clear();

        names(2);
        connection.prepareStatement("SELECT 199").close();
        assertThat(compiled).isEmpty();
        connection.prepareStatement("SELECT 0").close();
        assertThat(compiled).containsExactly("SELECT 0");
    }

    private List<String> names(int from) throws SQLException {
        try (var statement = connection.prepareStatement(SELECT)) {
            statement.setInt(1, from);
            var names = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    private void insert(int id, String name) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO trees VALUES (?, ?)")) {
            statement.setInt(1, id);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
