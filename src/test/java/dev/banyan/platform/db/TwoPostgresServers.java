package dev.banyan.platform.db;

import module java.base;
import dev.banyan.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import javax.sql.DataSource;

/// A PostgreSQL server, and another one that streams from it. The embedded binaries have no `pg_basebackup`, so the
/// folder is copied between `pg_backup_start` and `pg_backup_stop`.
final class TwoPostgresServers implements AutoCloseable {

    private static final String ROLE = "banyan";
    /// What the second server makes for itself.
    private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres replica;

    TwoPostgresServers(Path folder) throws IOException, SQLException {
        primary = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("primary"))
                .start();
        execute(primary, "CREATE ROLE " + ROLE + " LOGIN");
        execute(primary, "CREATE DATABASE app OWNER " + ROLE);
        PostgresDatabase.patient(primary.getJdbcUrl(ROLE, "app"), 2, true).close();
        copy(folder.resolve("primary"), folder.resolve("replica"));
        replica = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("replica"))
                .setCleanDataDirectory(false)
                .start();
    }

    private void copy(Path from, Path to) throws IOException, SQLException {
        try (var connection = primary.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('replica', true)");
            try (var files = Files.walk(from)) {
                for (Path file : files.filter(
                                file -> !NOT_COPIED.contains(file.getFileName().toString()))
                        .toList()) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            try (var label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                label.next();
                Files.writeString(to.resolve("backup_label"), label.getString(1));
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        Files.createFile(to.resolve("standby.signal"));
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary.getPort() + " user=postgres'\n");
    }

    String primaryUrl() {
        return primary.getJdbcUrl(ROLE, "app");
    }

    /// Returns the URL of the replica, without a user.
    String replicaUrl() {
        return replica.getJdbcUrl(ROLE, "app").replaceFirst("\\?.*", "");
    }

    /// Keeps from the replica what is written from now on.
    void pause() {
        execute(replica, "SELECT pg_wal_replay_pause()");
        Eventually.holds(this::isPaused); // before the next record: one may be under way
    }

    private boolean isPaused() {
        try (var connection = replica.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_get_wal_replay_pause_state()")) {
            return row.next() && "paused".equals(row.getString(1));
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    void resume() {
        execute(replica, "SELECT pg_wal_replay_resume()");
    }

    /// Ends the connections of Banyan to the replica, as its shutdown does.
    void endConnectionsToReplica() {
        execute(replica, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
    }

    /// Runs a statement on the primary, in the database of Banyan.
    void execute(String sql) {
        execute(primary.getDatabase(ROLE, "app"), sql);
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        execute(server.getPostgresDatabase(), sql);
    }

    private static void execute(DataSource database, String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    @Override
    public void close() throws IOException {
        replica.close();
        primary.close();
    }
}
