package dev.banyan.accounts.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Members of an account on our own pages, and the link in an invitation.
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
        // A person without any account is told so, and no longer sees the account.
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
        assertThat(invite("nonsense", "manager").text()).contains("Email must look like name@example.com");
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
                "subAccounts",
                world.east().username());
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("There is no sub-account");
        assertThat(acme.get("/admin/users/people/new?as=" + world.north().username())
                        .status())
                .isEqualTo(403);
    }

    private Answer change(TestClient who, Object whom, String... fields) {
        var form = new HashMap<String, String>(Map.of("as", world.acme().username()));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return who.form("/admin/users/people/" + whom, form);
    }

    @Test
    void aRoleAndItsScopeAreChangedAndHoldAtOnce() {
        world.north();
        world.south();
        invite(world.solo().email(), "manager");
        answer("accept");
        String account = world.solo().account().toString();
        assertThat(acme.get("/admin/users/people/" + account + "?as="
                                + world.acme().username())
                        .text())
                .contains("What", world.solo().email(), world.north().username());
        String north = "/admin/pages?as=" + world.north().username();
        String south = "/admin/pages?as=" + world.south().username();
        assertThat(solo.get(south).status()).isEqualTo(200);

        assertThat(change(
                                acme,
                                account,
                                "role",
                                "manager",
                                "scope",
                                "listed",
                                "subAccounts",
                                world.north().username())
                        .location())
                .contains("done=role-saved");
        assertThat(solo.get(north).status()).isEqualTo(200);
        assertThat(solo.get(south).status()).isEqualTo(404);
        assertThat(solo.get("/admin/pages?as=" + world.acme().username()).status())
                .isEqualTo(404);
        assertThat(users()).contains("for <bdi>" + world.north().username());
        assertThat(acme.get("/admin/users/people/" + account + "?as="
                                + world.acme().username())
                        .text())
                .containsPattern("value=\"" + world.north().username() + "\" checked");

        assertThat(change(acme, account, "role", "owner", "scope", "listed").location())
                .contains("done=role-saved");
        assertThat(solo.get("/admin/users?as=" + world.acme().username()).status())
                .isEqualTo(200);
        assertThat(world.select(
                        "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Your work for%' ORDER BY id",
                        world.solo().email()))
                .hasSize(2)
                .first()
                .asString()
                .contains("manager", world.north().username());
        assertThat(world.count(
                        "SELECT count(*) FROM audit_events WHERE action = 'PersonChanged' AND tenant_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(2);
    }

    @Test
    void aRoleIsNotChangedByWhoMayNotOrToWhatIsNone() {
        String self = world.acme().account().toString();
        Answer last = change(acme, self, "role", "manager", "scope", "all");
        assertThat(last.status()).isEqualTo(422);
        assertThat(last.text()).contains("The last owner stays the owner.");
        invite(world.solo().email(), "manager");
        answer("accept");
        String account = world.solo().account().toString();
        assertThat(change(solo, account, "role", "owner", "scope", "all").status())
                .as("a manager makes themselves an owner")
                .isEqualTo(403);
        assertThat(change(TestClient.of(world.rival()), account, "role", "owner")
                        .status())
                .isEqualTo(404);
        assertThat(change(acme, account, "role", "emperor").status()).isEqualTo(422);
        assertThat(change(acme, account, "role", "manager", "scope", "listed").text())
                .contains("Choose at least one sub-account");
        assertThat(change(acme, world.rival().account(), "role", "manager").status())
                .isEqualTo(404);
    }

    @Test
    void theLinkOfARemovedOwnersInvitationIsOver() {
        invite(world.solo().email(), "owner");
        answer("accept");
        String email = world.name("hired") + "@people.example";
        solo.form(
                "/admin/users/people",
                Map.of("as", world.acme().username(), "email", email, "role", "owner", "scope", "all"));
        String link = link(email);
        assertThat(visitor.get(link).status()).isEqualTo(200);
        acme.form(
                "/admin/users/people/" + world.solo().account() + "/remove",
                "as",
                world.acme().username());
        assertThat(visitor.get(link).status()).isEqualTo(404);
        assertThat(users()).doesNotContain(email);
    }

    @Test
    void peopleAreSearched() {
        invite(world.solo().email(), "manager");
        answer("accept");
        String found = acme.get("/admin/users?as=" + world.acme().username() + "&people="
                        + world.solo().username())
                .text();
        assertThat(found).contains(world.solo().email(), "Search people");
        assertThat(found.split("id=\"people\"", 2)[1].split("</ul>", 2)[0])
                .doesNotContain(world.acme().email());
        assertThat(acme.get("/admin/users?as=" + world.acme().username() + "&people=nobody-at-all")
                        .text())
                .contains("Nobody matches “nobody-at-all”");
    }
}
