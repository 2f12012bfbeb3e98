package dev.banyan.platform.web;

import java.time.Duration;

/// The value of a `Set-Cookie` header as all our cookies are: for the whole site, unreadable for scripts, not sent
/// along
/// by other sites' forms, and only encrypted where the server speaks TLS.
public final class SetCookie {

    private SetCookie() {}

    public static String of(String name, String value, Duration life, boolean secure) {
        return name + "=" + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /// One that comes back to addresses below `path` only.
    public static String below(String path, String name, String value, Duration life, boolean secure) {
        return of(name, value, life, secure).replace("; Path=/;", "; Path=" + path + ";");
    }

    public static String gone(String name, boolean secure) {
        return of(name, "", Duration.ZERO, secure);
    }
}
