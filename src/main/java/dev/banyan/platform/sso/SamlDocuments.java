package dev.banyan.platform.sso;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import jakarta.inject.Singleton;

/// The metadata that SAML providers publish, kept for ten minutes. A provider that changes its key names both for a
/// while; one that doesn’t is read again after a signature that no known key made, at most every ten seconds. What a
/// federation publishes is many times as long, and read a sixth as often.
@Singleton
public final class SamlDocuments {

    static final Duration KEPT = Duration.ofMinutes(10);
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int RARER_IF_LONG = 6;
    private static final int PROVIDERS = 1_000;
    private static final String WHAT = "The provider’s metadata";

    private record Kept(SamlMetadata.Found found, Instant readAt) {

        Instant until(Duration life) {
            return readAt.plus(found.isLong() ? life.multipliedBy(RARER_IF_LONG) : life);
        }
    }

    private final ProviderHttp http;
    private final SamlKeys keys;
    private final Clock clock;
    private final Cache<String, Kept> kept =
            Caffeine.newBuilder().maximumSize(PROVIDERS).build();

    SamlDocuments(ProviderHttp http, SamlKeys keys, Clock clock) {
        this.http = http;
        this.keys = keys;
        this.clock = clock;
    }

    /// @param us as the provider knows us
    SamlProvider provider(SsoProvider.Saml settings, SamlService us) {
        return new SamlProvider(this, keys, settings, us, clock);
    }

    /// Returns what is wrong with a host that this server does not call.
    Optional<Invalid> refused(String field, String host) {
        return http.refused(field, host);
    }

    /// Returns what a provider says about itself now. It can’t become another one.
    SamlMetadata metadata(SsoProvider.Saml provider) throws ProviderTrouble {
        return current(provider, KEPT);
    }

    /// Returns it after a signature that no known key made.
    SamlMetadata metadataAgain(SsoProvider.Saml provider) throws ProviderTrouble {
        return current(provider, BETWEEN_LOOKS);
    }

    private SamlMetadata current(SsoProvider.Saml provider, Duration oldest) throws ProviderTrouble {
        if (provider.metadataUrl().isEmpty()) {
            return provider.metadata();
        }
        String address = provider.metadataUrl().get();
        Optional<String> entity = Optional.of(provider.metadata().entityId());
        Kept found = kept.getIfPresent(key(address, entity));
        SamlMetadata metadata = found != null && found.until(oldest).isAfter(clock.instant())
                ? found.found().metadata()
                : read(address, entity);
        if (!metadata.entityId().equals(provider.metadata().entityId())) {
            throw new ProviderTrouble(
                    Kind.SETUP, WHAT + " are of another entity than before. Save the settings again.");
        }
        return metadata;
    }

    /// Reads metadata that were pasted.
    ///
    /// @param entity the one that is meant, if they describe several
    SamlMetadata parse(String xml, Optional<String> entity) throws ProviderTrouble {
        return SamlMetadata.parse(xml, entity, clock.instant());
    }

    private static String key(String address, Optional<String> entity) {
        return address + " " + entity.orElse("");
    }

    /// Reads metadata, for a test or for new settings.
    ///
    /// @param entity the one that is meant, if they describe several
    public SamlMetadata read(String address, Optional<String> entity) throws ProviderTrouble {
        SamlMetadata.Found found = http.stream(
                URI.create(address),
                "application/samlmetadata+xml, application/xml, text/xml",
                WHAT,
                body -> SamlMetadata.parse(body, entity, clock.instant()));
        SamlMetadata metadata = found.metadata();
        kept.put(key(address, Optional.of(metadata.entityId())), new Kept(found, clock.instant()));
        return metadata;
    }
}
