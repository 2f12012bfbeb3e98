package dev.banyan.platform.sso;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import jakarta.inject.Singleton;

/// What providers publish about themselves: their addresses and their keys. Kept for ten minutes; a key that isn’t
/// among those that are kept is looked for again, but not more often than every ten seconds for each provider.
@Singleton
public final class OidcDocuments {

    static final Duration KEPT = Duration.ofMinutes(10);
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int PROVIDERS = 1_000;
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> ADDRESSES = Set.of(
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "userinfo_endpoint",
            "end_session_endpoint");
    private static final String METHODS = "token_endpoint_auth_methods_supported";
    /// The parts of a key with which a signature is checked. Its certificate isn’t needed.
    private static final Set<String> KEY = Set.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y");

    private record Metadata(OIDCProviderMetadata value, Instant readAt) {}

    /// @param lookedAgainAt when an unknown key made us read them
    private record Keys(JWKSet value, Instant readAt, Instant lookedAgainAt) {}

    private final ProviderHttp http;
    private final Clock clock;
    private final Cache<String, Metadata> metadata =
            Caffeine.newBuilder().maximumSize(PROVIDERS).build();
    private final Cache<URI, Keys> keys =
            Caffeine.newBuilder().maximumSize(PROVIDERS).build();

    OidcDocuments(ProviderHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /// Whether tokens may be sent there: encrypted, or on this very machine.
    public static boolean isSafe(URI address) {
        return Optional.ofNullable(address.getHost())
                .filter(host -> "https".equalsIgnoreCase(address.getScheme())
                        || "http".equalsIgnoreCase(address.getScheme())
                                && THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /// Returns a provider’s addresses.
    OIDCProviderMetadata metadata(String issuer) throws ProviderTrouble {
        Metadata kept = metadata.getIfPresent(issuer);
        return kept != null && isFresh(kept.readAt()) ? kept.value() : read(issuer);
    }

    /// Reads them again, for a test.
    OIDCProviderMetadata read(String issuer) throws ProviderTrouble {
        String what = "The discovery document";
        URI address = URI.create(issuer.replaceFirst("/$", "") + WELL_KNOWN);
        if (PublicIssuers.isOfManyTenants(issuer)) {
            throw new ProviderTrouble(
                    Kind.SETUP,
                    "Microsoft answers for many organizations there. Enter the issuer of your own, which has its tenant "
                            + "ID, such as https://login.microsoftonline.com/72f988bf-…/v2.0.");
        }
        OIDCProviderMetadata found;
        try {
            found = OIDCProviderMetadata.parse(addresses(http.read(address, what)));
        } catch (ParseException | java.text.ParseException failure) {
            throw ProviderHttp.malformed(what, failure);
        }
        if (!found.getIssuer().getValue().equals(issuer)) {
            throw new ProviderTrouble(
                    Kind.SETUP, what + " is of the issuer “" + found.getIssuer() + "”. Enter exactly that address.");
        }
        if (Stream.of(found.getAuthorizationEndpointURI(), found.getTokenEndpointURI(), found.getJWKSetURI())
                .anyMatch(uri -> uri == null || !isSafe(uri))) {
            throw new ProviderTrouble(Kind.SETUP, what + " names no https addresses for signing in, tokens and keys.");
        }
        if (Stream.of(found.getUserInfoEndpointURI(), found.getEndSessionEndpointURI())
                .anyMatch(uri -> uri != null && !isSafe(uri))) {
            throw new ProviderTrouble(Kind.SETUP, what + " names an address that isn’t https.");
        }
        metadata.put(issuer, new Metadata(found, clock.instant()));
        return found;
    }

    /// Returns what is needed of a discovery document.
    private static String addresses(String json) throws java.text.ParseException {
        Map<String, Object> all = JSONObjectUtils.parse(json);
        Map<String, Object> needed = texts(all, ADDRESSES);
        needed.put("subject_types_supported", List.of("public")); // it has to be there, and means nothing here
        if (all.get(METHODS) instanceof Collection<?> methods) {
            needed.put(
                    METHODS, methods.stream().filter(String.class::isInstance).toList());
        }
        return JSONObjectUtils.toJSONString(needed);
    }

    /// Returns the texts of these names. What isn’t needed of an answer can’t make it unreadable.
    static Map<String, Object> texts(Map<?, ?> all, Set<String> names) {
        var found = new LinkedHashMap<String, Object>();
        for (String name : names) {
            if (all.get(name) instanceof String text && !text.isBlank()) {
                found.put(name, text);
            }
        }
        return found;
    }

    /// Returns the keys that match, such as the one with the id that a token names.
    List<JWK> keys(OIDCProviderMetadata provider, JWKSelector wanted) throws ProviderTrouble {
        URI address = provider.getJWKSetURI();
        Keys kept = keys.getIfPresent(address);
        if (kept == null || !isFresh(kept.readAt())) {
            return wanted.select(readKeys(provider, kept == null ? Instant.EPOCH : kept.lookedAgainAt())
                    .value());
        }
        List<JWK> found = wanted.select(kept.value());
        return found.isEmpty() && readKeysAgain(provider) ? keys(provider, wanted) : found;
    }

    /// Reads the keys after none of them would do, unless that was tried a moment ago.
    ///
    /// @return whether they were read
    boolean readKeysAgain(OIDCProviderMetadata provider) throws ProviderTrouble {
        Instant now = clock.instant();
        var isRead = new AtomicBoolean();
        keys.asMap().computeIfPresent(provider.getJWKSetURI(), (_, kept) -> {
            boolean isLong = kept.lookedAgainAt().plus(BETWEEN_LOOKS).isBefore(now);
            isRead.set(isLong);
            return isLong ? new Keys(kept.value(), kept.readAt(), now) : kept;
        });
        if (isRead.get()) {
            readKeys(provider, now);
        }
        return isRead.get();
    }

    /// Reads the keys, for a test.
    JWKSet readKeys(OIDCProviderMetadata provider) throws ProviderTrouble {
        return readKeys(provider, Instant.EPOCH).value();
    }

    private Keys readKeys(OIDCProviderMetadata provider, Instant lookedAgainAt) throws ProviderTrouble {
        String what = "The provider’s key set";
        URI address = provider.getJWKSetURI();
        try {
            var read = new Keys(readable(http.read(address, what)), clock.instant(), lookedAgainAt);
            keys.put(address, read);
            return read;
        } catch (java.text.ParseException failure) {
            throw new ProviderTrouble(Kind.SETUP, what + " isn’t what OpenID Connect expects.", failure);
        }
    }

    /// Leaves out keys that can’t be read, such as those of a kind that isn’t known here.
    private static JWKSet readable(String json) throws java.text.ParseException {
        List<?> all = JSONObjectUtils.getJSONArray(JSONObjectUtils.parse(json), "keys");
        return new JWKSet(Optional.<List<?>>ofNullable(all).orElse(List.of()).stream()
                .flatMap(key -> key instanceof Map<?, ?> object ? key(object).stream() : Stream.empty())
                .toList());
    }

    private static Optional<JWK> key(Map<?, ?> object) {
        try {
            return Optional.of(JWK.parse(texts(object, KEY)));
        } catch (java.text.ParseException | IllegalArgumentException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private boolean isFresh(Instant readAt) {
        return readAt.plus(KEPT).isAfter(clock.instant());
    }
}
