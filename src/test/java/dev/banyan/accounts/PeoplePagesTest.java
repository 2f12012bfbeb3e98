package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People of an account on our own pages, and the link in an invitation.
@QuarkusTest
class PeoplePagesTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private TestClient acme = TestClient.anonymous();
    private TestClient solo = TestClient.anonymous();
    private final TestClient visitor = TestClient.anonymous();

    @BeforeEach
    void peopleConfirmTheirEmails() {
        confirm(world.acme().email());
        confirm(world.solo().email());
        acme = TestClient.of(world.acme());
        solo = TestClient.of(world.solo());
    }

    private void confirm(String email) {
        world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", email);
    }

    private Answer invite(String email, String role) {
        return acme.form(
                "/admin/users/people", "as", world.acme().username(), "email", email, "role", role, "scope", "all");
    }

    private Answer answer(String verb) {
        return solo.form("/admin/invitations/" + world.acme().account() + "/" + verb, Map.of());
    }

    private String users() {
        return acme.get("/admin/users?as=" + world.acme().username()).text();
    }

    private String invitation() {
        return world.select(
                        "SELECT id FROM membership_invitations WHERE tenant_id = ?",
                        world.acme().account().toString())
                .getFirst();
    }

    private String link(String email) {
        return world.select("SELECT body FROM mails WHERE recipient = ? ORDER BY id DESC", email)
                .getFirst()
                .replaceFirst("(?s).*(/invitation\\?token=\\S+).*", "$1");
    }

    @Test
    void anInvitationIsSentAgainAndTakenBack() {
        String email = world.name("somebody") + "@people.example";
        assertThat(invite(email, "manager").location()).contains("done=person-invited");
        assertThat(users()).contains(email, "Send again", "Take back");
        String first = link(email);
        assertThat(visitor.get(first).status()).isEqualTo(200);

        String path = "/admin/users/people/" + invitation();
        assertThat(acme.form(path + "/resend", "as", world.acme().username()).status())
                .isEqualTo(303);
        assertThat(link(email)).isNotEqualTo(first);
        assertThat(visitor.get(first).status()).isEqualTo(404);
        assertThat(acme.form(path + "/remove", "as", world.acme().username()).location())
                .contains("done=invitation-revoked");
        assertThat(users()).doesNotContain(email);
        assertThat(visitor.get(link(email)).status()).isEqualTo(404);
        assertThat(acme.form(path + "/resend", "as", world.acme().username()).status())
                .isEqualTo(404);
    }

    @Test
    void theLinkRegistersSomebodyNewWhoThenAccepts() {
        String email = world.name("newcomer") + "@people.example";
        invite(email, "manager");
        String link = link(email);
        String token = link.replaceFirst(".*token=", "");
        assertThat(visitor.get(link).text()).contains(email, "You are invited");
        assertThat(visitor.form("/invitation", "token", token, "username", "a", "password", "short")
                        .status())
                .isEqualTo(422);
        Answer registered = visitor.form(
                "/invitation", "token", token, "username", world.name("newcomer"), "password", TestWorld.PASSWORD);
        assertThat(registered.status()).as(registered.text()).isEqualTo(303);
        assertThat(registered.location()).isEqualTo("/admin/invitations");
        var newcomer = TestClient.withSession(registered.sessionToken());
        assertThat(newcomer.get("/admin/invitations").text())
                .contains(world.acme().username(), "Accept");
        assertThat(newcomer.form("/admin/invitations/" + world.acme().account() + "/accept", Map.of())
                        .location())
                .contains("done=invitation-accepted");
        assertThat(newcomer.get("/admin/pages?as=" + world.acme().username()).status())
                .isEqualTo(200);
        assertThat(users()).contains(email);
        assertThat(visitor.get(link).status()).isEqualTo(404);
    }

    @Test
    void theLinkExpiresAfterSevenDays() {
        String email = world.name("late") + "@people.example";
        invite(email, "manager");
        clock.forward(Duration.ofDays(7));
        assertThat(visitor.get(link(email)).status()).isEqualTo(404);
        assertThat(visitor.form(
                                "/invitation",
                                "token",
                                link(email).replaceFirst(".*token=", ""),
                                "username",
                                world.name("late"),
                                "password",
                                TestWorld.PASSWORD)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theLinkConfirmsTheEmailOfWhoeverHasAnAccount() {
        TestWorld.Person known = world.person("known");
        invite(known.email(), "manager");
        var client = TestClient.of(known);
        assertThat(client.get("/admin/invitations").text()).contains("Confirm your e-mail first");
        assertThat(visitor.get(link(known.email())).location())
                .as("somebody else may have registered with the address: its owner signs in first")
                .startsWith("/login?next=%2Finvitation");
        assertThat(client.get("/admin/invitations").text()).contains("Confirm your e-mail first");
        assertThat(client.get(link(known.email())).location()).isEqualTo("/admin/invitations");
        assertThat(client.get("/admin/invitations").text())
                .contains(world.acme().username(), "Accept");
    }

    @Test
    void theDashboardAndTheMailsTell() {
        invite(world.solo().email(), "manager");
        assertThat(solo.get("/admin/dashboard").text()).contains("You are invited to work for an account.");
        answer("accept");
        assertThat(world.select(
                        "SELECT subject FROM mails WHERE recipient = ?",
                        world.acme().email()))
                .contains("Your invitation was accepted");
        acme.form(
                "/admin/users/people/" + world.solo().account() + "/remove",
                "as",
                world.acme().username());
        assertThat(world.select(
                        "SELECT subject FROM mails WHERE recipient = ?",
                        world.solo().email()))
                .contains("You no longer work for " + world.acme().username() + " on Banyan");
    }

    @Test
    void theLastOwnerCannotGo() {
        String path = "/admin/users/people/" + world.acme().account() + "/remove";
        Answer alone = acme.form(path, "as", world.acme().username());
        assertThat(alone.status()).isEqualTo(422);
        assertThat(alone.text()).contains("The last owner cannot go.");

        invite(world.solo().email(), "owner");
        assertThat(answer("accept").status()).isEqualTo(303);
        assertThat(acme.form(path, "as", world.acme().username()).location()).contains("done=person-left");
        // Who is at home nowhere is told so, and sees the account no more.
        assertThat(acme.get("/admin/dashboard").location()).isEqualTo("/admin/invitations");
        assertThat(acme.get("/admin/invitations").status()).isEqualTo(200);
        Answer closed = acme.get("/admin/pages?as=" + world.acme().username());
        assertThat(closed.status()).isEqualTo(303);
        assertThat(closed.location()).isEqualTo("/admin/invitations");
        assertThat(answer("leave").status()).isEqualTo(409);
    }

    @Test
    void aPersonLeavesAndStrangersFindNobody() {
        invite(world.solo().email(), "manager");
        answer("accept");
        assertThat(solo.get("/admin/invitations").text()).contains("Accounts you work for");
        assertThat(TestClient.of(world.rival())
                        .form("/admin/invitations/" + world.acme().account() + "/leave", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.of(world.rival())
                        .form(
                                "/admin/users/people/" + world.solo().account() + "/remove",
                                "as",
                                world.rival().username())
                        .status())
                .isEqualTo(404);
        assertThat(answer("leave").location()).contains("done=person-left");
        assertThat(solo.get("/admin/pages?as=" + world.acme().username()).status())
                .isEqualTo(404);
        assertThat(answer("accept").status()).isEqualTo(404);
    }

    @Test
    void badInputIsAnsweredAtItsField() {
        assertThat(invite("nonsense", "manager").text()).contains("E-mail must look like name@example.com");
        assertThat(invite(world.solo().email(), "emperor").status()).isEqualTo(422);
        Answer unknown = acme.form(
                "/admin/users/people",
                "as",
                world.acme().username(),
                "email",
                world.solo().email(),
                "role",
                "manager",
                "scope",
                "listed",
                "subAccount",
                world.east().username());
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("There is no sub-account");
        assertThat(acme.get("/admin/users/people/new?as=" + world.north().username())
                        .status())
                .isEqualTo(403);
    }
}
