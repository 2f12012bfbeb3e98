package dev.banyan.commands;

import module java.base;
import dev.banyan.accounts.operator.OperatorSecurity;
import dev.banyan.accounts.signin.SamplePeople;
import dev.banyan.platform.AddressRange;
import dev.banyan.platform.OwnCommand;
import dev.banyan.platform.Parse;
import dev.banyan.platform.backup.LastBackup;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.http.PublicAddresses;

/// Checks what is convenient on a laptop and dangerous on the internet. A server with a public base address fails on
/// it; for others it is a warning.
final class ExposureCheck {

    private static final Duration BACKUP_EVERY = Duration.ofDays(7);
    private static final int NAMED = 5;
    /// Names that are not found outside one's own network.
    private static final List<String> OF_A_NETWORK =
            List.of(".localhost", ".local", ".lan", ".internal", ".intranet", ".home.arpa");
    /// The smallest range that may be allowed at once: the largest private one of IPv4, and what a provider gets of
    /// IPv6.
    private static final int LEAST_BITS_OF_4 = 8;

    private static final int LEAST_BITS_OF_6 = 32;
    private static final AddressRange PRIVATE_OF_6 =
            AddressRange.parse("fc00::/7").orElseThrow();

    private final Settings settings;
    private final boolean isPublic;
    private final List<Finding> findings = new ArrayList<>();

    private ExposureCheck(Settings settings) {
        this.settings = settings;
        this.isPublic = isPublic(host(settings.baseUrl()));
    }

    static List<Finding> of(Settings settings) {
        var check = new ExposureCheck(settings);
        check.settings();
        if (check.findings.isEmpty()) {
            check.findings.add(Finding.good("No setting opens more than it has to"));
        }
        return check.findings;
    }

    /// Checks what the server stores.
    static List<Finding> of(Database database, Settings settings, Clock clock) {
        var check = new ExposureCheck(settings);
        check.samplePeople(database);
        check.operators(database);
        check.backup(database, clock.instant());
        return check.findings;
    }

    private void settings() {
        if (!settings.rateLimited()) {
            add("Rate limits are off, so passwords can be guessed at full speed; remove BANYAN_RATE_LIMITS=off");
        }
        List<String> wide = settings.outboundAllow().stream()
                .filter(ExposureCheck::isWide)
                .map(range -> range.first().getHostAddress() + "/" + range.bits())
                .toList();
        if (!wide.isEmpty()) {
            add("BANYAN_OUTBOUND_ALLOW lets people make this server call nearly everything in its network ("
                    + String.join(", ", wide) + "); name only the addresses that it needs");
        }
        boolean isOpen = !isLoopback(settings.host());
        if (!settings.isHttps() && (isPublic || isOpen)) {
            add((isPublic
                            ? "People sign in at " + settings.baseUrl() + ", which is not encrypted"
                            : "The server listens on " + settings.host() + " for other machines, not encrypted")
                    + "; put a proxy with TLS in front and set BANYAN_BASE_URL to its https:// address");
        }
        if (settings.isHttps() && settings.trustedProxies().isEmpty()) {
            findings.add(Finding.warning("Visitors come through a proxy that isn’t trusted, so all of them share one"
                    + " address and its limits; set BANYAN_TRUSTED_PROXIES to the proxy’s address or network"));
        }
        if (settings.console() == Settings.ConsoleAccess.ANYWHERE) {
            add("The console can be reached from other machines; set BANYAN_CONSOLE=local, and use ssh");
        }
    }

    private void samplePeople(Database database) {
        List<String> people = SamplePeople.keepingPasswords(database);
        if (!people.isEmpty()) {
            add("Passwords that the demo printed still work, for " + named(people)
                    + "; change them, and those of the sample workspaces, or start in a new folder");
        }
    }

    private void operators(Database database) {
        List<String> people = OperatorSecurity.withoutSecondFactor(database);
        if (!people.isEmpty()) {
            add("Operators without a second step or a passkey: " + named(people)
                    + "; let them add one under Security, and set BANYAN_OPERATORS_SECOND_FACTOR=required");
        }
    }

    /// Data begins with the first person; before that there is nothing to lose.
    private void backup(Database database, Instant now) {
        Optional<Instant> last = LastBackup.at(settings);
        boolean isDue = OperatorSecurity.firstPerson(database)
                .filter(first -> now.isAfter(last.orElse(first).plus(BACKUP_EVERY)))
                .isPresent();
        if (isDue) {
            add(last.map(at -> "The last backup is from " + LocalDate.ofInstant(at, ZoneOffset.UTC))
                            .orElse("There is no backup, more than a week after the first start")
                    + "; run " + OwnCommand.NAME + " backup FILE every night");
        }
    }

    private void add(String line) {
        findings.add(isPublic ? Finding.problem(line) : Finding.warning(line));
    }

    private static String named(List<String> people) {
        String names = String.join(", ", people.subList(0, Math.min(NAMED, people.size())));
        return people.size() > NAMED ? names + " and " + (people.size() - NAMED) + " more" : names;
    }

    private static boolean isWide(AddressRange range) {
        return range.first() instanceof Inet4Address
                ? range.bits() < LEAST_BITS_OF_4
                : range.bits() < PRIVATE_OF_6.bits()
                        || range.bits() < LEAST_BITS_OF_6 && !PRIVATE_OF_6.contains(range.first());
    }

    static String host(String baseUrl) {
        return Optional.ofNullable(URI.create(baseUrl).getHost())
                .orElse("")
                .replaceAll("^\\[|]$", "")
                .toLowerCase(Locale.ROOT);
    }

    static boolean isLoopback(String host) {
        return address(host)
                .map(InetAddress::isLoopbackAddress)
                .orElseGet(() -> host.equals("localhost") || host.endsWith(".localhost"));
    }

    /// Returns true if the name or address is one that people outside one's own network could use.
    private static boolean isPublic(String host) {
        return address(host)
                .map(PublicAddresses::isPublic)
                .orElseGet(() -> host.contains(".") && OF_A_NETWORK.stream().noneMatch(host::endsWith));
    }

    private static Optional<InetAddress> address(String host) {
        return Parse.of(host, InetAddress::ofLiteral);
    }
}
