package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the form of a provider says of wrong entries: with the names that it shows, not with those of the API.
@QuarkusTest
class SsoFormWordsTest extends OidcRoom {

    private TestClient admin = TestClient.anonymous();

    @BeforeEach
    void anAdmin() {
        var world = rooms.world();
        admin = TestClient.of(world.guest(world.context(world.acme()), sales, "leila", WorkspaceRole.ADMIN));
    }

    private Answer save(String... fields) {
        return admin.form(SsoBrowser.path(sales) + "/settings/sso", fields);
    }

    @Test
    void wrongEntriesAreNamedAsInTheForm() {
        Answer refused = save(
                "kind",
                "oidc",
                "issuer",
                "https://login.example.com/?x=1",
                "clientId",
                "banyan",
                "secret",
                "s",
                "allowedDomains",
                "acme.example\n*.acme.example");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Issuer must be an https address without a query, such as https://login.example.com.")
                .contains("“*.acme.example” isn’t a domain.")
                .contains("Give at least one group a role, or choose the role of everyone else.")
                .doesNotContain("issuer must", "allowedDomains must", "a defaultRole");
    }

    @Test
    void thoseOfADirectoryAsWell() {
        Answer refused = save(
                "kind",
                "ldap",
                "host",
                "ldaps://ldap.example.com",
                "bindDn",
                "",
                "baseDn",
                "dc=example",
                "userFilter",
                "(uid=x)",
                "secret",
                "",
                "defaultRole",
                "user");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Host must be a host name without a scheme or port.")
                .contains("Search account is required.")
                .contains("Filter for people must contain {username}.")
                .doesNotContain("bindDn is", "userFilter must");
    }
}
