package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.FakeSmtpServer;
import dev.banyan.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sends mail end to end: the settings reach the mailer, and the mailer speaks SMTP.
class SmtpTest {

    @Test
    void aConfirmationGoesOutThroughTheMailServerAndItsLinkWorks(@TempDir Path data) throws Exception {
        Path password = Files.writeString(data.resolve("smtp-password"), "s3cret\n");
        try (var smtp = new FakeSmtpServer();
                var server = ServerProcess.serve(
                        data,
                        Map.of(
                                "BANYAN_SMTP_HOST", "127.0.0.1",
                                "BANYAN_SMTP_PORT", Integer.toString(smtp.port()),
                                "BANYAN_SMTP_USERNAME", "banyan",
                                "BANYAN_SMTP_PASSWORD_FILE", password.toString(),
                                "BANYAN_MAIL_FROM", "post@links.example"))) {
            assertThat(server.send("POST", "/api/register", "", """
                    {"email": "maya@people.example", "username": "maya", "password": "correct horse battery"}
                    """).statusCode())
                    .isEqualTo(201);

            FakeSmtpServer.Received mail =
                    Objects.requireNonNull(smtp.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS), "a mail");

            assertThat(mail.commands())
                    .contains("MAIL FROM:<post@links.example>", "RCPT TO:<maya@people.example>")
                    .anyMatch(command ->
                            command.startsWith("AUTH PLAIN") && command.contains(base64("\0banyan\0s3cret")));
            assertThat(mail.content())
                    .contains(
                            "From: Banyan <post@links.example>",
                            "To: maya@people.example",
                            "Subject: Confirm your email");
            Matcher link = Pattern.compile("/confirm-email\\?token=\\S+").matcher(unfolded(mail.content()));
            assertThat(link.find()).as(mail.content()).isTrue();
            assertThat(server.send("GET", link.group(), "", "").statusCode()).isEqualTo(200);
            assertThat(data.resolve("outbox")).doesNotExist();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Decodes quoted-printable, as far as needed for a link.
    private static String unfolded(String content) {
        return content.replace("=\n", "").replace("=3D", "=");
    }
}
