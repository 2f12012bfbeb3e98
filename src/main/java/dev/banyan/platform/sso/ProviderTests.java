package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.web.json.ApiDescription;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Asks a provider whether it would do, step by step, and says what is wrong in plain words.
@Singleton
public record ProviderTests(OidcDocuments documents, ProviderHttp http, OutboundHttp outbound, SamlDocuments saml) {

    /// @param text what was found, or what is wrong, as a whole sentence
    @Schema(name = "SsoTestStep")
    public record Step(String name, boolean ok, String text) {}

    @Schema(name = "SsoTestResult", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "SsoTestEnvelope"))
    public record Result(boolean ok, List<Step> steps) {}

    /// Opens a secret that is stored.
    @FunctionalInterface
    public interface Kept {
        Optional<String> open() throws ProviderTrouble;
    }

    /// @param secret of the client, or of the account that searches
    /// @param redirect where an OpenID provider sends browsers back
    public Result run(SsoProvider provider, Kept secret, URI redirect) {
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
                    name = "secret";
                    var client = new OidcProvider(documents, http, oidc, secret.open());
                    steps.add(new Step(name, true, client.checkClient(redirect)));
                    steps.add(new Step(
                            "logout",
                            true,
                            found.getEndSessionEndpointURI() == null
                                    ? "Signing out here doesn’t sign out at the provider: it has no address for it."
                                    : "Signing out here signs out at the provider, too."));
                }
                case SsoProvider.Saml found -> {
                    name = "metadata";
                    SamlMetadata metadata = found.metadataUrl().isPresent()
                            ? saml.read(
                                    found.metadataUrl().get(),
                                    Optional.of(found.metadata().entityId()))
                            : found.metadata();
                    steps.add(new Step(name, true, "The metadata of " + metadata.entityId() + " were read."));
                    name = "keys";
                    int keys = metadata.keys().size();
                    steps.add(new Step(
                            name,
                            true,
                            keys == 1 ? "The key that signs was found." : "Keys that sign were found: " + keys + "."));
                    if (metadata.wantsSigned()) {
                        steps.add(new Step(
                                "requests",
                                true,
                                "We sign requests, as the provider wants. It checks them with the certificate in our"
                                        + " metadata."));
                    }
                    steps.add(new Step(
                            "logout",
                            true,
                            "Signing out here doesn’t sign out at the provider, and groups are read when"
                                    + " people sign in."));
                }
                case SsoProvider.Ldap ldap -> {
                    name = "bind";
                    try (var directory = LdapDirectory.open(outbound, ldap, secret.open())) {
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
}
