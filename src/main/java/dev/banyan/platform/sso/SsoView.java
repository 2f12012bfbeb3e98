package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Settings as the API shows them, without the secret.
///
/// @param signingCertificates of a SAML provider, as DER in Base64
/// @param whoCanSignIn one sentence
/// @param hasSecret whether a secret is stored; it is never shown
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "SingleSignOn")
public record SsoView(
        String kind,
        Optional<String> label,
        Optional<String> issuer,
        Optional<String> clientId,
        Optional<List<String>> scopes,
        Optional<String> groupClaim,
        Optional<String> emailClaim,
        Optional<String> usernameClaim,
        boolean trustEmails,
        Optional<String> metadataUrl,
        Optional<String> entityId,
        Optional<String> signInUrl,
        Optional<List<String>> signingCertificates,
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> tls,
        Optional<String> certificate,
        Optional<String> bindDn,
        Optional<String> baseDn,
        Optional<String> userFilter,
        Optional<String> groupBaseDn,
        Optional<String> groupFilter,
        boolean hasSecret,
        Map<String, String> roles,
        Optional<String> defaultRole,
        boolean createUsers,
        boolean linkByEmail,
        Optional<List<String>> allowedDomains,
        String whoCanSignIn,
        boolean passwordSignIn,
        boolean linkedPasswords,
        Optional<String> emergencyAdmin,
        Instant createdAt,
        Instant updatedAt) {

    public static SsoView of(StoredProvider stored, String whoCanSignIn, Optional<String> emergencyAdmin) {
        SsoSettings settings = stored.settings();
        Optional<SsoProvider.Oidc> oidc =
                settings.provider() instanceof SsoProvider.Oidc found ? Optional.of(found) : Optional.empty();
        Optional<SsoProvider.Saml> saml =
                settings.provider() instanceof SsoProvider.Saml found ? Optional.of(found) : Optional.empty();
        Optional<SsoProvider.Ldap> ldap =
                settings.provider() instanceof SsoProvider.Ldap found ? Optional.of(found) : Optional.empty();
        return new SsoView(
                settings.provider().kind(),
                settings.label(),
                oidc.map(SsoProvider.Oidc::issuer),
                oidc.map(SsoProvider.Oidc::clientId),
                oidc.map(SsoProvider.Oidc::scopes),
                oidc.map(SsoProvider.Oidc::groupClaim).or(() -> saml.map(SsoProvider.Saml::groupAttribute)),
                settings.provider().claims().email(),
                settings.provider().claims().username(),
                settings.provider().claims().trustEmails(),
                saml.flatMap(SsoProvider.Saml::metadataUrl),
                saml.map(found -> found.metadata().entityId()),
                saml.map(found -> found.metadata().signInUrl()),
                saml.map(found -> found.metadata().certificates()),
                ldap.map(SsoProvider.Ldap::host),
                ldap.map(SsoProvider.Ldap::port),
                ldap.map(SsoProvider.Ldap::tls),
                ldap.flatMap(SsoProvider.Ldap::certificate),
                ldap.map(SsoProvider.Ldap::bindDn),
                ldap.map(SsoProvider.Ldap::baseDn),
                ldap.map(SsoProvider.Ldap::userFilter),
                ldap.flatMap(SsoProvider.Ldap::groupBaseDn),
                ldap.flatMap(SsoProvider.Ldap::groupFilter),
                stored.sealedSecret().isPresent(),
                settings.roles(),
                settings.defaultRole(),
                settings.createUsers(),
                settings.linkByEmail(),
                Optional.of(settings.allowedDomains()).filter(domains -> !domains.isEmpty()),
                whoCanSignIn,
                stored.passwordSignIn(),
                stored.linkedPasswords(),
                emergencyAdmin,
                stored.createdAt(),
                stored.updatedAt());
    }
}
