package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;

/// A mail server as it is stored.
///
/// @param user empty if it asks for no sign-in
/// @param failures mails in a row that it didn't take
/// @param lastError why it didn't take the last one of them
public record StoredMailServer(
        String host,
        int port,
        MailSecurity security,
        String user,
        Optional<String> sealedPassword,
        String from,
        String fromName,
        int failures,
        Optional<String> lastError,
        Optional<Instant> failedAt,
        Instant updatedAt) {

    /// @param input is valid
    public static StoredMailServer of(
            MailServerInput input,
            Optional<StoredMailServer> before,
            SentSecrets secrets,
            String purpose,
            Instant now) {
        MailSecurity security = MailSecurity.of(input.security()).orElseThrow();
        var server = new StoredMailServer(
                input.host().strip(),
                input.port().orElse(security.usualPort()),
                security,
                input.user().strip(),
                Optional.empty(),
                input.from().strip().toLowerCase(Locale.ROOT),
                input.fromName().strip(),
                0,
                Optional.empty(),
                Optional.empty(),
                now);
        return server.user.isEmpty()
                ? server
                : server.withPassword(input.password()
                        .map(password -> secrets.seal(SentSecret.MAIL_SERVER, password, purpose, server.origin()))
                        .or(() -> before.filter(server::sharesPasswordWith).flatMap(StoredMailServer::sealedPassword)));
    }

    /// Whether a password for one is good for the other: it is never sent to another server.
    private boolean sharesPasswordWith(StoredMailServer other) {
        return origin().equals(other.origin()) && user.equals(other.user);
    }

    /// Returns where its password may be sent, and how.
    public String origin() {
        return security.key() + "://" + host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private StoredMailServer withPassword(Optional<String> sealed) {
        return new StoredMailServer(
                host, port, security, user, sealed, from, fromName, failures, lastError, failedAt, updatedAt);
    }

    /// Returns what is wrong if it asks for a sign-in, and there is no password that may be sent to it.
    public Optional<Invalid> withoutPassword(Optional<StoredMailServer> before) {
        if (user.isEmpty() || sealedPassword.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(before.filter(known -> known.sealedPassword().isPresent())
                .map(known -> new Invalid(
                        "password",
                        "password is required again for a new host, port, user or security: it was entered for "
                                + known.origin(),
                        "Enter the password again: it was entered for " + known.origin() + "."))
                .orElseGet(() -> new Invalid("password", "password is required with a user", "Enter the password.")));
    }

    /// Returns it with its password; empty if that can't be opened.
    public Optional<MailServer> opened(SentSecrets secrets, String purpose) {
        return sealedPassword.isEmpty()
                ? Optional.of(opened(Optional.empty()))
                : secrets.open(SentSecret.MAIL_SERVER, sealedPassword.get(), purpose, origin())
                        .map(password -> opened(Optional.of(password)));
    }

    private MailServer opened(Optional<String> password) {
        return new MailServer(host, port, security, user, password, from, fromName);
    }
}
