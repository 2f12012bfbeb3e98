package dev.banyan.accounts.people;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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
        assertThat(invite(email, "manager").location()).contains("done=invitation-created");
        assertThat(users()).contains(email, "This server can’t send email", "Copy link", "Revoke");
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

    /// Returns the link that the next page shows to the owner.
    private String shown(Answer redirect) {
        String cookie = redirect.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(cookie).startsWith("banyan_link=");
        Answer page = TestClient.anonymous()
                .with("Cookie", "banyan_session=" + world.acme().token() + "; " + cookie)
                .get("/admin/users?as=" + world.acme().username());
        assertThat(page.text()).contains("Copy link", "We won’t show it again.");
        assertThat(page.header("Set-Cookie").orElseThrow()).startsWith("banyan_link=;");
        return page.text().replaceFirst("(?s).*(/invitation\\?token=[^\"]+)\".*", "$1");
    }

    @Test
    void theLinkIsShownOnceWhereNoMailIsSent() {
        String email = world.name("somebody") + "@people.example";
        String first = shown(invite(email, "manager"));
        assertThat(first).isEqualTo(link(email));
        assertThat(users()).contains(email).doesNotContain(first);

        String path = "/admin/users/people/" + invitation() + "/link";
        String second = shown(acme.form(path, "as", world.acme().username()));
        assertThat(visitor.get(first).status()).isEqualTo(404);
        assertThat(visitor.get(second).status()).isEqualTo(200);
        assertThat(TestClient.of(world.rival())
                        .form(path, "as", world.rival().username())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theLinkMakesSomebodyNewAMember() {
        String email = world.name("newcomer") + "@people.example";
        invite(email, "manager");
        String link = link(email);
        String token = link.replaceFirst(".*token=", "");
        assertThat(visitor.get(link).text()).contains(email, "Your name", "Accept invitation");
        Answer refused = visitor.form("/invitation", "token", token, "name", " ", "password", "short");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Name is required", "at least 8 characters");

        Answer joined =
                visitor.form("/invitation", "token", token, "name", "Nour Aziz", "password", TestWorld.PASSWORD);

        assertThat(joined.status()).as(joined.text()).isEqualTo(303);
        assertThat(joined.location())
                .isEqualTo("/admin/dashboard?as=" + world.acme().username() + "&done=invitation-accepted");
        var newcomer = TestClient.withSession(joined.sessionToken());
        assertThat(newcomer.get(joined.location()).text()).contains("Nour Aziz");
        assertThat(newcomer.get("/admin/pages?as=" + world.acme().username()).status())
                .isEqualTo(200);
        assertThat(users()).contains("Nour Aziz", email);
        assertThat(world.select("SELECT username FROM accounts WHERE email = ?", email))
                .as("people who were invited need no account of their own")
                .isEmpty();
        assertThat(visitor.get(link).status()).isEqualTo(404);
        assertThat(newcomer.form("/admin/settings/name", "as", world.acme().username(), "name", "Nour A.")
                        .location())
                .contains("done=name-saved");
        assertThat(users()).contains("Nour A.");
    }

    @Test
    void somebodyWhoIsInvitedToLookOnChangesNothingButTheirOwnSignIn() {
        String email = world.name("viewer") + "@people.example";
        invite(email, "viewer");
        assertThat(users()).contains(email, "Viewer");
        String token = link(email).replaceFirst(".*token=", "");
        Answer joined =
                visitor.form("/invitation", "token", token, "name", "Rana Aziz", "password", TestWorld.PASSWORD);
        var viewer = TestClient.withSession(joined.sessionToken());
        String as = world.acme().username();

        assertThat(viewer.get("/admin/pages?as=" + as).text())
                .contains("You have view-only access. Ask an owner if you need to change something.");
        assertThat(viewer.form("/admin/pages", "as", as, "name", "Mine", "slug", "mine")
                        .status())
                .isEqualTo(403);
        assertThat(viewer.form(
                                "/admin/users/people",
                                "as",
                                as,
                                "email",
                                world.name("other") + "@people.example",
                                "role",
                                "owner",
                                "scope",
                                "all")
                        .status())
                .as("who looks on passes nothing on")
                .isEqualTo(403);
        assertThat(viewer.form("/admin/settings/name", "as", as, "name", "Rana A.")
                        .location())
                .contains("done=name-saved");

        String person = world.select(
                        "SELECT identity_id FROM memberships WHERE tenant_id = ? AND is_read_only = 1",
                        world.acme().account().toString())
                .getFirst();
        assertThat(acme.get("/admin/users/people/" + person + "?as=" + as).text())
                .contains("value=\"viewer\" checked");
        assertThat(acme.form("/admin/users/people/" + person, "as", as, "role", "manager", "scope", "all")
                        .location())
                .contains("done=role-saved");
        assertThat(viewer.form("/admin/pages", "as", as, "name", "Mine", "slug", "mine")
                        .status())
                .isEqualTo(303);
    }

    /// Or an owner could invite somebody else's e-mail and read what other accounts send to it.
    @Test
    void aLinkThatWasShownConfirmsNoEmail() {
        TestWorld.Person known = world.person("known");
        invite(known.email(), "manager");
        String link = link(known.email());
        var client = TestClient.of(known);
        assertThat(client.get(link).text()).contains("Accept invitation").doesNotContain("Your name");
        Answer accepted = client.form("/invitation", "token", link.replaceFirst(".*token=", ""));
        assertThat(accepted.location())
                .startsWith("/admin/dashboard?as=" + world.acme().username());
        assertThat(client.get("/admin/invitations").text()).contains("Confirm your email to see invitations.");

        String email = world.name("newcomer") + "@people.example";
        invite(email, "manager");
        String token = link(email).replaceFirst(".*token=", "");
        visitor.form("/invitation", "token", token, "name", "Nour", "password", TestWorld.PASSWORD);
        assertThat(world.count("SELECT count(*) FROM identities WHERE email = ? AND email_confirmed_at IS NULL", email))
                .isEqualTo(1);
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
                                "name",
                                "Late",
                                "password",
                                TestWorld.PASSWORD)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aMailedLinkConfirmsTheEmailOfWhoeverHasAnAccount() {
        TestWorld.Person known = world.person("known");
        invite(known.email(), "manager");
        world.sql("UPDATE membership_invitations SET is_link_shown = 0 WHERE email = ?", known.email());
        var client = TestClient.of(known);
        assertThat(client.get("/admin/invitations").text()).contains("Confirm your email to see invitations.");
        assertThat(visitor.get(link(known.email())).location())
                .as("somebody else may have registered with the address: its owner signs in first")
                .startsWith("/login?next=%2Finvitation");
        assertThat(client.get("/admin/invitations").text()).contains("Confirm your email to see invitations.");
        assertThat(client.get(link(known.email())).location()).isEqualTo("/admin/invitations");
        assertThat(client.get("/admin/invitations").text())
                .contains(world.acme().username(), "Accept");
    }

    @Test
    void theDashboardAndTheMailsTell() {
        invite(world.solo().email(), "manager");
        assertThat(solo.get("/admin/dashboard").text()).contains("You’ve been invited to join an account.");
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
                .contains("You no longer have access to " + world.acme().username() + " on Banyan");
    }

    @Test
    void theLastOwnerCannotGo() {
        String path = "/admin/users/people/" + world.acme().account() + "/remove";
        Answer alone = acme.form(path, "as", world.acme().username());
        assertThat(alone.status()).isEqualTo(422);
        assertThat(alone.text()).contains("An account needs at least one owner.");

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
        assertThat(solo.get("/admin/invitations").text()).contains("Accounts you’ve joined");
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
        assertThat(unknown.text()).contains("None of your brands is called");
        assertThat(acme.get("/admin/users/people/new?as=" + world.north().username())
                        .status())
                .isEqualTo(403);
    }

    /// Without it, who ticks brands and overlooks the choice above them gives away all of them.
    @Test
    void tickedBrandsAreNeverAccessToEverything() {
        Answer both = acme.form(
                "/admin/users/people",
                "as",
                world.acme().username(),
                "email",
                world.solo().email(),
                "role",
                "viewer",
                "scope",
                "all",
                "subAccounts",
                world.north().username());
        assertThat(both.status()).isEqualTo(422);
        assertThat(both.text()).contains("You selected brands, but “Everything” is on.");
        assertThat(world.select(
                        "SELECT id FROM membership_invitations WHERE tenant_id = ?",
                        world.acme().account().toString()))
                .isEmpty();
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
                .contains("Edit", world.solo().email(), world.north().username());
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
                        "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Your access to%' ORDER BY id",
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
        assertThat(last.text()).contains("An account needs at least one owner.");
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
                .contains("Choose at least one brand.");
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
        assertThat(found).contains(world.solo().email(), "Search members");
        assertThat(found.split("id=\"people\"", 2)[1].split("</ul>", 2)[0])
                .doesNotContain(world.acme().email());
        assertThat(acme.get("/admin/users?as=" + world.acme().username() + "&people=nobody-at-all")
                        .text())
                .contains("No members match “nobody-at-all”");
    }
}
