package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// A server without a mail server, as this one is: its pages promise no email, and say what to do instead.
@QuarkusTest
class NoMailServerTest {

    private static final Pattern PROMISE = Pattern.compile(
            "(?i)\\bwe(?:['’]ll)? (?:e?mail|sent)(?:ed)?\\b|gets? an email|sent you|reminders by email|here or by email"
                    + "|check your inbox|resend link");

    @Inject
    TestWorld world;

    private static void assertPromisesNothing(Answer page, int status, String... says) {
        assertThat(page.status()).as(page.toString()).isEqualTo(status);
        assertThat(PROMISE.matcher(page.text()).results().map(MatchResult::group))
                .as(page.text())
                .isEmpty();
        assertThat(page.text()).contains(says);
    }

    @Test
    void theDoorsPromiseNoEmail() {
        TestClient visitor = TestClient.anonymous();
        assertPromisesNothing(visitor.get("/register"), 200, "You sign in with it.");
        assertPromisesNothing(visitor.get("/forgot-password"), 200, "Ask the people who run it");
        assertPromisesNothing(
                visitor.form("/forgot-password", "email", world.acme().email()), 200, "Ask the people who run it");
        String home = "/s/" + world.sales().shortPath();
        assertPromisesNothing(visitor.get(home + "/forgot-password"), 200, "Ask an admin of this workspace");
        assertPromisesNothing(
                visitor.form(home + "/forgot-password", "usernameOrEmail", "amira"),
                200,
                "Ask an admin of this workspace");
        world.sql(
                "UPDATE projects SET registration_proof = 'email' WHERE id = ?",
                world.sales().project().toString());
        assertPromisesNothing(register(visitor, home), 201, "Ask an admin of");
        world.sql(
                "UPDATE projects SET registration_proof = 'approval' WHERE id = ?",
                world.sales().project().toString());
        assertPromisesNothing(register(visitor, home), 201, "Ask an admin of");
    }

    private Answer register(TestClient visitor, String home) {
        String name = world.name("kim");
        return visitor.form(
                home + "/register",
                "username",
                name,
                "email",
                name + "@people.example",
                "password",
                TestWorld.PASSWORD);
    }

    @Test
    void thePagesOfAnAccountPromiseNoEmail() {
        TestClient acme = TestClient.of(world.acme());
        world.sql(
                "UPDATE identities SET email_confirmed_at = NULL WHERE id = ?",
                world.acme().identity().toString());
        Answer changed = acme.form(
                "/admin/settings/email",
                "as",
                world.acme().username(),
                "newEmail",
                world.name("new") + "@people.example",
                "password",
                TestWorld.PASSWORD);
        assertThat(changed.location()).contains("done=email-saved-unmailed");
        assertPromisesNothing(
                acme.get(changed.location()),
                200,
                "Ask the people who run it",
                "New email saved.",
                "This server can’t send email");
        world.confirm(world.acme());
        assertPromisesNothing(acme.get("/admin/settings/second-factor"), 200, "no code would reach you");
        assertPromisesNothing(acme.get("/admin/support-access"), 200, "Your audit log lists when it began");
        assertPromisesNothing(acme.get("/admin/analytics"), 200, "no report arrives until it can");
        assertPromisesNothing(acme.get("/admin/pools/alerts"), 200, "alerts are on this page only");
        assertPromisesNothing(acme.get("/admin/export"), 200, "This page shows when it’s ready.");
        assertPromisesNothing(acme.get("/admin/users"), 200, "Invite member");
        assertPromisesNothing(acme.get("/admin/users/people/new"), 200, "This server can’t send email.");
        assertPromisesNothing(
                acme.get(WorkspacePaths.workspace(
                                world.sales().project(), world.sales().id()) + "/usage"),
                200,
                "check here how near the limits are");
    }

    @Test
    void aPersonIsToldByWhomChangesThem() {
        TestClient acme = TestClient.of(world.acme());
        Answer invited = acme.post(
                "/api/admin/UserManagerInvite", Map.of("email", world.solo().email(), "role", "user_manager"));
        assertThat(invited.status()).as(invited.toString()).isEqualTo(200);
        world.confirm(world.solo());
        Answer accepted = TestClient.of(world.solo())
                .post(
                        "/api/admin/UserManagerRespond",
                        Map.of("FromUserId", world.acme().account().toString(), "State", "accepted"));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        Matcher person = Pattern.compile("(?<=href=\")/admin/users/people/[0-9a-f-]{36}(?=[?\"])")
                .matcher(acme.get("/admin/users").text());
        assertThat(person.find()).isTrue();
        assertPromisesNothing(acme.get(person.group()), 200, "so tell them yourself");
    }

    @Test
    void programsAreToldThatNothingWasSent() {
        TestClient acme = TestClient.of(world.acme());
        String api = "/api/projects/" + world.sales().project() + "/sub-clients/"
                + world.sales().id();
        String email = world.name("invited") + "@people.example";
        for (Answer answer : List.of(
                acme.post("/api/admin/UserManagerInvite", Map.of("email", email)),
                acme.post(api + "/invitations", Map.of("email", email)),
                acme.post(api + "/users/" + world.salesUser().id() + "/password-link", Map.of()))) {
            assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
            assertThat(answer.json().path("message").asText())
                    .contains("This server can’t send email: ", "send it yourself")
                    .doesNotContain("sent");
        }
    }

    @Test
    void programsAtTheDoorsAreToldThatNothingWasSent() {
        TestClient visitor = TestClient.anonymous();
        Map<String, String> amira = Map.of("shortPath", world.sales().shortPath(), "usernameOrEmail", "amira");
        for (Answer answer : List.of(
                visitor.post(
                        "/api/public/PasswordReset",
                        Map.of("email", world.acme().email())),
                visitor.post("/api/sub-client/forgot-password", amira),
                visitor.post("/api/sub-client/confirm/again", amira))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("message").asText()).startsWith("This server can’t send email: ask ");
        }
        world.sql(
                "UPDATE projects SET registration_proof = 'email' WHERE id = ?",
                world.sales().project().toString());
        String name = world.name("kim");
        Answer waits = visitor.post(
                "/api/sub-client/register",
                Map.of(
                        "shortPath",
                        world.sales().shortPath(),
                        "username",
                        name,
                        "email",
                        name + "@people.example",
                        "password",
                        TestWorld.PASSWORD));
        assertThat(waits.status()).as(waits.toString()).isEqualTo(201);
        assertThat(waits.json().path("message").asText()).contains("This server can’t send email: ask ");
        assertThat(TestClient.of(world.acme())
                        .post("/api/admin/2fatokensetup?action=setup", Map.of("type", "email"))
                        .json()
                        .at("/data/email/ready")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void supportIsToldWhereToLook() {
        TestClient operator = TestClient.withSession(world.operatorToken());
        String page = "/operator/accounts/" + world.acme().account() + "/support";
        operator.form(page, "reason", "They asked for help");
        assertPromisesNothing(operator.get(page), 200, "This page shows when an owner has allowed it.");
    }
}
