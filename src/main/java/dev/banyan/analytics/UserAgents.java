package dev.banyan.analytics;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.analytics.UserAgent.Device;
import dev.banyan.platform.PackedFile;
import jakarta.inject.Singleton;
import ua_parser.Client;
import ua_parser.Parser;

/// Parses user agents. A few different ones make up nearly all visits, so results are cached.
@Singleton
public final class UserAgents {

    private static final int KEPT = 10_000;
    /// Real user agents are shorter, and parsing time grows with the length.
    private static final int LONGEST = 512;
    private static final int LONGEST_NAME = 40;

    private static final String NOTHING = "Other";
    private static final Set<String> COMPUTERS =
            Set.of("Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS", "Fedora", "Debian", "FreeBSD");
    private static final Set<String> PHONES = Set.of("Android", "iOS", "Windows Phone", "KaiOS", "HarmonyOS");

    /// Programs that the list of patterns doesn't know.
    private static final List<String> MORE_PROGRAMS = List.of(
            "bot\\b",
            "^mozilla/\\d\\.0 \\(compatible; (?!msie|konqueror)",
            "^dalvik/",
            "cfnetwork/",
            "alamofire/",
            "^dart/",
            "powershell/",
            "^microsoft office/",
            "ms-office",
            "slurp",
            "facebookexternalhit",
            "monitor",
            "uptime",
            "lighthouse",
            "gtmetrix");

    /// Devices and apps of people that are called like programs; a program that plays a device says so next to it.
    private static final Pattern OF_PEOPLE = pattern("cubot|smart monitor|newsbreak|ocidwebview.*"
            + "|\\((?:linux; (?:u; )?andr[o0]id|linux; tizen|smart-tv|web0s)"
            + "(?![^()]*(?:google|compatible|http))[^()]*\\)");

    private static final Pattern PROGRAM = pattern(Stream.concat(
                    PackedFile.text(UserAgents.class, "crawlers.txt").lines().filter(line -> !line.startsWith("#")),
                    MORE_PROGRAMS.stream())
            .collect(Collectors.joining("|")));

    private final Cache<String, UserAgent> known =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /// Thousands of patterns, read while the rest of the server starts.
    private final CompletableFuture<Parser> parser = CompletableFuture.supplyAsync(
            Parser::new,
            reading -> Thread.ofPlatform().daemon().name("user-agents").start(reading));

    public UserAgent of(String userAgent) {
        String text = userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent;
        return text.isBlank() ? UserAgent.SILENT : known.get(text, this::read);
    }

    /// Returns whether the result is cached.
    boolean isKnown(String userAgent) {
        return userAgent.isBlank()
                || known.getIfPresent(userAgent.length() > LONGEST ? userAgent.substring(0, LONGEST) : userAgent)
                        != null;
    }

    private UserAgent read(String text) {
        Client client = parser.join().parse(text);
        boolean isBot = PROGRAM.matcher(OF_PEOPLE.matcher(text).replaceAll("")).find();
        return new UserAgent(isBot, device(client, text), name(client.userAgent.family), name(client.os.family));
    }

    private static Device device(Client client, String text) {
        String device = client.device.family.toLowerCase(Locale.ROOT);
        boolean isAndroid = client.os.family.equals("Android");
        if (device.contains("ipad") || device.contains("tablet") || device.contains("kindle")) {
            return Device.TABLET;
        }
        if (isAndroid && !text.contains("Mobile")) {
            return Device.TABLET;
        }
        if (PHONES.contains(client.os.family)) {
            return Device.PHONE;
        }
        return COMPUTERS.contains(client.os.family) ? Device.COMPUTER : Device.OTHER;
    }

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    private static String name(String family) {
        if (family.equals(NOTHING)) {
            return "";
        }
        return family.length() > LONGEST_NAME ? family.substring(0, LONGEST_NAME) : family;
    }
}
