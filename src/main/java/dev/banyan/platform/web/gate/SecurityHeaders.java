package dev.banyan.platform.web.gate;

import java.util.Map;

/// What each answer tells browsers, unless it says otherwise itself: public pages bring a stricter policy.
final class SecurityHeaders {

    static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin");

    private SecurityHeaders() {}
}
