package dev.banyan.platform.web;

import module java.base;
import dev.banyan.platform.StickyVisitor;

/// Builds the value of a `Set-Cookie` header as for all our cookies: for the whole site, unreadable for scripts, not
/// sent with other sites' forms, and only encrypted if the server speaks TLS.
public final class SetCookie {

    private SetCookie() {}

    public static String of(String name, String value, Duration life, boolean secure) {
        return name + "=" + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /// Returns a cookie that our scripts may read, because it is no secret.
    public static String readable(String name, String value, Duration life, boolean secure) {
        return of(name, value, life, secure).replace("; HttpOnly", "");
    }

    /// Returns a cookie that is sent only to addresses below `path`.
    public static String below(String path, String name, String value, Duration life, boolean secure) {
        return of(name, value, life, secure).replace("; Path=/;", "; Path=" + path + ";");
    }

    /// Returns the cookie by which a visitor is given the same choice again at addresses below `path`.
    public static String sticky(String path, StickyVisitor visitor, boolean secure) {
        return below(path, StickyVisitor.COOKIE, visitor.written(), StickyVisitor.REMEMBERED, secure);
    }

    public static String gone(String name, boolean secure) {
        return of(name, "", Duration.ZERO, secure);
    }
}
