package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.secrets.SentSecrets;
import io.quarkus.mailer.Mailer;
import jakarta.inject.Singleton;

/// Sends a test mail through this server's own mail server, before or after it is set up.
@Singleton
public record MailTrial(Mailer mailer, SmtpClient client, ServerMail serverMail, Settings settings, Uuids uuids) {

    private static final String SUBJECT = "Test email from Banyan";
    private static final String TEXT = """
            This is a test email from your Banyan server.

            If you can read it, the mail server works.
            """;

    /// @return why the server didn't take the mail
    public Optional<String> through(StoredMailServer entered, String to) {
        Optional<MailServer> server = serverMail.opened(entered);
        if (server.isEmpty()) {
            return Optional.of(SentSecrets.ENTER_AGAIN);
        }
        try {
            client.sendOwn(
                    server.get(), Optional.empty(), new Mail(uuids.next(), to, SUBJECT, TEXT, 0, Optional.empty()));
            return Optional.empty();
        } catch (SmtpTrouble trouble) {
            return Optional.of(trouble.sentence());
        }
    }

    /// As above, through the one of the settings.
    public Optional<String> throughSettings(String to) {
        try {
            mailer.send(io.quarkus.mailer.Mail.withText(to, SUBJECT, TEXT).setFrom(settings.mailFrom()));
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(Mails.errorOf(failure));
        }
    }
}
