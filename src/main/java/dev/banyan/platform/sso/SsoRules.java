package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.dns.HostName;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.platform.sso.SsoProvider.Ldap;
import dev.banyan.platform.sso.SsoProvider.Oidc;
import dev.banyan.platform.sso.SsoProvider.Saml;

/// Makes settings of what a request brings, and says what is wrong with it.
public final class SsoRules {

    private static final int LONGEST_LABEL = 40;
    private static final int LONGEST = 255;
    private static final int LONGEST_ISSUER = 450;
    private static final int LONGEST_FILTER = 1_000;
    private static final int LONGEST_PEM = 20_000;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int LONGEST_SECRET = 1_000;
    private static final int MOST_ROLES = 200;
    private static final int MOST_SCOPES = 20;
    private static final int MOST_DOMAINS = 100;
    private static final int LONGEST_SHOWN = 60;
    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;
    /// What the form calls the fields of the API.
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("issuer", "Issuer"),
            Map.entry("clientId", "Client ID"),
            Map.entry("scopes", "Scopes"),
            Map.entry("groupClaim", "The claim with the groups"),
            Map.entry("emailClaim", "The claim with the email"),
            Map.entry("usernameClaim", "The claim with the username"),
            Map.entry("label", "Name of the provider"),
            Map.entry("emergencyAdmin", "This name"),
            Map.entry("roles", "Roles by group"),
            Map.entry("metadataUrl", "Metadata address"),
            Map.entry("entityId", "Entity ID of the provider"),
            Map.entry("host", "Host"),
            Map.entry("port", "Port"),
            Map.entry("tls", "Encryption"),
            Map.entry("certificate", "Certificate"),
            Map.entry("bindDn", "Search account"),
            Map.entry("baseDn", "Base of the search"),
            Map.entry("userFilter", "Filter for people"),
            Map.entry("groupFilter", "Filter for groups"),
            Map.entry("groupBaseDn", "Base of the groups"));
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");
    /// The end of a discovery document's address, which begins with the issuer.
    private static final Pattern DOCUMENT = Pattern.compile("/\\.well-known/openid-configuration/?$");

    /// What a request asks for.
    ///
    /// @param secret of the client or the account that searches; empty keeps the one that is stored
    public record Wish(
            SsoSettings settings,
            Optional<String> secret,
            boolean passwordSignIn,
            Optional<String> emergencyAdmin,
            List<String> emailDomains) {}

    /// Either a wish, or what is wrong.
    public sealed interface Read {

        record Valid(Wish wish) implements Read {}

        record Rejected(List<Invalid> invalid) implements Read {}
    }

    /// The roles that people can have.
    ///
    /// @param keys the highest first
    /// @param rule the sentence about them
    public record Roles(List<String> keys, String rule) {

        /// Whether these are roles in an account, whose provider speaks for proved domains only.
        boolean areOfAccounts() {
            return keys.contains("owner");
        }
    }

    private final SsoBody body;
    private final Roles known;
    private final Optional<SsoProvider> before;
    private final SamlDocuments documents;
    private final List<Invalid> invalid = new ArrayList<>();

    private SsoRules(SsoBody body, Roles known, Optional<SsoProvider> before, SamlDocuments documents) {
        this.body = body;
        this.known = known;
        this.before = before;
        this.documents = documents;
    }

    /// May ask the provider for its metadata, so it takes a while.
    ///
    /// @param before the provider until now, whose metadata are kept if the request brings none
    public static Read read(SsoBody body, Roles known, Optional<SsoProvider> before, SamlDocuments documents) {
        return new SsoRules(body, known, before, documents).read();
    }

    /// Returns what is wrong with the host of a new provider: this server does not call it. A test of settings needn’t
    /// ask, because it calls.
    public static Optional<Invalid> refused(Wish wish, Optional<SsoProvider> before, SamlDocuments documents) {
        return switch (wish.settings().provider()) {
            case Oidc oidc
            when before.filter(
                            old -> old instanceof Oidc known && known.issuer().equals(oidc.issuer()))
                    .isEmpty() ->
                OutboundAddress.uri(oidc.issuer()).flatMap(issuer -> documents.refused("issuer", issuer.getHost()));
            case Ldap ldap
            when before.filter(old -> old instanceof Ldap known && known.host().equals(ldap.host()))
                    .isEmpty() -> documents.refused("host", ldap.host());
            case Oidc _, Ldap _ -> Optional.empty();
            case Saml _ -> Optional.empty(); // its metadata were read
        };
    }

    private Read read() {
        Map<String, String> roles = roles();
        Optional<String> defaultRole = typed(body.defaultRole()).flatMap(text -> role("defaultRole", text));
        if (roles.isEmpty() && defaultRole.isEmpty() && invalid.isEmpty()) {
            reject(
                    "roles",
                    "Name at least one group with a role, or a defaultRole. Otherwise no one could sign in",
                    "Give at least one group a role, or choose the role of everyone else. Otherwise no one can sign in.");
        }
        Optional<String> label = limited("label", body.label(), LONGEST_LABEL);
        boolean passwords = body.passwordSignIn().orElse(true);
        Optional<String> emergency = limited("emergencyAdmin", body.emergencyAdmin(), LONGEST);
        if (!passwords && emergency.isEmpty()) {
            reject("emergencyAdmin", "Name an admin who can still sign in with a password if the provider fails");
        }
        Optional<String> secret = secret();
        List<String> allowedDomains = allowedDomains();
        Optional<SsoProvider> provider = provider();
        if (!invalid.isEmpty() || provider.isEmpty()) {
            return new Read.Rejected(List.copyOf(invalid));
        }
        PublicIssuers.tooTrusting(provider.get()).ifPresent(invalid::add);
        var settings = new SsoSettings(
                provider.get(),
                label,
                roles,
                defaultRole,
                body.createUsers().orElse(true),
                body.linkByEmail().orElse(false),
                allowedDomains);
        // An account’s provider is always bound to its domains.
        if (!known.areOfAccounts()) {
            settings.tooOpen().ifPresent(invalid::add);
        }
        if (!invalid.isEmpty()) {
            return new Read.Rejected(List.copyOf(invalid));
        }
        return new Read.Valid(new Wish(settings, secret, passwords, emergency, emailDomains()));
    }

    private Optional<SsoProvider> provider() {
        return switch (body.kind().orElse("")) {
            case SsoProvider.OIDC -> Optional.of(oidc());
            case SsoProvider.SAML -> saml();
            case SsoProvider.LDAP -> Optional.of(ldap());
            default -> {
                reject("kind", "kind must be oidc, saml or ldap");
                yield Optional.empty();
            }
        };
    }

    private void refuseLdap() {
        refuse(
                "host, port, tls, certificate, bindDn, bindPassword, baseDn and filters are for LDAP",
                isAny(
                        body.host(),
                        body.port(),
                        body.tls(),
                        body.certificate(),
                        body.bindDn(),
                        body.bindPassword(),
                        body.baseDn(),
                        body.userFilter(),
                        body.groupBaseDn(),
                        body.groupFilter()));
    }

    private void refuseSaml() {
        refuse(
                "metadataUrl, metadata and entityId are for SAML",
                isAny(body.metadataUrl(), body.metadata(), body.entityId()));
    }

    private boolean hasOidcFields() {
        return isAny(body.issuer(), body.clientId(), body.clientSecret(), body.scopes());
    }

    private static boolean isAny(Optional<?>... fields) {
        return Stream.of(fields).anyMatch(Optional::isPresent);
    }

    /// Asks for the metadata last, when everything else is right.
    private Optional<SsoProvider> saml() {
        refuseLdap();
        refuse("issuer, clientId, clientSecret and scopes are for OIDC", hasOidcFields());
        String attribute = limited("groupClaim", body.groupClaim(), LONGEST).orElse("groups");
        PersonClaims claims = claims();
        Optional<String> url = limited("metadataUrl", body.metadataUrl(), LONGEST_ADDRESS);
        Optional<String> xml = typed(body.metadata());
        Optional<String> entity = limited("entityId", body.entityId(), LONGEST_ISSUER);
        if (url.filter(address -> !isAddress(address)).isPresent()) {
            reject("metadataUrl", "metadataUrl must be an https address");
        }
        if (url.isPresent() && xml.isPresent()) {
            reject("metadata", "Send either metadataUrl or metadata");
        }
        if (!invalid.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (url.isPresent()) {
                Optional<String> chosen = entity.or(() -> before(url));
                return described(new Saml(url, documents.read(url.get(), chosen), attribute, claims), entity);
            }
            if (xml.isPresent()) {
                return described(
                        new Saml(Optional.empty(), documents.parse(xml.get(), entity), attribute, claims), entity);
            }
        } catch (ProviderTrouble trouble) {
            reject(
                    url.isPresent() ? "metadataUrl" : "metadata",
                    trouble.sentence().replaceFirst("\\.$", ""));
            return Optional.empty();
        }
        if (before.isPresent() && before.get() instanceof Saml saml) {
            return described(new Saml(saml.metadataUrl(), saml.metadata(), attribute, claims), entity);
        }
        reject("metadataUrl", "Enter the address of the provider’s metadata, or paste them");
        return Optional.empty();
    }

    /// Returns the entity that was chosen of the same metadata before.
    private Optional<String> before(Optional<String> url) {
        return before.flatMap(
                old -> old instanceof Saml saml && saml.metadataUrl().equals(url)
                        ? Optional.of(saml.metadata().entityId())
                        : Optional.empty());
    }

    /// Refuses metadata of another entity than was entered.
    private Optional<SsoProvider> described(Saml found, Optional<String> entity) {
        if (entity.filter(id -> !id.equals(found.metadata().entityId())).isPresent()) {
            reject(
                    "entityId",
                    "The provider’s metadata describe " + found.metadata().entityId() + " only");
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private static boolean isAddress(String text) {
        return OutboundAddress.uri(text)
                .filter(uri -> OidcDocuments.isSafe(uri) && uri.getRawFragment() == null)
                .isPresent();
    }

    private PersonClaims claims() {
        return new PersonClaims(
                limited("emailClaim", body.emailClaim(), LONGEST),
                limited("usernameClaim", body.usernameClaim(), LONGEST),
                body.trustEmails().orElse(false));
    }

    private Oidc oidc() {
        refuseLdap();
        refuseSaml();
        String issuer = DOCUMENT.matcher(required("issuer", body.issuer(), LONGEST_ISSUER))
                .replaceFirst("");
        if (!issuer.isEmpty() && !isIssuer(issuer)) {
            reject("issuer", "issuer must be an https address without a query, such as https://login.example.com");
        }
        List<String> scopes = body.scopes().orElse(List.of("email", "profile"));
        if (scopes.size() > MOST_SCOPES || !scopes.stream().allMatch(SCOPE.asMatchPredicate())) {
            reject("scopes", "scopes must be up to " + MOST_SCOPES + " words without spaces");
        }
        String claim = limited("groupClaim", body.groupClaim(), LONGEST).orElse("groups");
        var all = new LinkedHashSet<>(List.of("openid"));
        all.addAll(scopes);
        return new Oidc(issuer, required("clientId", body.clientId(), LONGEST), List.copyOf(all), claim, claims());
    }

    private static boolean isIssuer(String text) {
        return isAddress(text) && URI.create(text).getRawQuery() == null;
    }

    private Ldap ldap() {
        refuse(
                "issuer, clientId, clientSecret, scopes and groupClaim are for OIDC",
                hasOidcFields() || body.groupClaim().isPresent());
        refuseSaml();
        refuse(
                "trustEmails is for OIDC and SAML: emails of a directory always count",
                body.trustEmails().orElse(false));
        String host = required("host", body.host(), LONGEST);
        if (!host.isEmpty() && OutboundAddress.host(host).isEmpty()) {
            reject("host", "host must be a host name without a scheme or port");
        }
        String tls = typed(body.tls()).orElse(Ldap.LDAPS);
        if (!List.of(Ldap.LDAPS, Ldap.STARTTLS).contains(tls)) {
            reject("tls", "tls must be ldaps or starttls");
        }
        int port = body.port().orElse(tls.equals(Ldap.STARTTLS) ? LDAP_PORT : LDAPS_PORT);
        if (!OutboundAddress.isPort(port)) {
            reject("port", "port must be between 1 and " + OutboundAddress.LAST_PORT);
        }
        String userFilter =
                limited("userFilter", body.userFilter(), LONGEST_FILTER).orElse("(uid={username})");
        Optional<String> groupFilter = limited("groupFilter", body.groupFilter(), LONGEST_FILTER);
        checkFilter("userFilter", userFilter, text -> text.contains("{username}"), "{username}");
        groupFilter.ifPresent(filter -> checkFilter(
                "groupFilter",
                filter,
                text -> text.contains("{dn}") || text.contains("{username}"),
                "{dn} or {username}"));
        return new Ldap(
                host,
                port,
                tls,
                certificate(),
                required("bindDn", body.bindDn(), LONGEST),
                required("baseDn", body.baseDn(), LONGEST),
                userFilter,
                limited("groupBaseDn", body.groupBaseDn(), LONGEST),
                groupFilter,
                claims());
    }

    private void checkFilter(String field, String filter, Predicate<String> isComplete, String placeholder) {
        if (!isComplete.test(filter)) {
            reject(field, field + " must contain " + placeholder);
            return;
        }
        try {
            LdapDirectory.filter(filter, "name", "cn=name");
        } catch (ProviderTrouble _) {
            reject(field, field + " must be an LDAP filter, such as (uid={username})");
        }
    }

    private Optional<String> certificate() {
        Optional<String> pem = limited("certificate", body.certificate(), LONGEST_PEM);
        if (pem.isPresent()) {
            try {
                if (LdapDirectory.certificates(pem.get()).isEmpty()) {
                    reject("certificate", "certificate must be PEM");
                }
            } catch (GeneralSecurityException _) {
                reject("certificate", "certificate must be PEM");
            }
        }
        return pem;
    }

    private List<String> allowedDomains() {
        List<String> wanted = body.allowedDomains().orElse(List.of()).stream()
                .map(text -> String.valueOf(text).strip().replaceFirst("^@", ""))
                .filter(text -> !text.isEmpty())
                .toList();
        List<String> domains = wanted.stream()
                .flatMap(text -> HostName.parse(text).stream())
                .map(HostName::value)
                .distinct()
                .toList();
        Optional<String> broken =
                wanted.stream().filter(text -> HostName.parse(text).isEmpty()).findFirst();
        if (wanted.size() > MOST_DOMAINS || broken.isPresent()) {
            reject(
                    "allowedDomains",
                    "allowedDomains must be up to " + MOST_DOMAINS + " domains, such as example.com",
                    broken.map(text -> "“" + Text.shortened(text, LONGEST_SHOWN)
                                    + "” isn’t a domain. Enter one such as example.com per line.")
                            .orElse("Enter up to " + MOST_DOMAINS + " domains."));
        }
        return domains;
    }

    private List<String> emailDomains() {
        return body.emailDomains().orElse(List.of()).stream()
                .map(text -> String.valueOf(text).strip().toLowerCase(Locale.ROOT))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private Map<String, String> roles() {
        var roles = new TreeMap<String, String>();
        Map<String, String> wanted = body.roles().orElse(Map.of());
        if (wanted.size() > MOST_ROLES) {
            reject("roles", "roles can name up to " + MOST_ROLES + " groups");
            return roles;
        }
        wanted.forEach((group, role) -> {
            if (group.isBlank() || group.length() > LONGEST || hasControls(group)) {
                reject("roles", "Names of groups must be 1 to " + LONGEST + " characters");
            } else {
                role("roles", role).ifPresent(known -> roles.put(group, known));
            }
        });
        return roles;
    }

    private Optional<String> role(String field, String text) {
        if (known.keys().contains(String.valueOf(text))) {
            return Optional.of(text);
        }
        reject(field, known.rule());
        return Optional.empty();
    }

    private Optional<String> secret() {
        Optional<String> secret =
                body.clientSecret().map(String::strip).or(body::bindPassword).filter(text -> !text.isEmpty());
        if (secret.filter(text -> text.length() > LONGEST_SECRET).isPresent()) {
            reject(
                    body.clientSecret().isPresent() ? "clientSecret" : "bindPassword",
                    "The secret must be up to " + LONGEST_SECRET + " characters");
        }
        return secret;
    }

    private String required(String field, Optional<String> text, int most) {
        Optional<String> value = limited(field, text, most);
        if (value.isEmpty() && invalid.stream().noneMatch(found -> found.field().equals(field))) {
            reject(field, field + " is required");
        }
        return value.orElse("");
    }

    private Optional<String> limited(String field, Optional<String> text, int most) {
        Optional<String> value = typed(text);
        boolean mayHaveLines = field.equals("certificate");
        if (value.filter(found -> found.length() > most || !mayHaveLines && hasControls(found))
                .isPresent()) {
            reject(field, field + " must be up to " + most + " characters");
            return Optional.empty();
        }
        return value;
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static Optional<String> typed(Optional<String> text) {
        return text.map(String::strip).filter(found -> !found.isEmpty());
    }

    private void refuse(String sentence, boolean isGiven) {
        if (isGiven) {
            reject("kind", sentence);
        }
    }

    private void reject(String field, String error) {
        Optional<String> label = Optional.ofNullable(LABELS.get(field)).filter(_ -> error.startsWith(field + " "));
        reject(
                field,
                error,
                label.map(name -> name + error.substring(field.length())).orElse(error) + ".");
    }

    private void reject(String field, String error, String userMessage) {
        invalid.add(new Invalid(field, error, userMessage));
    }
}
