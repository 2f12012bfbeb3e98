package dev.banyan.platform.config;

import module java.base;
import dev.banyan.platform.Keyed;

/// Every setting, defined once: its name, its default, and what it means. `docs/configuration.md` is generated from
/// this table.
///
/// A setting `base-url` is read from the flag or system property `banyan.base-url`, else the variable
/// `BANYAN_BASE_URL`, else the line `base-url=` of `banyan.properties` in the data folder, or of the file that
/// `BANYAN_SETTINGS_FILE` names. A secret may also be given as a file:
/// `BANYAN_METRICS_TOKEN_FILE=/run/secrets/metrics`.
public enum Setting implements Keyed {
    PORT("8080", "Port to listen on, 1 to 65535. 0 picks a free port."),
    HOST("127.0.0.1", "Address to listen on. `0.0.0.0` opens the server to the network."),
    DATA("data", "Folder for all data: database, logs and email that couldn't be sent."),
    SETTINGS_FILE(
            "",
            "File to read settings from, such as `/etc/banyan/banyan.properties`. Leave empty for `banyan.properties` in the data folder."),
    DATABASE_URL(
            "",
            "PostgreSQL database, such as `jdbc:postgresql://host/name?user=…&password=…`. Leave empty to use SQLite in the data folder.",
            true),
    DATABASE_READ_URL(
            "",
            "PostgreSQL replica of that database, such as `jdbc:postgresql://replica/name`, for analytics, audit logs, usage reports and search. User and password are those of `BANYAN_DATABASE_URL` unless it names others. Leave empty to read everything from the database itself.",
            true),
    CLUSTER(
            "off",
            "Whether this server shares its PostgreSQL database with other servers: `on` or `off`. All of them need the same credentials key."),
    CLUSTER_HOST(
            "",
            "What this server is called among those that share a database, such as the name of its machine. Leave empty for the address that it listens on."),
    FILES_URL(
            "",
            "Bucket for uploaded files, in any storage that speaks S3, such as `s3://host:port/bucket/prefix?region=us-east-1&tls=off` (prefix and options can be left out). Servers on the same database need the same bucket. Leave empty to use `files/` in the data folder."),
    FILES_KEY("", "Access key of the bucket.", true),
    FILES_SECRET("", "Secret key of the bucket.", true),
    DATABASE_CONNECTIONS("10", "Connections to PostgreSQL, 2 to 200, and as many to a replica."),
    BACKUP_BEFORE_UPGRADE(
            "on",
            "Whether a new version saves the database to `backups/` in the data folder before it changes the tables: `on` or `off`. Turn it off if your database is too large for that, and make a backup yourself."),
    BASE_URL(
            "",
            "Public address of this server, such as `https://links.example.com`. Leave empty to derive it from host and port."),
    OTHER_HOSTS(
            "",
            "Other host names at which this server's own pages open, such as a name in your network, separated by commas. Once `BANYAN_BASE_URL` is set, requests for any other name get 404, unless it is a custom domain. IP addresses and names without a dot always work."),
    REGISTRATION(
            "open",
            "Who can register an account: `open` (anyone), `invite` (people with an invitation) or `closed` (no one)."),
    OPERATORS_SECOND_FACTOR(
            "off", "Whether operators must have two-step verification or a passkey: `off` or `required`."),
    SUPPORT(
            "consent",
            "When operators can act for an account: `consent` (while its owner allows it) or `break-glass` (at any time; owners get an email either way)."),
    MAX_SUB_CLIENTS("-1", "Maximum workspaces per tenant, 0 to 1000000000. -1 means no limit."),
    MESSAGE_WAIT(
            "4320",
            "Minutes a WhatsApp message waits for a number that can send it before it expires, 1 to 43200. The default is"
                    + " three days."),
    CONNECTS(
            "1000",
            "WhatsApp numbers to reconnect per second after a start, or when another server has stopped, 1 to 100000."),
    HIDDEN_AREAS(
            "",
            "Areas to leave out of an account's navigation until its owner chooses under Settings, separated by commas: `brands`, `pages`, `short-links`, `analytics`, `projects`, `numbers`, `members`, `audit-log`, `api-keys`. Their addresses still work."),
    FEATURES_SUB_ACCOUNTS(
            "all",
            "Who can have sub-accounts: `all` (every account with the agency permission), `enterprise` (only accounts on that plan) or `off` (no one)."),
    QUOTA(
            "per-account",
            "How the limits of a plan apply: `per-account` (each account has its own limits) or `shared` (an agency and its sub-accounts share them)."),
    ENTERPRISE_SUB_ACCOUNTS(
            "premium",
            "Plan of the sub-accounts of an Enterprise account with Agency-Premium: `premium` or `enterprise`."),
    BILLING(
            "off",
            "Whether accounts see prices, and who can change plans: `off` (no prices; operators change plans), `operator` (prices; operators change plans) or `open` (prices; account owners change their own plan)."),
    DEFAULT_PLAN(
            "free",
            "Plan of new accounts: a base plan (`free`, `pro`, `premium` or `enterprise`), optionally followed by an agency permission and packs, such as `pro, agency-pro, pack-10=2`, or `unlimited`. The account created at setup is always unlimited."),
    PRICES(
            "pro=10, premium=30, agency-basic=10, agency-pro=20, agency-premium=30, pack-3=15, pack-10=40, pack-25=100",
            "Monthly prices, shown before a plan changes. Items without a price show “ask us”. `free` is always 0; `enterprise` has no price unless you set one."),
    CURRENCY("USD", "Currency of the prices, as three letters (ISO 4217)."),
    NOTIFY(
            "parent",
            "Who gets notifications about a sub-account without its own setting: `parent`, `subaccount` (its email address, if it has one) or `both`."),
    TRUSTED_PROXIES(
            "",
            "Proxies whose `X-Forwarded-For` header is trusted: IP addresses or ranges such as `10.1.0.0/16`, separated by commas."),
    RATE_LIMITS("on", "`off` turns off all rate limits, for tests and benchmarks only. The log notes it."),
    CONNECTIONS_PER_ADDRESS(
            "1000",
            "Maximum open connections per IP address (per /64 network for IPv6), 1 to 1000000. Trusted proxies have no limit."),
    SOCKETS_PER_USER("50", "Maximum open WebSockets per user, 1 to 1000000."),
    REQUEST_TIME(
            "30",
            "Seconds a request may take to arrive, 1 to 3600, before its connection is closed. A body may take longer if it arrives at 8 KB per second or more."),
    IDLE_TIME("75", "Seconds an idle connection stays open, 1 to 3600."),
    MAX_BODY("1048576", "Maximum request body in bytes, 1024 to 104857600. Larger requests get 413."),
    BODY_MEMORY(
            "",
            "Maximum megabytes of memory for the bodies of all requests together, 1 to 100000. Further bodies get 503. Leave empty for an eighth of the JVM's heap (`-Xmx`)."),
    UPLOADS(
            "1024",
            "Maximum megabytes on disk for all uploads in progress together, 1 to 1000000. Further uploads get 503."),
    ATTACHMENT_SIZE("10", "Maximum megabytes per file in a conversation, 1 to 1000."),
    WORKSPACE_STORAGE("1024", "Maximum megabytes of files per workspace, 0 (none) to 100000000."),
    PAGE_CACHE("64", "Maximum megabytes of cached public pages, 0 (no cache) to 4096."),
    LOOKUP_CACHE(
            "256",
            "Maximum megabytes of cached workspace lookups, 0 (no cache) to 4096. Uses about 125 bytes per workspace looked up."),
    SHORT_LINK_CACHE(
            "256",
            "Maximum megabytes of cached short links, 0 (no cache) to 4096. Uses about 80 bytes per short link opened, more where targets differ much."),
    GEOIP_FILE(
            "",
            "Country database in MaxMind's format (`GeoLite2-Country.mmdb`), read at the start. Leave empty to go without countries."),
    HASH_THREADS("", "Passwords to hash at the same time, 1 to 64. Leave empty for one per processor."),
    HASH_QUEUE("64", "Maximum logins waiting to be checked, 1 to 10000. Further logins get 503."),
    METRICS_TOKEN(
            "",
            "Bearer token for `/metrics`. Leave empty to allow this machine only, and only while `BANYAN_BASE_URL` is not a public address.",
            true),
    CONSOLE(
            "local",
            "Where `./banyan console` can connect from: `local` (this machine) or `anywhere` (with the token)."),
    DNS(
            "",
            "DNS server that proofs of custom domains are looked up at, as `host:port`. Leave empty for the one that this machine uses."),
    OUTBOUND_ALLOW(
            "",
            "Private IP addresses or ranges this server may call, such as a language model in your network: `192.168.1.20, 10.1.0.0/16`, separated by commas. Webhooks, gateways and other servers at any other private address are refused when they are entered."),
    CREDENTIALS_KEY(
            "",
            "Key that encrypts stored secrets: 32 bytes in base64, as from `openssl rand -base64 32`. Leave empty to use `credentials.key` in the data folder, created when first needed. All nodes need the same key.",
            true),
    SMTP_HOST(
            "",
            "Mail server (SMTP). If empty, the one that an operator enters under `/operator/mail/server`; without any,"
                    + " emails go to `outbox/` in the data folder."),
    SMTP_PORT("587", "Port of the mail server, 1 to 65535."),
    SMTP_USERNAME("", "Username for the mail server. Leave empty to connect without signing in."),
    SMTP_PASSWORD("", "Password for the mail server.", true),
    MAIL_FROM("banyan@localhost", "Sender address of emails."),
    CONTACT(
            "",
            "Who people ask for a larger plan: an email address or an `https://` URL, shown on the plan page. Leave empty to show none."),
    SECURITY_CONTACT(
            "",
            "Contact for security reports, shown at `/.well-known/security.txt`: an email address or an `https://` URL. Leave empty to go without this file.");

    public final String fallback;
    public final String meaning;
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
    @Override
    public String key() {
        return this == FEATURES_SUB_ACCOUNTS
                ? "features.subAccounts"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the environment variable, such as `BANYAN_BASE_URL`.
    public String variable() {
        return "BANYAN_" + name();
    }

    public boolean isSecret() {
        return secret;
    }
}
