package dev.banyan.workspaces.sso;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/// Where people of a workspace sign in, without its secret.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SsoProvider.Oidc.class, name = SsoProvider.OIDC),
    @JsonSubTypes.Type(value = SsoProvider.Ldap.class, name = SsoProvider.LDAP)
})
sealed interface SsoProvider {

    String OIDC = "oidc";
    String LDAP = "ldap";

    @JsonIgnore
    String kind();

    /// Returns what people’s ids at the provider belong to: the same subject of another issuer is another person.
    @JsonIgnore
    String identity();

    /// Returns the host, for labels.
    @JsonIgnore
    String shownHost();

    /// Whether a secret that was entered for this provider may be used for the other one, too. A secret is never sent
    /// to
    /// another server than the one that it was entered for.
    boolean sharesSecretWith(SsoProvider other);

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
            return issuer.replaceFirst("^https?://", "").replaceFirst("[/:].*$", "");
        }

        @Override
        public boolean sharesSecretWith(SsoProvider other) {
            return other instanceof Oidc oidc && oidc.issuer.equals(issuer) && oidc.clientId.equals(clientId);
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

        static final String LDAPS = "ldaps";
        static final String STARTTLS = "starttls";

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
