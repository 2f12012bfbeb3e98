package dev.banyan.workspaces.sso;

import dev.banyan.platform.web.json.FormFields;
import dev.banyan.workspaces.WorkspaceRole;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields of the settings page, as texts: from what is stored, or as they were typed. Secrets are never among them.
///
/// @param kind `oidc` or `ldap`
record SsoForm(String kind, Map<String, String> values) {

    private static final String ON = "on";
    private static final List<String> TEXTS = List.of(
            "label",
            "issuer",
            "clientId",
            "scopes",
            "groupClaim",
            "host",
            "port",
            "tls",
            "certificate",
            "bindDn",
            "baseDn",
            "userFilter",
            "groupBaseDn",
            "groupFilter",
            "roles",
            "defaultRole",
            "createUsers",
            "linkByEmail",
            "passwordSignIn",
            "emergencyAdmin");

    /// A form that nothing was entered in yet.
    static SsoForm fresh(String kind) {
        return new SsoForm(
                kind,
                Map.of("scopes", "email profile", "groupClaim", "groups", "createUsers", ON, "passwordSignIn", ON));
    }

    static SsoForm of(SsoSetup.View view, SsoSettings.Stored stored) {
        SsoSettings settings = stored.settings();
        var values = new LinkedHashMap<String, String>();
        values.put("label", settings.label().orElse(""));
        switch (settings.provider()) {
            case SsoProvider.Oidc oidc -> {
                values.put("issuer", oidc.issuer());
                values.put("clientId", oidc.clientId());
                values.put(
                        "scopes",
                        oidc.scopes().stream()
                                .filter(scope -> !scope.equals("openid"))
                                .collect(Collectors.joining(" ")));
                values.put("groupClaim", oidc.groupClaim());
            }
            case SsoProvider.Ldap ldap -> {
                values.put("host", ldap.host());
                values.put("port", Integer.toString(ldap.port()));
                values.put("tls", ldap.tls());
                values.put("certificate", ldap.certificate().orElse(""));
                values.put("bindDn", ldap.bindDn());
                values.put("baseDn", ldap.baseDn());
                values.put("userFilter", ldap.userFilter());
                values.put("groupBaseDn", ldap.groupBaseDn().orElse(""));
                values.put("groupFilter", ldap.groupFilter().orElse(""));
            }
        }
        values.put(
                "roles",
                settings.roles().entrySet().stream()
                        .map(role -> role.getKey() + " = " + role.getValue().key())
                        .collect(Collectors.joining("\n")));
        values.put("defaultRole", settings.defaultRole().map(WorkspaceRole::key).orElse(""));
        values.put("createUsers", settings.createUsers() ? ON : "");
        values.put("linkByEmail", settings.linkByEmail() ? ON : "");
        values.put("passwordSignIn", stored.passwordSignIn() ? ON : "");
        values.put("emergencyAdmin", view.emergencyAdmin().orElse(""));
        return new SsoForm(settings.provider().kind(), values);
    }

    static SsoForm typed(FormFields form) {
        return new SsoForm(
                form.first("kind").equals(SsoProvider.LDAP) ? SsoProvider.LDAP : SsoProvider.OIDC,
                TEXTS.stream().collect(Collectors.toMap(name -> name, form::first)));
    }

    public String of(String name) {
        return values.getOrDefault(name, "");
    }

    public boolean isOn(String name) {
        return of(name).equals(ON);
    }

    public boolean isLdap() {
        return kind.equals(SsoProvider.LDAP);
    }

    /// @param secret as typed; empty keeps the one that is stored
    SsoBody body(String secret) {
        boolean ldap = isLdap();
        return new SsoBody(
                Optional.of(kind),
                text("label"),
                text("issuer").filter(_ -> !ldap),
                text("clientId").filter(_ -> !ldap),
                Optional.of(secret).filter(typed -> !ldap && !typed.isEmpty()),
                text("scopes").filter(_ -> !ldap).map(SsoForm::words),
                text("groupClaim").filter(_ -> !ldap),
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
                Optional.of(isOn("passwordSignIn")),
                text("emergencyAdmin"));
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

    public List<String> roleKeys() {
        return Stream.of(WorkspaceRole.values()).map(WorkspaceRole::key).toList();
    }
}
