package dev.banyan.platform.config;

import module java.base;
import dev.banyan.platform.Keyed;

/// Every rate limit, one line each: what is counted per key, how many, in which window, and whether requests pass if
/// the counter itself fails. `BANYAN_LIMIT_LOGIN_BY_IP=60/1m` changes one.
///
/// Sources: design 4 (login, registration) and the LinkToMe contract 1.2, times four (the rest).
public enum RateLimit implements Keyed {
    LOGIN_FAILURES_BY_NAME(10, Duration.ofMinutes(15), false, "wrong passwords per person and network or known device"),
    LOGIN_GUESSES_BY_NAME(
            100,
            Duration.ofHours(24),
            false,
            "wrong passwords per person from networks they don't usually sign in from; a tenth at once, then slower"),
    LOGIN_BY_IP(30, Duration.ofMinutes(1), false, "failed logins per address"),
    PROVIDER_LOGIN_BY_IP(600, Duration.ofMinutes(1), false, "logins begun at a sign-in provider per address"),
    REGISTER_BY_IP(20, Duration.ofHours(1), false, "registrations per address"),
    REFRESH(120, Duration.ofMinutes(1), false, "session refreshes by LinkToMe clients per person"),
    REFRESH_BY_IP(12, Duration.ofMinutes(1), false, "failed session refreshes by LinkToMe clients per address"),
    INVITATIONS_BY_ACCOUNT(50, Duration.ofHours(1), false, "invitations to join an account"),
    PASSWORD_RESETS_BY_EMAIL(3, Duration.ofHours(1), false, "password reset codes requested per email"),
    PASSWORD_RESETS_BY_IP(20, Duration.ofHours(1), false, "password reset codes requested per address"),
    PASSWORD_RESET_TRIES_BY_IP(30, Duration.ofHours(1), false, "attempts to reset a password with a code per address"),
    SECOND_FACTOR_FAILURES_BY_PERSON(
            10, Duration.ofMinutes(15), false, "wrong second-step codes per person and network or known device"),
    SECOND_FACTOR_GUESSES_BY_PERSON(
            100,
            Duration.ofHours(24),
            false,
            "wrong second-step codes per person from networks they don't usually sign in from; a tenth at once, then"
                    + " slower"),
    SECOND_FACTOR_TRIES_BY_IP(60, Duration.ofMinutes(1), false, "second-step codes tried per address"),
    CONFIRMATION_MAILS_BY_PERSON(
            3, Duration.ofHours(1), false, "email changes and repeated confirmation links per person"),
    SECOND_FACTOR_MAILS_BY_PERSON(20, Duration.ofHours(1), false, "second-step codes emailed per person"),
    EXPORTS_BY_ACCOUNT(20, Duration.ofHours(24), false, "exports of brands and of the whole account per account"),
    CHAT_MESSAGES_BY_USER(60, Duration.ofMinutes(1), true, "chat messages per workspace user"),
    CHAT_FILES_BY_USER(60, Duration.ofMinutes(1), true, "files uploaded to conversations per workspace user"),
    CHAT_FRAMES_BY_USER(600, Duration.ofMinutes(1), true, "frames over chat sockets per workspace user"),
    ASSISTANT_TRIES_BY_WORKSPACE(30, Duration.ofMinutes(1), true, "assistant tests in the settings per workspace"),
    SSO_TESTS_BY_WORKSPACE(30, Duration.ofMinutes(1), true, "tests of single sign-on in the settings per workspace"),
    MAIL_TESTS_BY_WORKSPACE(10, Duration.ofMinutes(10), true, "test mails in the settings per workspace"),
    INBOX_MESSAGES_BY_USER(120, Duration.ofMinutes(1), true, "replies and notes in an inbox per workspace user"),
    INBOX_FRAMES_BY_USER(600, Duration.ofMinutes(1), true, "frames over inbox sockets per workspace user"),
    NUMBER_FRAMES_BY_SOCKET(120, Duration.ofMinutes(1), true, "frames per socket that watches numbers"),
    FRAMES_BY_SOCKET(
            1_200,
            Duration.ofMinutes(1),
            true,
            "frames of all kinds per socket, including pings and message fragments"),
    REFUSED_HANDSHAKES_BY_IP(120, Duration.ofMinutes(1), true, "refused attempts to open a socket per address"),
    WORKSPACE_LOGIN_FAILURES_BY_NAME(
            10, Duration.ofMinutes(15), false, "wrong passwords per workspace user and network"),
    WORKSPACE_LOGIN_GUESSES_BY_NAME(
            100,
            Duration.ofHours(24),
            false,
            "wrong passwords per workspace user from networks they don't usually sign in from; a tenth at once, then"
                    + " slower"),
    WORKSPACE_LOGIN_BY_IP(30, Duration.ofMinutes(1), false, "failed workspace logins per address"),
    WORKSPACE_REGISTER_BY_IP(20, Duration.ofHours(1), false, "workspace registrations per address"),
    WORKSPACE_PASSWORD_LINKS_BY_NAME(
            3, Duration.ofHours(1), false, "password reset links requested per workspace and email or username"),
    WORKSPACE_PASSWORD_LINKS_BY_IP(20, Duration.ofHours(1), false, "password reset links requested per address"),
    WORKSPACE_CONFIRMATIONS_BY_EMAIL(
            3, Duration.ofHours(1), false, "confirmation links emailed per workspace and email"),
    WORKSPACE_MAILS_BY_WORKSPACE(
            200, Duration.ofHours(1), false, "invitations and password reset links that admins send per workspace"),
    WORKSPACE_MAILS_BY_ACCOUNT(
            1_000, Duration.ofHours(1), false, "the same for all workspaces of an account and its sub-accounts"),
    KEY_FAILURES_BY_IP(60, Duration.ofMinutes(1), false, "wrong API keys per address"),
    WORKSPACE_KEY_REQUESTS_BY_KEY(600, Duration.ofMinutes(1), true, "API requests per API key of a workspace"),
    UNLOCK_FAILURES_BY_VISITOR(10, Duration.ofMinutes(15), false, "wrong codes per address and locked link"),
    UNLOCK_FAILURES(200, Duration.ofMinutes(15), false, "wrong codes per locked link from all addresses"),
    SHORT_LINK_PASSWORDS_BY_IP(10, Duration.ofMinutes(15), false, "wrong passwords per address and short link"),
    SHORT_LINK_PASSWORDS(200, Duration.ofMinutes(15), false, "wrong passwords per short link from all addresses"),
    ADMIN_BY_CALLER(120, Duration.ofSeconds(30), true, "API requests per person (or address) and route");

    public final Rate fallback;
    public final boolean failsOpen;
    public final String meaning;

    RateLimit(int amount, Duration window, boolean failsOpen, String meaning) {
        this.fallback = new Rate(amount, window);
        this.failsOpen = failsOpen;
        this.meaning = meaning;
    }

    /// Returns the key, such as `limit-login-by-ip`.
    @Override
    public String key() {
        return "limit-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the environment variable, such as `BANYAN_LIMIT_LOGIN_BY_IP`.
    public String variable() {
        return "BANYAN_LIMIT_" + name();
    }

    /// An amount per window, written `30/1m` (seconds `s`, minutes `m`, hours `h`).
    public record Rate(int amount, Duration window) {

        private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,8})/([1-9][0-9]{0,5})([smh])");

        static Rate parse(String variable, String text) {
            Matcher written = WRITTEN.matcher(text);
            if (!written.matches()) {
                throw new InvalidSetting(variable + " must look like 30/1m (amount/window), not “" + text + "”");
            }
            int length = Integer.parseInt(written.group(2));
            return new Rate(
                    Integer.parseInt(written.group(1)),
                    switch (written.group(3)) {
                        case "s" -> Duration.ofSeconds(length);
                        case "m" -> Duration.ofMinutes(length);
                        default -> Duration.ofHours(length);
                    });
        }

        @Override
        public String toString() {
            long seconds = window.toSeconds();
            return amount + "/"
                    + (seconds % 3600 == 0
                            ? seconds / 3600 + "h"
                            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s");
        }
    }
}
