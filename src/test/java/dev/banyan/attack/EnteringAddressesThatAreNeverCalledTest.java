package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.banyan.Bodies;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// Someone enters an address that this server does not call, or one that no program can call. It would be answered with
/// success, and nothing would ever arrive; or it would end in an error somewhere behind.
@QuarkusTest
class EnteringAddressesThatAreNeverCalledTest {

    private static final List<String> PRIVATE = List.of(
            "http://10.0.0.1:9/",
            "https://192.168.1.1/",
            "http://[fd00::1]/",
            "http://169.254.169.254/",
            "http://[::ffff:10.0.0.1]/",
            "http://127.0.0.2:8080/");

    private static final List<String> IMPOSSIBLE = List.of(
            "http://host.example:0/",
            "http://host.example:65536/",
            "https://host.example:99999999999/",
            "http://user:secret@host.example/",
            "http://host example/",
            "http:///x",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://[fe80::1%25eth0]/",
            "http://[::1/",
            "http://a..example/",
            "http://" + "a".repeat(64) + ".example/",
            "http://" + "abcdefgh.".repeat(31) + "example/",
            "ftp://host.example/",
            "http://host.example:-1/",
            "http://%31%30.0.0.1/",
            "http://host.example\\@10.0.0.1/",
            "nonsense");

    /// Fields of a name that can be an address. A new one belongs into one of the lists below.
    private static final Pattern ADDRESS =
            Pattern.compile("(?i).*(ur[li]|host|endpoint|issuer|website|webhook|server)(s|Url)?");

    /// A request whose one field is an address that this server calls.
    ///
    /// @param path with the ids of the world
    /// @param body `json` or fields of a form, with the field
    private record Calls(String verb, String route, String path, String field, Map<String, Object> body) {

        Answer send(TestClient client, String address) {
            String value = typed(address);
            if (path.startsWith("/api/")) {
                return client.json(
                        verb,
                        path,
                        Bodies.with(TestClient.JSON.valueToTree(body).toString(), field, TextNode.valueOf(value))
                                .toString());
            }
            var form = new LinkedHashMap<String, String>();
            body.forEach((name, given) -> form.put(name, given.toString()));
            form.put(field, value);
            return client.form(path, form);
        }

        /// Returns the address as this field takes it: some take a host, some only https.
        String typed(String address) {
            if (isHost()) {
                return host(address);
            }
            return field.equals("issuer") || field.equals("metadataUrl") ? address.replace("http:", "https:") : address;
        }

        boolean isHost() {
            return field.equals("host");
        }

        private static String host(String address) {
            return address.replaceFirst("^[a-z]+://", "").replaceFirst("/$", "").replaceFirst(":-?[0-9]+$", "");
        }
    }

    /// Resources whose addresses this server does not call when it likes, and why.
    private static final Map<String, String> NOT_CALLED = Map.ofEntries(
            Map.entry("pages.LinksResource", "browsers open links"),
            Map.entry("pages.editor.EditorLinksResource", "browsers open links"),
            Map.entry("pages.looks.AppearancePageResource", "browsers open links"),
            Map.entry("whatsapp.proxies.ProxiesResource", "gateways connect to proxies"),
            Map.entry("whatsapp.proxies.ProxiesPageResource", "gateways connect to proxies"),
            Map.entry("accounts.operator.OperatorBackupsPageResource", "operators may name one in their own network"),
            Map.entry("accounts.operator.OperatorMailPageResource", "operators may name one in their own network"),
            Map.entry("accounts.sso.MemberSsoPageResource", "its operation is that of PUT /api/admin/sso"),
            Map.entry("workspaces.assistant.AssistantPageResource", "its operation is that of PUT …/assistant"),
            Map.entry("workspaces.mail.MailServerPageResource", "its operation is that of PUT …/mail"),
            Map.entry("workspaces.sso.SsoPageResource", "its operation is that of PUT …/sso"));

    @Inject
    TestWorld world;

    private List<Calls> calls() {
        Workspace sales = world.sales();
        String ofProject = "/api/projects/{projectId}/sub-clients/{subClientId}/";
        String pages = "/projects/{projectId}/sub-clients/{subClientId}/";
        String api = "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/";
        String page = WorkspacePaths.workspace(sales.project(), sales.id()) + "/";
        Map<String, Object> hook = Map.of("events", List.of("page.*"));
        String as = world.acme().username();
        Map<String, Object> hookForm = Map.of("events", "page.*", "as", as);
        Map<String, Object> gateway = Map.of("driver", "waha", "name", "G", "credentials", Map.of("apiKey", "k"));
        Map<String, Object> gatewayForm = Map.of("driver", "waha", "name", "G", "apiKey", "k", "as", as);
        Map<String, Object> model = Map.of("kind", "openai", "model", "m");
        Map<String, Object> oidc = Map.of("kind", "oidc", "clientId", "x", "defaultRole", "user");
        Map<String, Object> ofMembers = Map.of("kind", "oidc", "clientId", "x", "defaultRole", "manager");
        Map<String, Object> ldap =
                Map.of("kind", "ldap", "bindDn", "cn=x", "bindPassword", "x", "baseDn", "dc=x", "defaultRole", "user");
        Map<String, Object> saml = Map.of("kind", "saml", "defaultRole", "user");
        Map<String, Object> samlOfMembers = Map.of("kind", "saml", "defaultRole", "manager");
        Map<String, Object> mail = Map.of("security", "tls", "from", "desk@example.com");
        return List.of(
                new Calls("POST", "/api/admin/webhooks", "/api/admin/webhooks", "url", hook),
                new Calls("POST", "/admin/integrations", "/admin/integrations", "url", hookForm),
                new Calls("POST", ofProject + "webhooks", api + "webhooks", "url", hook),
                new Calls("POST", pages + "webhooks", page + "webhooks", "url", hookForm),
                new Calls("POST", "/api/whatsapp/connections", "/api/whatsapp/connections", "url", gateway),
                new Calls("POST", "/admin/pools/connections", "/admin/pools/connections", "url", gatewayForm),
                new Calls("PUT", ofProject + "assistant", api + "assistant", "endpoint", model),
                new Calls("PUT", ofProject + "sso", api + "sso", "issuer", oidc),
                new Calls("PUT", ofProject + "sso", api + "sso", "host", ldap),
                new Calls("PUT", "/api/admin/sso", "/api/admin/sso", "issuer", ofMembers),
                new Calls("PUT", ofProject + "sso", api + "sso", "metadataUrl", saml),
                new Calls("PUT", "/api/admin/sso", "/api/admin/sso", "metadataUrl", samlOfMembers),
                new Calls("PUT", ofProject + "mail", api + "mail", "host", mail));
    }

    @Test
    void whatThisServerDoesNotCallIsRefused() {
        var softly = new SoftAssertions();
        TestClient acme = TestClient.of(world.acme());
        for (Calls call : calls()) {
            for (String address : PRIVATE) {
                String typed = call.typed(address);
                Answer answer = call.send(acme, address);
                softly.assertThat(answer.status())
                        .as("%s %s %s: %s", call.route(), call.field(), typed, answer)
                        .isIn(400, 422);
                softly.assertThat(answer.text())
                        .as("%s %s %s", call.route(), call.field(), typed)
                        .contains("BANYAN_OUTBOUND_ALLOW");
            }
        }
        softly.assertAll();
    }

    @Test
    void whatNobodyCanCallIsRefused() {
        var softly = new SoftAssertions();
        TestClient acme = TestClient.of(world.acme());
        for (Calls call : calls()) {
            for (String address : IMPOSSIBLE) {
                String typed = call.typed(address);
                if (call.isHost() && typed.matches("host\\.example|nonsense")) {
                    continue; // its port is a field of its own
                }
                Answer answer = call.send(acme, address);
                softly.assertThat(answer.status())
                        .as("%s %s %s: %s", call.route(), call.field(), typed, answer)
                        .isIn(400, 422);
            }
        }
        softly.assertAll();
    }

    /// This machine is allowed in tests, and a name that isn't known yet may be known when it is called.
    @Test
    void whatItCallsIsTaken() {
        TestClient acme = TestClient.of(world.agency("hooks"));
        for (String address : List.of(
                "http://127.0.0.1:9/hook",
                "HTTPS://Hooks.Example.COM:8443/a?b=c",
                "https://bücher.example/ü",
                "https://hooks.invalid./x",
                "http://[2606:4700::1111]:8080/")) {
            Answer answer = acme.post("/api/admin/webhooks", Map.of("url", address, "events", List.of("page.*")));
            assertThat(answer.status()).as(address + ": " + answer).isEqualTo(201);
        }
        assertThat(acme.get("/api/admin/webhooks").text())
                .contains("https://hooks.example.com:8443/a?b=c", "https://xn--bcher-kva.example/");
    }

    /// Browsers open what links lead to: a private address is the visitor’s business, an impossible one is refused.
    @Test
    void linksAreRefusedIfTheyAreImpossible() {
        TestClient acme = TestClient.of(world.acme());
        var softly = new SoftAssertions();
        for (String address : IMPOSSIBLE) {
            for (Answer answer : List.of(
                    acme.post("/api/admin/UpdateLinks", Map.of("links", List.of(Map.of("name", "x", "url", address)))),
                    acme.post("/api/admin/CreateShortLink", Map.of("targetUrl", address)))) {
                softly.assertThat(answer.status()).as("%s: %s", address, answer).isBetween(400, 499);
            }
        }
        softly.assertAll();
    }

    /// A new field finds its way into this test by its name.
    @Test
    void everyAddressFieldIsKnown() {
        Set<String> tried =
                calls().stream().map(call -> call.verb() + " " + call.route()).collect(Collectors.toSet());
        Set<String> known = Routes.all().stream()
                .filter(route -> tried.contains(route.name()))
                .map(Route::resource)
                .collect(Collectors.toCollection(TreeSet::new));
        NOT_CALLED.keySet().forEach(name -> known.add("dev.banyan." + name));
        var unknown = new TreeSet<String>();
        for (Route route : Routes.all()) {
            Stream.concat(route.formParams().stream(), route.body().stream().flatMap(type -> fields(type)))
                    .filter(field -> ADDRESS.matcher(field).matches()
                            && !known.contains(route.resource().replaceFirst("\\$.*", "")))
                    .forEach(field -> unknown.add(route.resource() + ": " + field + " of " + route.name()));
        }
        assertThat(unknown)
                .as("try them in this test, or say why they are not called")
                .isEmpty();
    }

    private static Stream<String> fields(Class<?> type) {
        return type.isRecord() ? Stream.of(type.getRecordComponents()).map(RecordComponent::getName) : Stream.empty();
    }
}
