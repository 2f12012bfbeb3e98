package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Keyed;

/// How a connection to a mail server is encrypted.
public enum MailSecurity implements Keyed {
    /// From the first byte; usually port 465.
    TLS(465),
    /// After a greeting, and required; usually port 587.
    STARTTLS(587),
    /// Not at all: for servers in the own network, without a password.
    NONE(25);

    private final int port;

    MailSecurity(int port) {
        this.port = port;
    }

    public int usualPort() {
        return port;
    }

    public static Optional<MailSecurity> of(String key) {
        return Keyed.parse(MailSecurity.class, key);
    }
}
