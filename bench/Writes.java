import dev.banyan.platform.db.SqliteDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.impl.DSL;

/// Rows per second into SQLite: through Banyan's database, which lets concurrent callers share a commit, and with plain
/// JDBC and a commit for each row. Both wait for the disk (synchronous FULL), on the same disk.
final class Writes {

    private static final String TABLE = "create table if not exists bench (id integer primary key, text text)";
    private static final String TEXT = "A click, a session, an audit event: a short row.";

    public static void main(String... args) throws SQLException {
        int callers = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        Path folder = Path.of(System.getProperty("bench.work"));
        switch (args[0]) {
            case "group" -> inGroups(folder.resolve("group.db"), callers, seconds);
            case "each" -> oneByOne(folder.resolve("each.db"), callers, seconds);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void inGroups(Path file, int callers, int seconds) {
        try (var database = SqliteDatabase.open(file)) {
            database.write(tx -> tx.sql().execute(TABLE));
            var table = DSL.table("bench");
            var text = DSL.field("text", String.class);
            Runnable insert =
                    () -> database.write(tx -> tx.sql().insertInto(table, text).values(TEXT).execute());
            Callers.perSecond(callers, 1, insert); // warm up
            System.out.println(Callers.perSecond(callers, seconds, insert));
        }
    }

    private static void oneByOne(Path file, int callers, int seconds) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (var statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = full");
                statement.execute(TABLE);
            }
            try (var insert = connection.prepareStatement("insert into bench (text) values (?)")) {
                insert.setString(1, TEXT);
                var turn = new ReentrantLock();
                Runnable one = () -> {
                    turn.lock();
                    try {
                        insert.executeUpdate();
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    } finally {
                        turn.unlock();
                    }
                };
                Callers.perSecond(callers, 1, one); // warm up
                System.out.println(Callers.perSecond(callers, seconds, one));
            }
        }
    }
}
