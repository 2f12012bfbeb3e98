package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.sso.SsoRules.Wish;
import jakarta.inject.Singleton;

/// Reads and tests settings of single sign-on, alike for accounts and workspaces.
@Singleton
public record ProviderSetup(ProviderTests tests, SamlDocuments saml, RateLimits limits) {

    /// Whose settings they are.
    ///
    /// @param key under which requests to providers are counted
    /// @param redirect the address that an OpenID provider must know
    /// @param others returns what is wrong if a field was sent that this owner doesn’t have
    /// @param stored the settings until now
    /// @param secret opens the secret that is stored
    public record Place(
            String key,
            URI redirect,
            SsoRules.Roles roles,
            Function<SsoBody, Optional<Invalid>> others,
            Optional<? extends StoredProvider> stored,
            ProviderTests.Kept secret) {

        private Optional<SsoProvider> before() {
            return stored.map(StoredProvider::provider);
        }
    }

    /// Checks settings before they are saved. Slow: it may call the provider.
    public Outcome<Wish> read(Place place, SsoBody body) {
        return (body.metadataUrl().isPresent() ? limited(place) : Outcome.done(place))
                .then(_ -> rules(place, body))
                .then(wish -> SsoRules.refused(wish, place.before(), saml)
                        .<Outcome<Wish>>map(Outcome::rejected)
                        .orElseGet(() -> Outcome.done(wish)));
    }

    /// Limits how often providers are asked.
    private Outcome<Place> limited(Place place) {
        return limits.take(RateLimit.SSO_TESTS_BY_WORKSPACE, place.key())
                .map(wait -> Outcome.<Place>refused(new Refusal.TooMany(wait)))
                .orElseGet(() -> Outcome.done(place));
    }

    private Outcome<Wish> rules(Place place, SsoBody body) {
        Optional<Invalid> others = place.others().apply(body);
        if (others.isPresent()) {
            return Outcome.rejected(others.get());
        }
        return switch (SsoRules.read(body, place.roles(), place.before(), saml)) {
            case SsoRules.Read.Rejected(List<Invalid> invalid) -> Outcome.rejected(invalid);
            case SsoRules.Read.Valid(Wish wish) -> Outcome.done(wish);
        };
    }

    /// Returns which secret has to be entered; empty if it was, or the stored one may be used.
    public static Optional<Invalid> missingSecret(Optional<? extends StoredProvider> stored, Wish wish) {
        return SsoProvider.missingSecret(
                stored.filter(old -> old.sealedSecret().isPresent()).map(StoredProvider::provider),
                wish.settings().provider(),
                wish.secret());
    }

    /// Asks the provider of a request, or the one that is stored.
    ///
    /// @param body empty: what is stored
    public Outcome<ProviderTests.Result> test(Place place, Optional<SsoBody> body) {
        return limited(place).then(_ -> {
            if (body.isEmpty()) {
                return place.before()
                        .map(provider -> Outcome.done(tests.run(provider, place.secret(), place.redirect())))
                        .orElseGet(() -> Outcome.rejected(
                                new Invalid("kind", "Single sign-on isn’t set up. Send the settings to test")));
            }
            return rules(place, body.get())
                    .then(wish -> missingSecret(place.stored(), wish)
                            .<Outcome<ProviderTests.Result>>map(Outcome::rejected)
                            .orElseGet(() -> Outcome.done(
                                    tests.run(wish.settings().provider(), secret(place, wish), place.redirect()))));
        });
    }

    /// Returns the secret that was typed, or the one that is stored for the same provider.
    private static ProviderTests.Kept secret(Place place, Wish wish) {
        boolean isKept = wish.secret().isEmpty()
                && place.before()
                        .filter(wish.settings().provider()::sharesSecretWith)
                        .isPresent();
        return isKept ? place.secret() : wish::secret;
    }
}
