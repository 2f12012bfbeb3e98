package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.sso.ProviderTests.Result;
import dev.banyan.platform.sso.ProviderTests.Step;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import jakarta.ws.rs.core.Response;

/// The fields of the settings page, as texts: from what is stored, or as they were typed. A secret is among them
/// only as [TypedSecrets] seals it.
///
/// @param kind `oidc`, `saml` or `ldap`
/// @param roleKeys the roles to choose from, the highest first
public record SsoForm(String kind, Map<String, String> values, List<String> roleKeys) {

    private static final String ON = "on";
    /// The fields of [SsoBody], and the preset that filled the form.
    private static final List<String> TEXTS = Stream.concat(
                    Stream.of(SsoBody.class.getRecordComponents()).map(RecordComponent::getName), Stream.of("preset"))
            .filter(name -> !List.of("kind", "clientSecret", "bindPassword").contains(name))
            .toList();

    /// A form that nothing was entered in yet.
    private static SsoForm fresh(String kind, List<String> roleKeys) {
        return new SsoForm(
                kind,
                Map.of("scopes", "email profile", "groupClaim", "groups", "createUsers", ON, "passwordSignIn", ON),
                roleKeys);
    }

    /// @param stored whose fields are called like those of the form
    public static SsoForm of(SsoView stored, List<String> emailDomains, List<String> roleKeys) {
        var values = new LinkedHashMap<String, String>();
        JsonDocument.tree(JsonDocument.write(stored))
                .properties()
                .forEach(field -> values.put(field.getKey(), text(field.getValue())));
        values.put(
                "scopes",
                stored.scopes().orElse(List.of()).stream()
                        .filter(scope -> !scope.equals("openid"))
                        .collect(Collectors.joining(" ")));
        values.remove("entityId"); // entered only to choose another one
        values.put("emailDomains", String.join("\n", emailDomains));
        return new SsoForm(stored.kind(), values, roleKeys);
    }

    /// Lists, and groups with their roles, have a line each.
    private static String text(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue() ? ON : "";
            case ARRAY -> value.valueStream().map(JsonNode::asText).collect(Collectors.joining("\n"));
            case OBJECT ->
                value.propertyStream()
                        .map(role -> role.getKey() + " = " + role.getValue().asText())
                        .collect(Collectors.joining("\n"));
            default -> value.asText();
        };
    }

    /// Returns what the page shows first.
    ///
    /// @param kind which form is wanted; empty: that of what is stored
    /// @param preset which provider fills it; empty: none
    public static SsoForm shown(Optional<SsoForm> stored, String kind, String preset, List<String> roleKeys) {
        SsoForm shown = stored.filter(found -> kind.isEmpty() || found.kind().equals(kind))
                .orElseGet(() -> fresh(known(kind), roleKeys));
        return SsoPreset.of(shown.kind, preset).map(shown::filled).orElse(shown);
    }

    private SsoForm filled(SsoPreset preset) {
        var filled = new LinkedHashMap<>(values);
        filled.putAll(preset.fields());
        return new SsoForm(kind, filled, roleKeys);
    }

    /// @param owner for whom a typed secret is sealed
    public static SsoForm typed(FormFields form, List<String> roleKeys, TypedSecrets secrets, String owner) {
        var values = new HashMap<String, String>();
        TEXTS.forEach(name -> values.put(name, form.first(name)));
        values.put(TypedSecrets.FIELD, secrets.seal(form.first("secret"), form.first(TypedSecrets.FIELD), owner));
        return new SsoForm(known(form.first("kind")), values, roleKeys);
    }

    /// Returns the kind that is meant; OpenID Connect if none is.
    private static String known(String kind) {
        return List.of(SsoProvider.SAML, SsoProvider.LDAP).contains(kind) ? kind : SsoProvider.OIDC;
    }

    public String of(String name) {
        return values.getOrDefault(name, "");
    }

    /// Returns what an empty field shows.
    public String example(String name, String usual) {
        return SsoPreset.of(this)
                .map(preset -> preset.examples().getOrDefault(name, ""))
                .filter(found -> !found.isEmpty())
                .orElse(usual);
    }

    public boolean isOn(String name) {
        return of(name).equals(ON);
    }

    public boolean isLdap() {
        return kind.equals(SsoProvider.LDAP);
    }

    public boolean isSaml() {
        return kind.equals(SsoProvider.SAML);
    }

    /// Returns whether the provider that the form shows has a saved secret or pasted metadata.
    public boolean hasSecret(Optional<SsoView> stored) {
        return stored.filter(found -> found.kind().equals(kind))
                .filter(found -> isSaml() || found.hasSecret())
                .isPresent();
    }

    /// @param secret as typed; empty keeps the one that is stored
    public SsoBody body(String secret) {
        boolean ldap = isLdap();
        boolean oidc = !ldap && !isSaml();
        return new SsoBody(
                Optional.of(kind),
                text("label"),
                text("issuer").filter(_ -> oidc),
                text("clientId").filter(_ -> oidc),
                Optional.of(secret).filter(typed -> oidc && !typed.isEmpty()),
                text("scopes").filter(_ -> oidc).map(SsoForm::words),
                text("groupClaim").filter(_ -> !ldap),
                text("emailClaim"),
                text("usernameClaim"),
                Optional.of(isOn("trustEmails")).filter(_ -> !ldap),
                text("metadataUrl").filter(_ -> isSaml()),
                text("metadata").filter(_ -> isSaml()),
                text("entityId").filter(_ -> isSaml()),
                text("host").filter(_ -> ldap),
                text("port").filter(_ -> ldap).map(SsoForm::number),
                text("tls").filter(_ -> ldap),
                text("certificate").filter(_ -> ldap),
                text("bindDn").filter(_ -> ldap),
                Optional.of(secret).filter(typed -> ldap && !typed.isEmpty()),
                text("baseDn").filter(_ -> ldap),
                text("userFilter").filter(_ -> ldap),
                text("groupBaseDn").filter(_ -> ldap),
                text("groupFilter").filter(_ -> ldap),
                Optional.of(roles()),
                text("defaultRole"),
                Optional.of(isOn("createUsers")),
                Optional.of(isOn("linkByEmail")),
                text("allowedDomains").map(SsoForm::words),
                Optional.of(isOn("passwordSignIn")),
                Optional.of(isOn("linkedPasswords")),
                text("emergencyAdmin"),
                text("emailDomains").map(SsoForm::words));
    }

    /// Returns the settings as far as they were typed, for what they would mean; empty without a provider.
    public Optional<SsoSettings> draft() {
        Optional<SsoProvider> provider = switch (kind) {
            case SsoProvider.LDAP ->
                text("host")
                        .map(host -> new SsoProvider.Ldap(
                                host, 0, "", Optional.empty(), "", "", "", Optional.empty(), Optional.empty()));
            case SsoProvider.SAML ->
                text("metadataUrl")
                        .map(url -> new SsoProvider.Saml(
                                Optional.of(url), new SamlMetadata(url, url, List.of()), of("groupClaim")));
            default -> text("issuer").map(issuer -> new SsoProvider.Oidc(issuer, "", List.of(), of("groupClaim")));
        };
        return provider.map(found -> new SsoSettings(
                found,
                Optional.empty(),
                roles(),
                text("defaultRole"),
                isOn("createUsers"),
                isOn("linkByEmail"),
                domains("allowedDomains")));
    }

    /// Returns the domains that were typed in a field.
    public List<String> domains(String name) {
        return text(name).map(SsoForm::words).orElse(List.of());
    }

    /// Draws the form again that was refused.
    ///
    /// @param other answers what the form can do nothing about
    public Response again(Refusal refusal, Function<SsoDraft, Response> drawn, Function<Refusal, Response> other) {
        return switch (refusal) {
            case Refusal.Rejected rejected ->
                drawn.apply(new SsoDraft(422, this, FieldErrors.from(rejected.invalid()), Optional.empty()));
            case Refusal.TooMany(Duration wait) -> {
                var step = new Step("limit", false, "Too many tests. " + FormProblem.waitText(wait));
                var result = new Result(false, List.of(step));
                yield Html.retryAfter(
                        wait, drawn.apply(new SsoDraft(429, this, FieldErrors.NONE, Optional.of(result))));
            }
            default -> other.apply(refusal);
        };
    }

    private Optional<String> text(String name) {
        return Optional.of(of(name).strip()).filter(found -> !found.isEmpty());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).toList();
    }

    /// Ports that aren’t numbers are refused as 0 is.
    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    /// One group per line, with its role after the last `=`.
    private Map<String, String> roles() {
        return of("roles")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toMap(
                        line -> part(line, true), line -> part(line, false), (_, last) -> last, LinkedHashMap::new));
    }

    private static String part(String line, boolean group) {
        int at = line.lastIndexOf('=');
        return (at < 0 ? (group ? line : "") : group ? line.substring(0, at) : line.substring(at + 1)).strip();
    }
}
