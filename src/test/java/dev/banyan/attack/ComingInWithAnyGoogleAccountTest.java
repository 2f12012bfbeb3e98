package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody with an account of their own at a provider for all, such as Google, comes in where that provider is trusted
/// and no one said whose people are meant.
@QuarkusTest
class ComingInWithAnyGoogleAccountTest {

    private static final List<String> FOR_ALL = List.of(
            "https://accounts.google.com",
            "https://login.microsoftonline.com/common/v2.0",
            "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
            "https://appleid.apple.com",
            "https://gitlab.com");

    @Inject
    NumberRooms rooms;

    private Workspace sales;
    private TestClient acme;

    @BeforeEach
    void aWorkspace() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
    }

    private String route() {
        return "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/sso";
    }

    private String page() {
        return WorkspacePaths.workspace(sales.project(), sales.id()) + "/settings/sso";
    }

    private Answer put(String issuer, Map<String, Object> more) {
        var wish = new HashMap<String, Object>(Map.of(
                "kind",
                "oidc",
                "issuer",
                issuer,
                "clientId",
                "banyan",
                "clientSecret",
                "only-we-know",
                "defaultRole",
                "user"));
        wish.putAll(more);
        wish.values().removeIf(""::equals);
        return acme.put(route(), wish);
    }

    @Test
    void aProviderForAllIsNotSavedWithoutAWordOfWhoseMayComeIn() {
        for (String issuer : FOR_ALL) {
            for (Map<String, Object> open : List.<Map<String, Object>>of(
                    Map.of(),
                    Map.of("createUsers", true),
                    Map.of("createUsers", false),
                    Map.of("allowedDomains", List.of()),
                    Map.of("roles", Map.of("bosses", "admin")),
                    Map.of("defaultRole", "", "groupClaim", "locale", "roles", Map.of("en", "user")),
                    Map.of("allowedDomains", List.of("gmail.com")))) {
                Answer answer = put(issuer, open);
                assertThat(answer.status()).as(issuer + " " + open).isEqualTo(400);
                assertThat(answer.text())
                        .as(issuer + " " + open)
                        .contains("allowedDomains")
                        .contains("nyone can have");
            }
        }
        assertThat(acme.get(route()).json().at("/data/sso").isMissingNode()
                        || acme.get(route()).json().at("/sso").isMissingNode())
                .isTrue();
        assertThat(put("https://accounts.google.com", Map.of("allowedDomains", List.of("not a domain")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void withDomainsOrGroupsItIsSavedAndTheSentenceSaysWhoCouldComeIn() {
        Answer domains = put("https://accounts.google.com", Map.of("allowedDomains", List.of("@Office.example")));
        assertThat(domains.status()).as(domains.toString()).isEqualTo(200);
        assertThat(domains.text()).contains("Everyone with a Google account at office.example can sign in.");
        assertThat(acme.get(page()).text()).contains("Everyone with a Google account at office.example can sign in.");
        Answer groups = put("https://gitlab.com", Map.of("defaultRole", "", "roles", Map.of("office/sales", "user")));
        assertThat(groups.status()).as(groups.toString()).isEqualTo(200);
        assertThat(groups.text()).contains("who is in the group “office/sales” can sign in.");
    }

    @Test
    void thePageRefusesAlikeAndFollowsWhatIsTyped() {
        String as = rooms.world().acme().username();
        Answer refused = acme.form(
                page(),
                "as",
                as,
                "kind",
                "oidc",
                "issuer",
                "https://accounts.google.com",
                "clientId",
                "banyan",
                "defaultRole",
                "user",
                "createUsers",
                "on",
                "passwordSignIn",
                "on");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.text()).contains("Anyone can have a Google account. Enter the domains of your people");
        Answer typed = acme.form(
                page() + "/reach",
                "as",
                as,
                "kind",
                "oidc",
                "issuer",
                "https://accounts.google.com",
                "defaultRole",
                "user",
                "createUsers",
                "on",
                "allowedDomains",
                "office.example");
        assertThat(typed.status()).as(typed.toString()).isEqualTo(200);
        assertThat(typed.text()).contains("Everyone with a Google account at office.example can sign in.");
    }

    @Test
    void anAccountsProviderIsBoundToProvedDomains() {
        TestWorld.Person owner = rooms.world().agency("quay");
        TestClient client = TestClient.of(owner);
        Map<String, Object> wish = Map.of(
                "kind",
                "oidc",
                "issuer",
                "https://accounts.google.com",
                "clientId",
                "banyan",
                "defaultRole",
                "manager");
        assertThat(client.put("/api/admin/sso", wish).status()).isEqualTo(400);
        String domain = owner.username().replaceAll("[^a-z0-9]", "-") + ".example";
        rooms.world()
                .sql(
                        "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, 'active', 9007199254740991, 1)",
                        UUID.randomUUID().toString(),
                        owner.account().toString(),
                        owner.account().toString(),
                        domain,
                        domain);
        var bound = new HashMap<>(wish);
        bound.put("emailDomains", List.of(domain));
        Answer saved = client.put("/api/admin/sso", bound);
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
        assertThat(saved.text()).contains("Everyone with a Google account at " + domain + " can sign in.");
        bound.put("allowedDomains", List.of(domain));
        assertThat(client.put("/api/admin/sso", bound).error()).contains("allowedDomains are for sub-clients");
    }
}
