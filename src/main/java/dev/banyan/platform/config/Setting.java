package dev.banyan.platform.config;

import java.util.Locale;

/// Every setting, defined once: its name, its default, and what it means. `docs/configuration.md` is generated from
/// this table.
///
/// A setting `base-url` is read from the flag or system property `banyan.base-url`, else the variable
/// `BANYAN_BASE_URL`, else the line `base-url=` of `banyan.properties` in the data folder. A secret may also be given
/// as a file: `BANYAN_METRICS_TOKEN_FILE=/run/secrets/metrics`.
public enum Setting {
    PORT("8080", "Port to listen on, 1 to 65535; 0 takes a free one."),
    HOST("127.0.0.1", "Address to listen on. `0.0.0.0` opens the server to the network."),
    DATA("data", "Folder for everything that Banyan keeps: database, logs, mail that could not be sent."),
    DATABASE_URL("", "Empty for SQLite in the data folder, or `jdbc:postgresql://host/name?user=…&password=…`.", true),
    DATABASE_CONNECTIONS("10", "Connections to PostgreSQL, 2 to 200."),
    BASE_URL("", "Address that people use, such as `https://links.example.com`; empty: made of host and port."),
    REGISTRATION("open", "Who may register an account: `open` (anybody), `invite` or `closed` (nobody)."),
    OPERATORS_SECOND_FACTOR(
            "off", "Whether operators must have two-step verification or a passkey: `off` or `required`."),
    MAX_SUB_CLIENTS("-1", "Workspaces that a tenant may have, 0 to 1000000000; -1: as many as it likes."),
    MESSAGE_WAIT(
            "60", "Minutes that a WhatsApp message waits for its number to be connected before it fails, 1 to 10080."),
    CONNECTS("500", "WhatsApp numbers that are connected again each second after a start, 1 to 100000."),
    FEATURES_SUB_ACCOUNTS(
            "all",
            "Who may have sub-accounts: `all` who have the agency permission, `enterprise` (only accounts of that tier) or `off` (nobody)."),
    QUOTA(
            "per-account",
            "Whose pages and links count against a tier's limits: `per-account` (each account has its own) or `shared` (an agency and its sub-accounts together)."),
    ENTERPRISE_SUB_ACCOUNTS(
            "premium",
            "The tier at which sub-accounts of an Enterprise account with Agency-Premium work: `premium` or `enterprise`."),
    BILLING(
            "operator",
            "Who changes plans: `operator` (only the people who run this server) or `open` (the owner of an account too)."),
    PRICES(
            "pro=10, premium=30, agency-basic=10, agency-pro=20, agency-premium=30, pack-3=15, pack-10=40, pack-25=100",
            "Prices a month, as shown before a plan changes; what has no price is “ask us”. `free` is always 0, `enterprise` has none until you give one."),
    CURRENCY("USD", "Currency of the prices, three letters (ISO 4217)."),
    NOTIFY(
            "parent",
            "Who hears of a sub-account that has no choice of its own: `parent`, `subaccount` (its e-mail, if it has one) or `both`."),
    TRUSTED_PROXIES("", "Addresses of proxies whose `X-Forwarded-For` counts, separated by commas."),
    RATE_LIMITS("on", "`off` switches all rate limits off, for tests and benchmarks only; the log says so."),
    CONNECTIONS_PER_ADDRESS(
            "1000",
            "Connections that one address (of IPv6: one /64 network) may hold open, 1 to 1000000; trusted proxies may hold any number."),
    SOCKETS_PER_USER("50", "WebSockets of all kinds that one user may hold open, 1 to 1000000."),
    REQUEST_TIME(
            "30",
            "Seconds, 1 to 3600, in which the header of a request must be complete, and its body too unless 8 KB or more come in each second; the connection is closed otherwise."),
    IDLE_TIME("75", "Seconds that a connection stays open on which nothing happens, 1 to 3600."),
    MAX_BODY("1048576", "Largest request body in bytes, 1024 to 104857600; more is answered with 413."),
    ATTACHMENT_SIZE("10", "Megabytes that one file in a conversation may have, 1 to 1000."),
    WORKSPACE_STORAGE("1024", "Megabytes of files that one workspace may keep, 0 (none) to 100000000."),
    PAGE_CACHE("64", "Megabytes of public pages kept ready to send, 0 (none) to 4096."),
    LOOKUP_CACHE(
            "256",
            "Megabytes of answers about workspaces kept ready, 0 (none) to 4096; it takes what it needs, some 125 bytes for each workspace that was asked for."),
    SHORT_LINK_CACHE(
            "256",
            "Megabytes of short links kept ready, 0 (none) to 4096; it takes what it needs, some 300 bytes for each one that was followed."),
    GEOIP_FILE(
            "",
            "File that tells the country of an address, in MaxMind's format (`GeoLite2-Country.mmdb`); empty: countries stay unknown. It is read once, at the start."),
    HASH_THREADS("", "Passwords hashed at the same time, 1 to 64; empty: one for each processor."),
    HASH_QUEUE("64", "Logins that may wait for a free hash, 1 to 10000; more are answered with 503."),
    METRICS_TOKEN("", "Bearer token for `/metrics` from other machines; empty: loopback only.", true),
    CONSOLE(
            "local",
            "From where `./banyan console` may connect: `local` (this machine) or `anywhere` (with the token)."),
    OUTBOUND_ALLOW(
            "",
            "Private addresses that this server may call all the same, such as a language model in your network: addresses or ranges (`192.168.1.20, 10.1.0.0/16`) separated by commas."),
    CREDENTIALS_KEY(
            "",
            "Key that seals stored secrets: 32 bytes in base64, as `openssl rand -base64 32` writes them; empty: `credentials.key` in the data folder, made when it is first needed. Several nodes need the same one.",
            true),
    SMTP_HOST("", "Mail server; empty: mails are written to `outbox/` in the data folder."),
    SMTP_PORT("587", "Port of the mail server, 1 to 65535."),
    SMTP_USERNAME("", "User at the mail server; empty: no sign-in."),
    SMTP_PASSWORD("", "Password at the mail server.", true),
    MAIL_FROM("banyan@localhost", "Sender address of mails."),
    SECURITY_CONTACT(
            "",
            "Where people report a security problem of this server, shown at `/.well-known/security.txt`: an e-mail address or an `https://` address; empty: there is no such file.");

    private final String fallback;
    private final String meaning;
    private final boolean secret;

    Setting(String fallback, String meaning) {
        this(fallback, meaning, false);
    }

    Setting(String fallback, String meaning, boolean secret) {
        this.fallback = fallback;
        this.meaning = meaning;
        this.secret = secret;
    }

    /// Returns the name, such as `base-url`.
    public String key() {
        return this == FEATURES_SUB_ACCOUNTS
                ? "features.subAccounts"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the environment variable, such as `BANYAN_BASE_URL`.
    public String variable() {
        return "BANYAN_" + name();
    }

    public String fallback() {
        return fallback;
    }

    public String meaning() {
        return meaning;
    }

    public boolean isSecret() {
        return secret;
    }
}
