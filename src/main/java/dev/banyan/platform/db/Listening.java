package dev.banyan.platform.db;

import module java.base;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// A connection to PostgreSQL that listens to one channel. It is found broken within seconds, because it asks for a
/// sign of life whenever nothing is said.
public final class Listening implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final Connection connection;

    private Listening(Connection connection) {
        this.connection = connection;
    }

    /// @param url of PostgreSQL
    /// @param channel a plain name
    /// @throws DatabaseUnavailable if the database can't be reached
    public static Listening to(String url, String channel) {
        try {
            Connection connection = new PostgresPlace(url).source().getConnection();
            var listening = new Listening(connection);
            listening.execute("LISTEN " + channel);
            return listening;
        } catch (SQLException failure) {
            throw new DatabaseUnavailable("PostgreSQL does not answer: " + failure.getMessage(), failure);
        }
    }

    /// Tells everyone who listens, when `tx` commits.
    ///
    /// @param notes each shorter than 8,000 bytes
    public static void tell(Tx tx, String channel, List<String> notes) {
        tx.sql()
                .execute(
                        "SELECT pg_notify(?, note) FROM unnest(?::text[]) AS note",
                        channel,
                        notes.toArray(String[]::new));
    }

    /// Waits for the next notes, for a second at most.
    ///
    /// @return their texts, in order; none if nothing was said
    /// @throws DatabaseUnavailable if the connection is broken
    public List<String> await() {
        try {
            PGNotification[] notes = connection.unwrap(PGConnection.class).getNotifications((int) SILENCE.toMillis());
            if (notes.length == 0 && !connection.isValid((int) ANSWER_WITHIN.toSeconds())) {
                throw new DatabaseUnavailable("PostgreSQL does not answer");
            }
            return Arrays.stream(notes).map(PGNotification::getParameter).toList();
        } catch (SQLException failure) {
            throw new DatabaseUnavailable("PostgreSQL does not answer: " + failure.getMessage(), failure);
        }
    }

    private void execute(String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // It was broken.
        }
    }
}
