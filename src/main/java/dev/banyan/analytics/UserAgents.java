package dev.banyan.analytics;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.analytics.UserAgent.Device;
import jakarta.inject.Singleton;
import ua_parser.Client;
import ua_parser.Parser;

/// Parses user agents. A few different ones make up nearly all visits, so results are cached.
@Singleton
public final class UserAgents {

    private static final int KEPT = 10_000;
    /// Real user agents are shorter, and parsing time grows with the length.
    private static final int LONGEST = 256;
    private static final int LONGEST_NAME = 40;

    private static final String NOTHING = "Other";
    private static final String BOT_DEVICE = "Spider";
    private static final Set<String> COMPUTERS =
            Set.of("Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS", "Fedora", "Debian", "FreeBSD");
    private static final Set<String> PHONES = Set.of("Android", "iOS", "Windows Phone", "KaiOS", "HarmonyOS");

    /// Bots that the list of patterns doesn't know, as they name themselves. Cubot is a maker of phones; WhatsApp's
    /// previews are fetched by the phone of the sender.
    private static final Pattern BOT = Pattern.compile(
            "(?<!cu)bot\\b|^whatsapp/|crawl|spider|slurp|preview|facebookexternalhit|monitor|uptime|headless|lighthouse",
            Pattern.CASE_INSENSITIVE);

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
        boolean isBot =
                client.device.family.equals(BOT_DEVICE) || BOT.matcher(text).find();
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

    private static String name(String family) {
        if (family.equals(NOTHING)) {
            return "";
        }
        return family.length() > LONGEST_NAME ? family.substring(0, LONGEST_NAME) : family;
    }
}
