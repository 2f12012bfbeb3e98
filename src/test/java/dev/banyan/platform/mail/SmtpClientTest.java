package dev.banyan.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.mail.MailSink.Behavior;
import org.junit.jupiter.api.Test;

/// Mails over real sockets.
class SmtpClientTest {

    private static final MailBranding LOOK =
            new MailBranding("Shop & Co", "#0b5d4e", "Sh", Optional.empty(), Locale.ENGLISH);

    private final TestClock clock = new TestClock();
    private final UUID id = new Uuids(clock).next();
    private final SmtpClient trusting = new SmtpClient(LocalHttp.everyNameIsHere(), MailSink::trusting, clock);

    private static MailServer server(MailSink sink, MailSecurity security, String user, String password) {
        return server(sink.name(), sink, security, user, password);
    }

    private static MailServer server(String host, MailSink sink, MailSecurity security, String user, String password) {
        return new MailServer(
                host,
                sink.port(),
                security,
                user,
                Optional.of(password).filter(text -> !text.isEmpty()),
                "shop@shop.example",
                "Café “Nour”");
    }

    private void send(SmtpClient client, MailServer server, String to) throws SmtpTrouble {
        client.send(server, LOOK, id, to, "Grüße ❤ with a long subject that needs more than one encoded word", """
                Hello <b>you</b>,

                open https://shop.example/x?a=1&b=2.
                .
                Bye
                """);
    }

    @Test
    void aMailIsWrittenInBothForms() throws Exception {
        try (var sink = new MailSink(Behavior.OPEN)) {
            send(trusting, server(sink, MailSecurity.NONE, "", ""), "amira@people.example");
            var mail = Objects.requireNonNull(sink.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS));
            assertThat(mail.commands())
                    .contains("MAIL FROM:<shop@shop.example>", "RCPT TO:<amira@people.example>", "EHLO shop.example");
            assertThat(mail.content())
                    .contains(
                            "From: =?UTF-8?B?",
                            " <shop@shop.example>",
                            "To: amira@people.example",
                            "Subject: =?UTF-8?B?")
                    .contains("Message-ID: <" + id + "@shop.example>");
            assertThat(mail.content().lines()).allMatch(line -> line.length() <= 78);
            assertThat(mail.text())
                    .contains("Hello <b>you</b>,", "Bye")
                    .contains("Hello &lt;b&gt;you&lt;/b&gt;", "Shop &amp; Co", "background:#0b5d4e")
                    .contains("<a href=\"https://shop.example/x?a=1&amp;b=2\"");
        }
    }

    @Test
    void itSignsInOverEncryptedConnectionsOnly() throws Exception {
        for (var behavior : new Behavior[] {Behavior.TLS, Behavior.STARTTLS}) {
            try (var sink = new MailSink(behavior)) {
                var security = behavior == Behavior.TLS ? MailSecurity.TLS : MailSecurity.STARTTLS;
                // Nobody but the test trusts the certificate, and it names no address.
                SmtpClient strict = new SmtpClient(
                        LocalHttp.everyNameIsHere(), () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), clock);
                assertThatThrownBy(() -> send(
                                strict,
                                server(sink, security, MailSink.USER, MailSink.PASSWORD),
                                "amira@people.example"))
                        .isInstanceOf(SmtpTrouble.class)
                        .hasMessageContaining("couldn’t be encrypted");
                assertThatThrownBy(() -> send(
                                trusting,
                                server("127.0.0.1", sink, security, MailSink.USER, MailSink.PASSWORD),
                                "amira@people.example"))
                        .hasMessageContaining("couldn’t be encrypted");
                assertThat(sink.mails()).isEmpty();

                send(trusting, server(sink, security, MailSink.USER, MailSink.PASSWORD), "amira@people.example");
                assertThat(Objects.requireNonNull(sink.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS))
                                .encrypted())
                        .isTrue();
                assertThatThrownBy(() ->
                                send(trusting, server(sink, security, MailSink.USER, "wrong"), "amira@people.example"))
                        .hasMessageContaining("didn’t accept the username or the password: 535");
            }
        }
        try (var sink = new MailSink(Behavior.OPEN)) {
            assertThatThrownBy(() -> send(
                            trusting,
                            server(sink, MailSecurity.STARTTLS, MailSink.USER, MailSink.PASSWORD),
                            "amira@people.example"))
                    .hasMessageContaining("doesn’t offer encryption");
            assertThat(sink.mails()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedIsSaid() throws Exception {
        try (var sink = new MailSink(Behavior.OPEN)) {
            MailServer open = server(sink, MailSecurity.NONE, "", "");
            assertThatThrownBy(() -> send(trusting, open, "nobody@people.example"))
                    .hasMessageContaining("refused the recipient: 550 5.1.1");
            assertThatThrownBy(() -> send(trusting, open, "amira@people.example>\r\nRCPT TO:<b@x.example"))
                    .hasMessageContaining("address is invalid");
            assertThatThrownBy(() -> send(
                            new SmtpClient(LocalHttp.none(), MailSink::trusting, clock), open, "amira@people.example"))
                    .hasMessageContaining("doesn’t call private addresses");
            assertThat(sink.mails()).isEmpty();
        }
        try (var sink = new MailSink(Behavior.BROKEN)) {
            assertThatThrownBy(() -> send(trusting, server(sink, MailSecurity.NONE, "", ""), "amira@people.example"))
                    .hasMessageContaining("refused the sender");
        }
        var gone = new MailSink(Behavior.OPEN);
        gone.close();
        assertThatThrownBy(() -> send(trusting, server(gone, MailSecurity.NONE, "", ""), "amira@people.example"))
                .hasMessageContaining("connection to the mail server failed");
    }
}
