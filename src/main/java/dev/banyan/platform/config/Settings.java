package dev.banyan.platform.config;

import module java.base;
import dev.banyan.platform.AddressRange;
import dev.banyan.platform.Limit;
import dev.banyan.platform.Parse;

/// All settings, validated. [Setting] explains each.
///
/// @param port 0 means "any free port"
/// @param attachmentMegabytes of one file; `storageMegabytes` of all files of a workspace
/// @param baseUrl without a slash at its end
/// @param otherHosts at which our own pages open too
/// @param messageWaitMinutes how long a message waits for its number
/// @param databaseReadUrl of a replica, with user and password
/// @param cluster whether other servers work on the same database
/// @param clusterHost what this server is called among them
/// @param files the bucket that keeps files, instead of the data folder
/// @param dns the server that proofs of domains are looked up at; empty: the machine’s own
/// @param connectsPerSecond how many numbers reconnect per second after a start, or when another server has stopped
/// @param hiddenAreas left out of the navigation of accounts that chose nothing
/// @param maxSubClients workspaces of a tenant that has no limit of its own
/// @param sources what they were read from
public record Settings(
        String host,
        int port,
        Path data,
        Optional<String> databaseUrl,
        Optional<String> databaseReadUrl,
        boolean cluster,
        String clusterHost,
        Optional<S3Bucket> files,
        int databaseConnections,
        boolean backupBeforeUpgrade,
        String baseUrl,
        Set<String> otherHosts,
        Registration registration,
        boolean operatorsNeedSecondFactor,
        SupportAccess support,
        Limit maxSubClients,
        int messageWaitMinutes,
        int connectsPerSecond,
        Set<Area> hiddenAreas,
        PlanSettings plans,
        List<AddressRange> trustedProxies,
        boolean rateLimited,
        Map<RateLimit, RateLimit.Rate> rates,
        EdgeSettings edge,
        int maxBodyBytes,
        int attachmentMegabytes,
        int storageMegabytes,
        int pageCacheMegabytes,
        int lookupCacheMegabytes,
        int shortLinkCacheMegabytes,
        Optional<Path> geoipFile,
        int hashThreads,
        int hashQueue,
        Optional<String> metricsToken,
        ConsoleAccess console,
        Optional<InetSocketAddress> dns,
        List<AddressRange> outboundAllow,
        Optional<String> credentialsKey,
        Optional<Smtp> smtp,
        String mailFrom,
        Optional<URI> contact,
        Optional<URI> securityContact,
        SettingSources sources) {

    private static final long MEGABYTE = 1_024 * 1_024;

    /// Who may register.
    public enum Registration {
        OPEN,
        INVITE,
        CLOSED
    }

    /// When operators may act for an account.
    public enum SupportAccess {
        CONSENT,
        BREAK_GLASS
    }

    /// Where a console may connect from; it needs the token in any case.
    public enum ConsoleAccess {
        LOCAL,
        ANYWHERE
    }

    /// How to reach the mail server.
    public record Smtp(String host, int port, Optional<String> username, Optional<String> password) {}

    private enum Demand {
        OFF,
        REQUIRED
    }

    private enum Switch {
        ON,
        OFF
    }

    /// @throws InvalidSetting with one line that names the first invalid setting
    public static Settings from(Map<String, String> environment, Properties system) {
        var sources = new SettingSources(environment, system);
        return from(sources, sources.number(Setting.PORT, 0, 65_535));
    }

    private static Settings from(SettingSources sources, int port) {
        String host = sources.text(Setting.HOST);
        return new Settings(
                host,
                port,
                Path.of(sources.text(Setting.DATA)).toAbsolutePath().normalize(),
                databaseUrl(sources),
                databaseReadUrl(sources),
                cluster(sources),
                Optional.of(sources.text(Setting.CLUSTER_HOST))
                        .filter(name -> !name.isBlank())
                        .orElse(host + ":" + port),
                S3Bucket.from(sources),
                sources.number(Setting.DATABASE_CONNECTIONS, 2, 200),
                sources.choice(Setting.BACKUP_BEFORE_UPGRADE, Switch.class) == Switch.ON,
                baseUrl(sources).orElse("http://" + nameOf(host) + ":" + port),
                otherHosts(sources),
                sources.choice(Setting.REGISTRATION, Registration.class),
                sources.choice(Setting.OPERATORS_SECOND_FACTOR, Demand.class) == Demand.REQUIRED,
                sources.choice(Setting.SUPPORT, SupportAccess.class),
                new Limit(sources.number(Setting.MAX_SUB_CLIENTS, -1, 1_000_000_000)),
                sources.number(Setting.MESSAGE_WAIT, 1, 43_200),
                sources.number(Setting.CONNECTS, 1, 100_000),
                hiddenAreas(sources),
                PlanSettings.from(sources),
                ranges(sources, Setting.TRUSTED_PROXIES),
                sources.choice(Setting.RATE_LIMITS, Switch.class) == Switch.ON,
                rates(sources),
                EdgeSettings.from(sources),
                sources.number(Setting.MAX_BODY, 1_024, 100 * 1_024 * 1_024),
                sources.number(Setting.ATTACHMENT_SIZE, 1, 1_000),
                sources.number(Setting.WORKSPACE_STORAGE, 0, 100_000_000),
                sources.number(Setting.PAGE_CACHE, 0, 4_096),
                sources.number(Setting.LOOKUP_CACHE, 0, 4_096),
                sources.number(Setting.SHORT_LINK_CACHE, 0, 4_096),
                sources.file(Setting.GEOIP_FILE),
                sources.optional(Setting.HASH_THREADS).isPresent()
                        ? sources.number(Setting.HASH_THREADS, 1, 64)
                        : Runtime.getRuntime().availableProcessors(),
                sources.number(Setting.HASH_QUEUE, 1, 10_000),
                sources.optional(Setting.METRICS_TOKEN),
                sources.choice(Setting.CONSOLE, ConsoleAccess.class),
                dns(sources),
                ranges(sources, Setting.OUTBOUND_ALLOW),
                credentialsKey(sources),
                sources.optional(Setting.SMTP_HOST)
                        .map(smtpHost -> new Smtp(
                                smtpHost,
                                sources.number(Setting.SMTP_PORT, 1, 65_535),
                                sources.optional(Setting.SMTP_USERNAME),
                                sources.optional(Setting.SMTP_PASSWORD))),
                mailFrom(sources),
                contact(sources, Setting.CONTACT, "help@example.com", "https://example.com/help"),
                contact(sources, Setting.SECURITY_CONTACT, "security@example.com", "https://example.com/security"),
                sources);
    }

    /// Returns the same settings with the port that was free when any port was requested.
    public Settings listeningOn(int port) {
        return from(sources, port);
    }

    /// Returns a sentence for each name in the environment or the file that no setting has.
    public List<String> unknown() {
        return sources.unknown();
    }

    public RateLimit.Rate rate(RateLimit limit) {
        return rates.getOrDefault(limit, limit.fallback);
    }

    /// Returns the maximum size of one file in a conversation.
    public long attachmentBytes() {
        return attachmentMegabytes * MEGABYTE;
    }

    /// Returns the maximum total size of the files of one workspace.
    public long storageBytes() {
        return storageMegabytes * MEGABYTE;
    }

    /// Returns the maximum body of a request that brings a file, including the form around it.
    public long uploadBytes() {
        return attachmentBytes() + MEGABYTE;
    }

    /// @param address as a connection or a proxy tells it; false for anything else
    public boolean isProxy(String address) {
        return !trustedProxies.isEmpty()
                && Parse.of(address, InetAddress::ofLiteral)
                        .filter(one -> trustedProxies.stream().anyMatch(range -> range.contains(one)))
                        .isPresent();
    }

    /// Returns true if cookies may only travel encrypted.
    public boolean isHttps() {
        return baseUrl.startsWith("https://");
    }

    /// Returns whether the public address was set, so that it is known at which host our own pages are.
    public boolean hasBaseUrl() {
        return sources.optional(Setting.BASE_URL).isPresent();
    }

    /// Returns the address as displayed: `links.example.com` for `https://links.example.com`.
    public String publicHost() {
        return baseUrl.substring(baseUrl.indexOf("//") + 2);
    }

    /// Returns the address of another host of this server, without a trailing slash: reached as the public one is.
    public String at(String otherHost) {
        String host = publicHost();
        int port = host.lastIndexOf(':');
        String scheme = baseUrl.substring(0, baseUrl.indexOf("//") + 2);
        return scheme + otherHost + (port > host.lastIndexOf(']') ? host.substring(port) : "");
    }

    public Path runFolder() {
        return data.resolve("run");
    }

    /// Makes a file for what is on its way in or out of the server. Whoever asks for it removes it; a start empties the
    /// folder.
    public Path temporaryFile(String prefix, String suffix) throws IOException {
        return Files.createTempFile(temporaryFolder(), prefix, suffix);
    }

    /// Returns the folder of such files, which exists.
    public Path temporaryFolder() throws IOException {
        return Files.createDirectories(runFolder().resolve("moves"));
    }

    /// Returns what people on this machine type to reach `host`.
    private static String nameOf(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static Optional<String> databaseUrl(SettingSources sources) {
        return postgres(sources, Setting.DATABASE_URL, "be empty for SQLite");
    }

    private static Optional<String> databaseReadUrl(SettingSources sources) {
        Optional<String> database = databaseUrl(sources);
        Optional<String> replica = postgres(sources, Setting.DATABASE_READ_URL, "be empty for no replica");
        if (replica.isPresent() && database.isEmpty()) {
            throw new InvalidSetting("BANYAN_DATABASE_READ_URL needs BANYAN_DATABASE_URL: SQLite has no replicas");
        }
        return replica.map(url -> withCredentials(url, database.orElseThrow()));
    }

    /// Adds the user and the password of another URL, where `url` has no user of its own.
    private static String withCredentials(String url, String other) {
        if (url.matches(".*[?&]user=.*")) {
            return url;
        }
        String credentials = Arrays.stream(
                        other.substring(other.indexOf('?') + 1).split("&"))
                .filter(parameter -> parameter.matches("(user|password)=.*"))
                .filter(parameter -> !parameter.startsWith("password=") || !url.matches(".*[?&]password=.*"))
                .collect(Collectors.joining("&"));
        return credentials.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + credentials;
    }

    private static Optional<String> postgres(SettingSources sources, Setting setting, String otherwise) {
        Optional<String> url = sources.optional(setting)
                .map(given -> given.startsWith("postgres") ? "jdbc:" + given : given)
                .map(given -> given.replaceFirst("^jdbc:postgres://", "jdbc:postgresql://"));
        if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
            throw new InvalidSetting(setting.variable() + " must begin with jdbc:postgresql:// (or " + otherwise + ")");
        }
        return url;
    }

    private static boolean cluster(SettingSources sources) {
        boolean isOn = sources.choice(Setting.CLUSTER, Switch.class) == Switch.ON;
        if (isOn && databaseUrl(sources).isEmpty()) {
            throw new InvalidSetting(
                    "BANYAN_CLUSTER=on needs BANYAN_DATABASE_URL: servers share a PostgreSQL database");
        }
        return isOn;
    }

    private static Optional<String> baseUrl(SettingSources sources) {
        return sources.optional(Setting.BASE_URL)
                .map(text -> Parse.of(text, URI::create)
                        .filter(uri -> uri.getHost() != null
                                && Set.of("http", "https").contains(String.valueOf(uri.getScheme())))
                        .map(_ -> text.replaceFirst("/+$", ""))
                        .orElseThrow(() -> new InvalidSetting(
                                "BANYAN_BASE_URL must be an http or https address, not “" + text + "”")));
    }

    private static Set<String> otherHosts(SettingSources sources) {
        return Arrays.stream(sources.text(Setting.OTHER_HOSTS).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> Optional.of(name.toLowerCase(Locale.ROOT))
                        .filter(host -> host.matches("[a-z0-9_.-]{1,253}"))
                        .orElseThrow(() -> new InvalidSetting(
                                "BANYAN_OTHER_HOSTS must be host names such as banyan.internal separated by commas,"
                                        + " without ports, not “" + name + "”")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Accepts a mail address as typed, or an HTTPS page (RFC 9116 allows nothing else).
    private static Optional<URI> contact(SettingSources sources, Setting setting, String address, String page) {
        return sources.optional(setting).map(text -> {
            try {
                URI uri = isMailAddress(text) ? new URI("mailto", text, null) : new URI(text);
                if (uri.getHost() != null ? "https".equals(uri.getScheme()) : isMailAddress(text)) {
                    return uri;
                }
            } catch (URISyntaxException _) {
                // Falls through to the common message.
            }
            throw new InvalidSetting(
                    setting.variable() + " must look like " + address + " or " + page + ", not “" + text + "”");
        });
    }

    private static boolean isMailAddress(String text) {
        return text.matches("[^\\s@<>]+@[^\\s@<>]+") && !text.contains(":");
    }

    private static String mailFrom(SettingSources sources) {
        String address = sources.text(Setting.MAIL_FROM);
        if (!address.matches("[^\\s@<>]+@[^\\s@<>]+")) {
            throw new InvalidSetting("BANYAN_MAIL_FROM must look like name@example.com, not “" + address + "”");
        }
        return address;
    }

    private static Set<Area> hiddenAreas(SettingSources sources) {
        return Arrays.stream(sources.text(Setting.HIDDEN_AREAS).split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(key -> Area.of(key)
                        .orElseThrow(() ->
                                new InvalidSetting("BANYAN_HIDDEN_AREAS must be areas such as short-links, numbers"
                                        + " separated by commas, not “" + key + "”")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<InetSocketAddress> dns(SettingSources sources) {
        return sources.optional(Setting.DNS).map(text -> {
            try {
                URI uri = new URI("dns://" + text);
                if (uri.getHost() != null
                        && uri.getPort() > 0
                        && uri.getPort() <= 65_535
                        && uri.getPath().isEmpty()) {
                    return new InetSocketAddress(uri.getHost(), uri.getPort());
                }
            } catch (URISyntaxException _) {
                // Falls through to the common message.
            }
            throw new InvalidSetting("BANYAN_DNS must look like 127.0.0.1:53, not “" + text + "”");
        });
    }

    private static List<AddressRange> ranges(SettingSources sources, Setting setting) {
        return Arrays.stream(sources.text(setting).split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(range -> AddressRange.parse(range)
                        .orElseThrow(
                                () -> new InvalidSetting(setting.variable() + " must be IP addresses or ranges such as"
                                        + " 10.1.0.0/16 separated by commas, not “" + range + "”")))
                .toList();
    }

    /// Reads one key per line; the first one seals.
    private static Optional<String> credentialsKey(SettingSources sources) {
        Optional<String> keys = sources.optional(Setting.CREDENTIALS_KEY);
        if (keys.isPresent() && !keys.get().lines().allMatch(Settings::isKey)) {
            throw new InvalidSetting(
                    "BANYAN_CREDENTIALS_KEY must be 32 bytes in base64, as openssl rand -base64 32 writes them");
        }
        return keys;
    }

    private static boolean isKey(String line) {
        return Parse.of(line.strip(), Base64.getDecoder()::decode)
                .filter(key -> key.length == 32)
                .isPresent();
    }

    private static Map<RateLimit, RateLimit.Rate> rates(SettingSources sources) {
        var rates = new EnumMap<RateLimit, RateLimit.Rate>(RateLimit.class);
        for (RateLimit limit : RateLimit.values()) {
            rates.put(
                    limit,
                    sources.byKey(limit.key(), limit.variable())
                            .map(text -> RateLimit.Rate.parse(limit.variable(), text))
                            .orElse(limit.fallback));
        }
        return Map.copyOf(rates);
    }

    /// Settings for tests: a folder of their own, any port, no rate limits.
    public static Settings forTests(Path data) {
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        system.setProperty("banyan.port", "0");
        system.setProperty("banyan.rate-limits", "off");
        return from(Map.of(), system);
    }
}
