package dev.banyan.platform.sso;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/// Where people sign in, without its secret.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SsoProvider.Oidc.class, name = SsoProvider.OIDC),
    @JsonSubTypes.Type(value = SsoProvider.Saml.class, name = SsoProvider.SAML),
    @JsonSubTypes.Type(value = SsoProvider.Ldap.class, name = SsoProvider.LDAP)
})
public sealed interface SsoProvider {

    String OIDC = "oidc";
    String SAML = "saml";
    String LDAP = "ldap";

    @JsonIgnore
    String kind();

    /// Returns what people’s ids at the provider belong to: the same subject of another issuer is another person.
    @JsonIgnore
    String identity();

    /// Returns the host, for labels.
    @JsonIgnore
    String shownHost();

    /// Whether people go to a page of the provider to sign in.
    @JsonIgnore
    default boolean isElsewhere() {
        return !(this instanceof Ldap);
    }

    /// Whether a secret that was entered for this provider may be used for the other one, too. A secret is never sent
    /// to another server than the one that it was entered for.
    boolean sharesSecretWith(SsoProvider other);

    private static String host(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("[/:?].*$", "");
    }

    /// @param groupClaim the claim of the ID token that names the groups
    record Oidc(String issuer, String clientId, List<String> scopes, String groupClaim) implements SsoProvider {

        @Override
        public String kind() {
            return OIDC;
        }

        @Override
        public String identity() {
            return issuer;
        }

        @Override
        public String shownHost() {
            return host(issuer);
        }

        @Override
        public boolean sharesSecretWith(SsoProvider other) {
            return other instanceof Oidc oidc && oidc.issuer.equals(issuer) && oidc.clientId.equals(clientId);
        }
    }

    /// What a SAML provider’s metadata say. SAML has no secret that both sides share.
    ///
    /// @param metadataUrl where the metadata are read again; empty if they were pasted
    /// @param metadata as pasted or read last
    /// @param groupAttribute the attribute of the assertion that names the groups
    record Saml(Optional<String> metadataUrl, SamlMetadata metadata, String groupAttribute) implements SsoProvider {

        @Override
        public String kind() {
            return SAML;
        }

        @Override
        public String identity() {
            return "saml:" + metadata.entityId();
        }

        @Override
        public String shownHost() {
            return host(metadata.signInUrl());
        }

        @Override
        public boolean sharesSecretWith(SsoProvider other) {
            return false;
        }
    }

    /// @param tls `ldaps` or `starttls`
    /// @param certificate of the directory’s own authority, as PEM
    /// @param bindDn the account that searches
    /// @param userFilter with `{username}`
    /// @param groupBaseDn where groups are; empty: at `baseDn`
    /// @param groupFilter with `{dn}` or `{username}`; empty: groups are in `memberOf`
    record Ldap(
            String host,
            int port,
            String tls,
            Optional<String> certificate,
            String bindDn,
            String baseDn,
            String userFilter,
            Optional<String> groupBaseDn,
            Optional<String> groupFilter)
            implements SsoProvider {

        public static final String LDAPS = "ldaps";
        public static final String STARTTLS = "starttls";

        @Override
        public String kind() {
            return LDAP;
        }

        @Override
        public String identity() {
            return "ldap:" + host + ":" + port + "/" + baseDn;
        }

        @Override
        public String shownHost() {
            return host;
        }

        @Override
        public boolean sharesSecretWith(SsoProvider other) {
            return other instanceof Ldap ldap
                    && ldap.host.equals(host)
                    && ldap.port == port
                    && ldap.tls.equals(tls)
                    && ldap.certificate.equals(certificate)
                    && ldap.bindDn.equals(bindDn);
        }
    }
}
