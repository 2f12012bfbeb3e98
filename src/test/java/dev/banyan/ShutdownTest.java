package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class ShutdownTest {

    @Test
    void aTermSignalEndsTheServerSoonAndWhatItOnlyCountedIsWritten(@TempDir Path data) throws Exception {
        try (var server = ServerProcess.serve(data)) {
            server.awaitReady();
            for (int i = 0; i < 3; i++) {
                assertThat(server.send("POST", "/api/login", "", """
                        {"email": "nobody@example.com", "password": "wrong password"}
                        """).statusCode())
                        .isEqualTo(401);
            }

            Instant told = Instant.now();
            server.stop();
            int exit = server.awaitExit();

            assertThat(exit).isIn(0, 143);
            assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(server.err()).isEmpty();
            assertThat(server.out()).doesNotContain("Exception", "ERROR");
        }
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT target || ' ' || details FROM audit_events WHERE action = 'AccessDenied'")) {
            var denials = new ArrayList<String>();
            while (rows.next()) {
                denials.add(rows.getString(1));
            }
            assertThat(denials).containsExactly("login {\"times\":3}");
        }
    }
}
