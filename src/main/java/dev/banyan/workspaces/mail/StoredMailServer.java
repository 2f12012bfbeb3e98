package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.platform.mail.MailSecurity;

/// A mail server as it is stored.
///
/// @param user empty if it asks for no sign-in
/// @param failures mails in a row that it didn't take
/// @param lastError why it didn't take the last one of them
record StoredMailServer(
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

    /// Whether a password for one is good for the other: it is never sent to another server.
    boolean sharesPasswordWith(StoredMailServer other) {
        return origin().equals(other.origin()) && user.equals(other.user);
    }

    /// Returns where its password may be sent, and how.
    String origin() {
        return security.key() + "://" + host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    StoredMailServer withPassword(Optional<String> sealed) {
        return new StoredMailServer(
                host, port, security, user, sealed, from, fromName, failures, lastError, failedAt, updatedAt);
    }
}
