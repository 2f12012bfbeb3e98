package dev.banyan.platform.secrets;

import module java.base;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Seals secrets that are sent to servers outside, together with the origin that each was entered for. It opens for
/// that origin only: an address that was changed, in whichever way, gets nothing (docs/decisions/0077).
@Singleton
public final class SentSecrets {

    /// Said where a secret is needed and doesn't open.
    public static final String ENTER_AGAIN =
            "The stored secret was entered for another address, or can’t be opened on this server. Enter it again.";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final SealedSecrets secrets;
    private final Map<SentSecret, Counter> refused = new EnumMap<>(SentSecret.class);

    SentSecrets(SealedSecrets secrets, MeterRegistry registry) {
        this.secrets = secrets;
        Arrays.stream(SentSecret.values())
                .forEach(kind -> refused.put(
                        kind,
                        Counter.builder("banyan.secrets.refused")
                                .description("Stored secrets that were not sent, because they were entered for"
                                        + " another address")
                                .tag("kind", kind.key())
                                .register(registry)));
    }

    /// Returns scheme, host and port of an address, the usual port included.
    public static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? HTTPS : HTTP;
        int port = address.getPort() < 0 ? usual : address.getPort();
        return scheme + "://" + host + (port == usual ? "" : ":" + port);
    }

    /// @param purpose whose secret it is, such as a workspace
    /// @param origin where it may be sent: one line
    public String seal(SentSecret kind, String secret, String purpose, String origin) {
        return secrets.seal(SealedSecrets.SENT, oneLine(origin) + "\n" + secret, purpose(kind, purpose));
    }

    /// Opens a secret just before it is sent. One that was entered for another origin is counted and logged.
    public Optional<String> open(SentSecret kind, String sealed, String purpose, String origin) {
        return switch (secrets.open(SealedSecrets.SENT, sealed, purpose(kind, purpose))) {
            case SealedSecrets.Opened.Done(String text) -> {
                int end = text.indexOf('\n');
                String known = text.substring(0, end);
                if (known.equals(oneLine(origin))) {
                    yield Optional.of(text.substring(end + 1));
                }
                yield refused(kind, purpose, "it was entered for " + known + ", not for " + origin);
            }
            case SealedSecrets.Opened.Broken _ ->
                refused(kind, purpose, "it was sealed for something else, or changed");
            case SealedSecrets.Opened.NoKey(String key) -> {
                Log.warnf("A secret (%s) of %s can't be opened: its key %s is missing", kind.key(), purpose, key);
                yield Optional.empty();
            }
        };
    }

    private Optional<String> refused(SentSecret kind, String purpose, String why) {
        Objects.requireNonNull(refused.get(kind)).increment();
        Log.warnf("A secret (%s) of %s was not used: %s", kind.key(), purpose, why);
        return Optional.empty();
    }

    /// Seals a secret for its origin that was sealed before origins were kept.
    ///
    /// @return empty if it isn't one, or can't be opened
    Optional<String> bind(SentSecret kind, String sealed, String former, String purpose, String origin) {
        return secrets.open(sealed, former) instanceof SealedSecrets.Opened.Done(String secret)
                ? Optional.of(seal(kind, secret, purpose, origin))
                : Optional.empty();
    }

    private static String purpose(SentSecret kind, String purpose) {
        return "sent " + kind.key() + " " + purpose;
    }

    private static String oneLine(String origin) {
        return origin.replace('\n', ' ');
    }
}
