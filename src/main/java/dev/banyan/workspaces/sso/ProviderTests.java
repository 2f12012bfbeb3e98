package dev.banyan.workspaces.sso;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.sso.SsoSettings.Stored;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks a provider whether it would do, step by step, and says what is wrong in plain words.
@Singleton
final class ProviderTests {

    /// @param text what was found, or what is wrong, as a whole sentence
    record Step(String name, boolean ok, String text) {}

    record Result(boolean ok, List<Step> steps) {}

    private final OidcDocuments documents;
    private final OutboundHttp outbound;
    private final SsoSecrets secrets;

    ProviderTests(OidcDocuments documents, OutboundHttp outbound, SsoSecrets secrets) {
        this.documents = documents;
        this.outbound = outbound;
        this.secrets = secrets;
    }

    /// @param typed a secret that isn’t stored
    Result run(Workspace workspace, Optional<Stored> stored, SsoProvider provider, Optional<String> typed) {
        var steps = new ArrayList<Step>();
        String name = "settings";
        try {
            switch (provider) {
                case SsoProvider.Oidc oidc -> {
                    name = "discovery";
                    OIDCProviderMetadata found = documents.read(oidc.issuer());
                    steps.add(new Step(name, true, "The provider’s addresses were found."));
                    name = "keys";
                    JWKSet keys = documents.readKeys(found);
                    boolean signs = keys.getKeys().stream().anyMatch(key -> key.toPublicJWK() != null);
                    steps.add(new Step(
                            name,
                            signs,
                            signs ? "The provider’s keys were found." : "The provider publishes no keys."));
                    steps.add(new Step(
                            "logout",
                            true,
                            found.getEndSessionEndpointURI() == null
                                    ? "Signing out here doesn’t sign out at the provider: it has no address for it."
                                    : "Signing out here signs out at the provider, too."));
                }
                case SsoProvider.Ldap ldap -> {
                    name = "bind";
                    Optional<String> secret = typed.isPresent() ? typed : kept(workspace, stored, provider);
                    try (var directory = LdapDirectory.open(outbound, ldap, secret)) {
                        steps.add(new Step(name, true, "The directory accepts the account that searches."));
                        name = "search";
                        directory.find("banyan-test");
                        steps.add(new Step(name, true, "The directory can be searched."));
                    }
                }
            }
        } catch (ProviderTrouble trouble) {
            steps.add(new Step(name, false, trouble.sentence()));
        }
        return new Result(steps.stream().allMatch(Step::ok), List.copyOf(steps));
    }

    private Optional<String> kept(Workspace workspace, Optional<Stored> stored, SsoProvider provider)
            throws ProviderTrouble {
        Optional<Stored> same =
                stored.filter(found -> found.settings().provider().sharesSecretWith(provider));
        return same.isPresent() ? secrets.open(workspace, same.get()) : Optional.empty();
    }
}
