package dev.banyan.platform.mail;

import static dev.banyan.schema.Tables.MAILS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import io.quarkus.mailer.Mailer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails without a mail server, and with a list in place of one; for real SMTP see `SmtpTest`.
class MailsTest {

    private final Database database = TestDatabases.SQLITE.newCopy();
    private final TestClock clock = new TestClock();
    private final MailServer server = new MailServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void withoutAMailServerAMailBecomesAFileOnce() throws IOException {
        Mails mails = withoutServer();
        send(mails, "maya@example.com", "Grüße");

        mails.deliver();
        mails.deliver();

        assertThat(outbox()).hasSize(1);
        assertThat(Files.readString(outbox().getFirst())).isEqualTo("""
                From: banyan@localhost
                To: maya@example.com
                Subject: Grüße
                Content-Type: text/plain; charset=UTF-8

                Text 🌿

                """);
    }

    /// Codes of sent mails are found neither in the database nor in a backup.
    @Test
    void whatAMailSaidGoesWithIt() {
        Mails mails = withServer();
        server.refused = Set.of("nobody@example.com");
        send(mails, "maya@example.com", "Your Banyan code: 482 913");
        send(mails, "nobody@example.com", "Your Banyan code: 104 552");

        mails.deliver();

        assertThat(stored("maya@example.com")).containsExactly("Your Banyan code: ••••••", "");
        assertThat(stored("nobody@example.com"))
                .as("it is tried again")
                .containsExactly("Your Banyan code: 104 552", "Text 🌿\n");
        assertThat(server.tried.getFirst().getSubject()).isEqualTo("Your Banyan code: 482 913");
    }

    @Test
    void whatAMailSaidIsGoneOnceItIsAFile() throws IOException {
        Mails mails = withoutServer();
        send(mails, "maya@example.com", "Your Banyan code: 482 913");

        mails.deliver();

        assertThat(stored("maya@example.com")).containsExactly("Your Banyan code: ••••••", "");
        assertThat(Files.readString(outbox().getFirst())).contains("482 913", "Text 🌿");
    }

    @Test
    void aMailOfAChangeThatDidNotHappenIsNotSent() {
        Mails mails = withServer();
        assertThatThrownBy(() -> database.write(tx -> {
                    mails.send(tx, "maya@example.com", "Never", "Text");
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");

        mails.deliver();

        assertThat(server.tried).isEmpty();
    }

    @Test
    void aMailIsSentOnceByTheConfiguredServer() {
        Mails mails = withServer();
        send(mails, "maya@example.com", "Hello");

        mails.deliver();
        mails.deliver();

        assertThat(server.tried).hasSize(1);
        io.quarkus.mailer.Mail mail = server.tried.getFirst();
        assertThat(mail.getTo()).containsExactly("maya@example.com");
        assertThat(mail.getFrom()).isEqualTo("Banyan <banyan@localhost>");
        assertThat(mail.getSubject()).isEqualTo("Hello");
        assertThat(mail.getText()).isEqualTo("Text 🌿\n");
        assertThat(mail.getHtml()).contains("<strong style=\"vertical-align:middle\">Banyan</strong>", "Text 🌿");
        assertThat(data.resolve("outbox")).doesNotExist();
    }

    @Test
    void aMailThatFailsIsTriedAgainLaterAndLater() {
        Mails mails = withServer();
        server.refused = Set.of("maya@example.com");
        send(mails, "maya@example.com", "Hello");

        mails.deliver();
        assertThat(server.tried).hasSize(1);
        for (int minutes : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360)) {
            int before = server.tried.size();
            clock.forward(Duration.ofMinutes(minutes).minusMillis(1));
            mails.deliver();
            assertThat(server.tried).as("before " + minutes + " minutes").hasSize(before);
            clock.forward(Duration.ofMillis(1));
            mails.deliver();
            assertThat(server.tried).as("after " + minutes + " minutes").hasSize(before + 1);
        }

        server.refused = Set.of();
        clock.forward(Duration.ofHours(6));
        mails.deliver();
        int sent = server.tried.size();
        clock.forward(Duration.ofDays(30));
        mails.deliver();
        assertThat(server.tried).as("after it was sent").hasSize(sent);
    }

    @Test
    void aMailThatFailsHoldsUpNoOther() {
        Mails mails = withServer();
        server.refused = Set.of("nobody@example.com");
        send(mails, "nobody@example.com", "First");
        send(mails, "maya@example.com", "Second");

        mails.deliver();
        clock.forward(Duration.ofMinutes(1));
        mails.deliver();

        assertThat(server.tried)
                .extracting(io.quarkus.mailer.Mail::getSubject)
                .containsExactly("First", "Second", "First");
    }

    @Test
    void anOutboxThatCannotBeWrittenIsTriedAgain() throws IOException {
        Mails mails = withoutServer();
        Path inTheWay = Files.createFile(data.resolve("outbox"));
        send(mails, "maya@example.com", "Hello");

        mails.deliver();
        Files.delete(inTheWay);
        clock.forward(Duration.ofMinutes(1));
        mails.deliver();

        assertThat(outbox()).hasSize(1);
    }

    private void send(Mails mails, String recipient, String subject) {
        database.write(tx -> {
            mails.send(tx, recipient, subject, "Text 🌿\n");
            return recipient;
        });
    }

    private List<String> stored(String recipient) {
        return database.read(tx -> tx.sql()
                .select(MAILS.SUBJECT, MAILS.BODY)
                .from(MAILS)
                .where(MAILS.RECIPIENT.eq(recipient))
                .fetchSingle(row -> List.of(row.value1(), row.value2())));
    }

    private Mails withoutServer() {
        return mails(Settings.forTests(data));
    }

    private Mails mails(Settings settings) {
        return new Mails(
                database,
                settings,
                TestMails.serverMail(database, settings, clock),
                server,
                MailRoutes.none(),
                clock,
                new Uuids(clock));
    }

    private Mails withServer() {
        var environment = Map.of("BANYAN_DATA", data.toString(), "BANYAN_SMTP_HOST", "mail.example.com");
        return mails(Settings.from(environment, new Properties()));
    }

    private List<Path> outbox() throws IOException {
        try (var files = Files.list(data.resolve("outbox"))) {
            return files.toList();
        }
    }

    /// Replaces the mail server at the interface of Quarkus.
    private static final class MailServer implements Mailer {

        private final List<io.quarkus.mailer.Mail> tried = new ArrayList<>();
        private Set<String> refused = Set.of();

        @Override
        public void send(io.quarkus.mailer.Mail... mails) {
            for (io.quarkus.mailer.Mail mail : mails) {
                tried.add(mail);
                if (mail.getTo().stream().anyMatch(refused::contains)) {
                    throw new IllegalStateException("451 try again later");
                }
            }
        }
    }
}
