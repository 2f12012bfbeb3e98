package dev.banyan.platform.mail;

import module java.base;

/// A mail server that a tenant named, and the sender of what goes through it.
///
/// @param user empty if it asks for no sign-in
/// @param from an email address
/// @param fromName may be empty
public record MailServer(
        String host,
        int port,
        MailSecurity security,
        String user,
        Optional<String> password,
        String from,
        String fromName) {

    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + "]"; // never the password
    }
}
