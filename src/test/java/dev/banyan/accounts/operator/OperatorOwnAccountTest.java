package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator without an account creates one with the same sign-in.
@QuarkusTest
class OperatorOwnAccountTest {

    private static final String PATH = "/operator/account";

    @Inject
    TestWorld world;

    private TestClient operator = TestClient.anonymous();

    /// A second operator, because the first is shared by all tests and stays without an account.
    @BeforeEach
    void anOperatorWithoutAnAccount() {
        Person person = world.person("operator");
        String id = person.identity().toString();
        world.sql("DELETE FROM memberships WHERE identity_id = ?", id);
        world.sql("UPDATE identities SET home_account_id = NULL WHERE id = ?", id);
        world.sql("INSERT INTO operators (identity_id, created_at) VALUES (?, 1)", id);
        operator = TestClient.of(person);
    }

    @AfterEach
    void theOperatorLeaves() {
        world.sql("DELETE FROM operators WHERE created_at = 1");
    }

    @Test
    void theOverviewOffersItUntilItIsThere() {
        assertThat(operator.get("/").location()).isEqualTo("/operator");
        assertThat(operator.get("/operator").text()).contains("You have no account yet", PATH);
        assertThat(operator.get(PATH).text()).contains("Create your account", "Account name");

        Answer made = operator.form(PATH, "displayName", "Own " + world.name("agency"));
        assertThat(made.location())
                .isEqualTo("/admin/dashboard?as=own-" + world.name("agency") + "&done=account-created");
        assertThat(operator.get(made.location()).text())
                .contains("Account created", "Own " + world.name("agency"), "Connect a mail server");
        assertThat(operator.get("/admin/subscription").text()).contains("Unlimited plan", "/operator/accounts/");
        assertThat(operator.get("/").location()).isEqualTo("/admin/dashboard");
        assertThat(operator.get("/operator").text())
                .contains("/admin/dashboard?as=own")
                .doesNotContain("You have no account yet");

        assertThat(operator.get(PATH).location()).isEqualTo("/admin/dashboard");
        assertThat(operator.form(PATH, "displayName", "Another").location()).isEqualTo("/admin/dashboard");
    }

    @Test
    void badNamesAreSaidAtTheirField() {
        Answer empty = operator.form(PATH, "displayName", "");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.text()).contains("Display name", "Use 3 to 30 letters");
        Answer reserved = operator.form(PATH, "displayName", "Admin");
        assertThat(reserved.status()).isEqualTo(422);
        assertThat(reserved.text()).contains("This username is taken. Choose another one.", "value=\"Admin\"");
        Answer taken = operator.form(
                PATH, "displayName", "Mine", "username", world.solo().username());
        assertThat(taken.text()).contains("This username is taken.");
    }

    @Test
    void forOthersThePageDoesNotExist() {
        assertThat(TestClient.of(world.solo()).get(PATH).status()).isEqualTo(404);
        assertThat(TestClient.of(world.solo()).form(PATH, "displayName", "Mine").status())
                .isEqualTo(404);
    }
}
