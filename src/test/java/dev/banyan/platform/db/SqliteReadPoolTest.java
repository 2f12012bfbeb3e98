package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteReadPoolTest {

    private static final int AT_ONCE = 3;

    @TempDir
    private Path folder;

    private final List<Connection> opened = new ArrayList<>();
    private SqliteReadPool readers;

    @BeforeEach
    void open() throws SQLException {
        var source = new SQLiteDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                synchronized (opened) {
                    opened.add(connection);
                }
                return connection;
            }
        };
        source.setUrl("jdbc:sqlite:" + folder.resolve("readers.db"));
        readers = new SqliteReadPool(source, AT_ONCE);
    }

    @AfterEach
    void close() throws SQLException {
        readers.close();
    }

    @Test
    void oneAfterTheOtherShareAConnection() throws SQLException {
        for (int i = 0; i < 10; i++) {
            assertThat(readers.use(SqliteReadPoolTest::one)).isEqualTo(1);
        }

        assertThat(opened).hasSize(1);
    }

    @Test
    @Timeout(Eventually.SECONDS)
    void noMoreReadAtOnceThanThereAreConnections() throws Exception {
        var inside = new CountDownLatch(AT_ONCE);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> readers.use(connection -> {
                    inside.countDown();
                    awaited(end);
                    return one(connection);
                })));
            }
            inside.await();
            end.countDown();
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(1);
            }
        }
        assertThat(opened).hasSize(AT_ONCE);
    }

    @Test
    void aConnectionWhoseWorkFailedIsNotUsedAgain() throws SQLException {
        assertThatThrownBy(() -> readers.use(_ -> {
                    throw new SQLException("disk I/O error");
                }))
                .hasMessage("disk I/O error");

        assertThat(opened.getFirst().isClosed()).isTrue();
        assertThat(readers.use(SqliteReadPoolTest::one)).isEqualTo(1);
        assertThat(opened).hasSize(2);
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> readers.use(connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.execute("CREATE TABLE trees (id INTEGER)");
                    }
                }))
                .hasMessageContaining("readonly");
    }

    @Test
    void allAreClosedAtTheEndEvenOneInUse() throws SQLException {
        readers.use(connection -> {
            readers.close();
            return one(connection);
        });

        assertThat(opened)
                .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
        assertThatThrownBy(() -> readers.use(SqliteReadPoolTest::one)).hasMessage("The database is closed");
    }

    private static int one(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT 1")) {
            return row.getInt(1);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
