package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;

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

    /// How the identity of every directory begins.
    String DIRECTORY = LDAP + ":";

    @JsonIgnore
    String kind();

    /// Returns what people’s ids at the provider belong to: the same subject of another issuer is another person.
    @JsonIgnore
    String identity();

    /// Whether people are known by their ids in a directory, which stay when its host, port or base changes.
    static boolean isDirectory(String issuer) {
        return issuer.startsWith(DIRECTORY);
    }

    /// Whether people who were known under this issuer may be people of this provider: a directory may have moved.
    default boolean mayKnow(String issuer) {
        return identity().equals(issuer);
    }

    /// Returns the host, for labels.
    @JsonIgnore
    String shownHost();

    /// Whether people go to a page of the provider to sign in.
    @JsonIgnore
    default boolean isElsewhere() {
        return !(this instanceof Ldap);
    }

    /// Returns where and as whom its secret is sent. It is never sent to another server than the one that it was
    /// entered for; an OpenID Connect provider's own discovery document names the address of its tokens.
    @JsonIgnore
    String secretOrigin();

    /// Whether a secret that was entered for this provider may be used for the other one, too.
    default boolean sharesSecretWith(SsoProvider other) {
        return secretOrigin().equals(other.secretOrigin());
    }

    /// Returns which secret has to be entered, if it was not: one that is kept must not get to another server.
    ///
    /// @param before the provider until now, if it has a secret
    static Optional<Invalid> missingSecret(Optional<SsoProvider> before, SsoProvider after, Optional<String> typed) {
        if (typed.isPresent() || before.filter(after::sharesSecretWith).isPresent()) {
            return Optional.empty();
        }
        Optional<String> again = before.filter(old -> old.kind().equals(after.kind()))
                .map(old -> "Enter it again: it was entered for " + old.secretOrigin());
        return switch (after) {
            case Oidc _ -> again.map(text -> new Invalid("clientSecret", text, text + "."));
            case Saml _ -> Optional.empty();
            case Ldap _ ->
                Optional.of(again.map(text -> new Invalid("bindPassword", text, text + "."))
                        .orElseGet(() -> new Invalid(
                                "bindPassword",
                                "bindPassword is required",
                                "Password of the search account is required.")));
        };
    }

    private static String host(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("[/:?].*$", "");
    }

    /// Returns under which names it sends what is read about people.
    PersonClaims claims();

    /// @param groupClaim the claim of the ID token that names the groups
    record Oidc(String issuer, String clientId, List<String> scopes, String groupClaim, PersonClaims claims)
            implements SsoProvider {

        public Oidc {
            claims = Objects.requireNonNullElse(claims, PersonClaims.USUAL); // rows of before have none
        }

        /// A provider that sends people under the usual names.
        public Oidc(String issuer, String clientId, List<String> scopes, String groupClaim) {
            this(issuer, clientId, scopes, groupClaim, PersonClaims.USUAL);
        }

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
        public String secretOrigin() {
            return issuer + " as " + clientId;
        }
    }

    /// What a SAML provider’s metadata say. SAML has no secret that both sides share.
    ///
    /// @param metadataUrl where the metadata are read again; empty if they were pasted
    /// @param metadata as pasted or read last
    /// @param groupAttribute the attribute of the assertion that names the groups
    record Saml(Optional<String> metadataUrl, SamlMetadata metadata, String groupAttribute, PersonClaims claims)
            implements SsoProvider {

        public Saml {
            claims = Objects.requireNonNullElse(claims, PersonClaims.USUAL);
        }

        /// A provider that sends people under the usual names.
        public Saml(Optional<String> metadataUrl, SamlMetadata metadata, String groupAttribute) {
            this(metadataUrl, metadata, groupAttribute, PersonClaims.USUAL);
        }

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
        public String secretOrigin() {
            return identity(); // it has no secret
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
            Optional<String> groupFilter,
            PersonClaims claims)
            implements SsoProvider {

        public static final String LDAPS = "ldaps";
        public static final String STARTTLS = "starttls";

        public Ldap {
            claims = Objects.requireNonNullElse(claims, PersonClaims.USUAL);
        }

        /// A directory with the usual attributes.
        public Ldap(
                String host,
                int port,
                String tls,
                Optional<String> certificate,
                String bindDn,
                String baseDn,
                String userFilter,
                Optional<String> groupBaseDn,
                Optional<String> groupFilter) {
            this(
                    host,
                    port,
                    tls,
                    certificate,
                    bindDn,
                    baseDn,
                    userFilter,
                    groupBaseDn,
                    groupFilter,
                    PersonClaims.USUAL);
        }

        @Override
        public String kind() {
            return LDAP;
        }

        @Override
        public String identity() {
            return DIRECTORY + host + ":" + port + "/" + baseDn;
        }

        @Override
        public boolean mayKnow(String issuer) {
            return isDirectory(issuer);
        }

        @Override
        public String shownHost() {
            return host;
        }

        @Override
        public String secretOrigin() {
            return tls + "://" + host + ":" + port + " as " + bindDn
                    + certificate
                            .map(pem ->
                                    " (certificate " + Digests.sha256Hex(pem).substring(0, 16) + ")")
                            .orElse("");
        }
    }
}
