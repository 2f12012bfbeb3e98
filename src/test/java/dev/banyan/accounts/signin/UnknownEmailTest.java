package dev.banyan.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.TestFactors;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Responses don't reveal whether a person is registered: neither by text nor by status nor by time, because the same
/// work is done.
@QuarkusTest
class UnknownEmailTest {

    private static final TestClient ANYBODY = TestClient.anonymous();
    private static final String NEW = "the tide turns at noon";

    /// Each way to sign in, with a name and a password.
    private static final Map<String, BiFunction<String, String, Answer>> DOORS = Map.of(
            "/api/login",
            (name, password) -> ANYBODY.post("/api/login", Map.of("emailOrUsername", name, "password", password)),
            "/api/public/Login",
            (name, password) -> ANYBODY.post("/api/public/Login", Map.of("email", name, "password", password)),
            "/login",
            (name, password) -> ANYBODY.form("/login", "email", name, "password", password));

    @Inject
    TestWorld world;

    @Inject
    TestFactors factors;

    @Inject
    Passwords passwords;

    @Inject
    PasswordResets resets;

    private String unknown() {
        return world.name("nobody") + "@people.example";
    }

    /// Counts mails to these recipients only; mails of others may be sent at the same time.
    private long mails(String... recipients) {
        return Arrays.stream(recipients)
                .mapToLong(recipient -> world.count("SELECT COUNT(*) FROM mails WHERE recipient = ?", recipient))
                .sum();
    }

    /// Returns the visible parts of a response, without the typed name.
    private static List<Object> shown(Answer answer, String typed) {
        var headers = answer.headers().map().keySet().stream().sorted().toList();
        return List.of(answer.status(), headers, answer.text().replace(typed, "…"));
    }

    @Test
    void everyDoorAnswersUnknownAndKnownAlikeAndWorksAsMuch() {
        TestWorld.Person plain = world.solo();
        TestWorld.Person coded = world.rival();
        factors.app(coded);
        TestWorld.Person disabled = world.person("disabled");
        TestClient.withSession(world.operatorToken())
                .form("/operator/accounts/" + disabled.account() + "/disable", "reason", "payment", "note", "");
        DOORS.forEach((door, login) -> {
            String nobody = unknown();
            List<Object> expected = shown(login.apply(nobody, "not the password"), nobody);
            for (String name : List.of(
                    plain.email(), plain.username(), coded.email(), disabled.email(), world.name("nobody"), nobody)) {
                long worked = passwords.worked();
                long mailed = mails(plain.email(), coded.email(), disabled.email(), nobody);
                Answer answer = login.apply(name, "not the password");
                assertThat(shown(answer, name)).as("%s: %s", door, name).isEqualTo(expected);
                assertThat(passwords.worked() - worked)
                        .as("hashes at %s: %s", door, name)
                        .isEqualTo(1);
                assertThat(mails(plain.email(), coded.email(), disabled.email(), nobody) - mailed)
                        .as("mails at %s: %s", door, name)
                        .isZero();
            }
        });
    }

    @Test
    void askingForANewPasswordTellsNothing() {
        String known = world.solo().email();
        Answer api = ANYBODY.post("/api/public/PasswordReset", Map.of("email", known));
        assertThat(shown(ANYBODY.post("/api/public/PasswordReset", Map.of("email", unknown())), unknown()))
                .isEqualTo(shown(api, known));
        Answer page = ANYBODY.form("/forgot-password", "email", known);
        assertThat(page.status()).isEqualTo(200);
        assertThat(shown(ANYBODY.form("/forgot-password", "email", unknown()), unknown()))
                .isEqualTo(shown(page, known));
    }

    /// Checks the work after the response: a code for both, and a mail for the registered person.
    @Test
    void bothHaveACodeAndOneHasAMail() {
        for (String email : List.of(world.rival().email(), unknown())) {
            long worked = passwords.worked();
            long mailed = mails(email);
            assertThat(resets.send(email)).isEqualTo(!email.equals(unknown()));
            assertThat(world.count("SELECT COUNT(*) FROM password_resets WHERE email = ?", email))
                    .as(email)
                    .isEqualTo(1);
            assertThat(passwords.worked()).isEqualTo(worked);
            assertThat(mails(email) - mailed).isEqualTo(email.equals(unknown()) ? 0 : 1);
        }
    }

    @Test
    void aWrongCodeIsWrongForEverybodyAndCostsAHash() {
        String asked = world.solo().email();
        resets.send(asked);
        resets.send("asked" + unknown());
        List<Object> expected = shown(choose(unknown()), unknown());
        List<Object> onPage = shown(chooseOnPage(unknown()), unknown());
        for (String email : List.of(asked, world.rival().email(), "asked" + unknown(), unknown())) {
            long worked = passwords.worked();
            assertThat(shown(choose(email), email)).as(email).isEqualTo(expected);
            assertThat(passwords.worked() - worked).as(email).isEqualTo(1);
            assertThat(shown(chooseOnPage(email), email)).as(email).isEqualTo(onPage);
        }
    }

    private static Answer choose(String email) {
        return ANYBODY.post("/api/public/PasswordReset", Map.of("email", email, "code", "no code", "newPassword", NEW));
    }

    private static Answer chooseOnPage(String email) {
        return ANYBODY.form("/reset-password", "email", email, "code", "no code", "newPassword", NEW);
    }

    @Test
    void anInvitationTellsTheInviterNothing() {
        world.sql(
                "UPDATE identities SET email_confirmed_at = 1 WHERE email = ?",
                world.acme().email());
        TestClient acme = TestClient.of(world.acme());
        var answers = new ArrayList<List<Object>>();
        for (String email : List.of(world.solo().email(), unknown())) {
            long mailed = mails(email);
            Answer answer = acme.post("/api/admin/UserManagerInvite", Map.of("email", email, "role", "user_manager"));
            answers.add(shown(answer, email));
            assertThat(mails(email) - mailed).as(email).isEqualTo(1);
        }
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        JsonNode managers = acme.get("/api/admin/UserManagerList").json().path("managers");
        assertThat(managers).hasSize(2);
        for (JsonNode manager : managers) {
            assertThat(manager.path("username").asText()).isEmpty();
            assertThat(manager.path("state").asText()).isEqualTo("pending");
            assertThat(manager.path("UserId").asText())
                    .isNotEqualTo(world.solo().account().toString())
                    .isNotEqualTo(world.solo().identity().toString());
        }
        String page = acme.get("/admin/users").text();
        assertThat(page)
                .contains(world.solo().email(), unknown())
                .doesNotContain(world.solo().username() + "<");
    }

    /// The contract requires a response that an e-mail is taken (409). The response time need not reveal it as well.
    @Test
    void aTakenEmailCostsAsMuchAsAFreeOne() {
        for (String email : List.of(world.solo().email(), unknown())) {
            long worked = passwords.worked();
            String username = world.name("fresh");
            Answer answer =
                    ANYBODY.post("/api/public/Signup", Map.of("email", email, "username", username, "password", NEW));
            assertThat(answer.status()).isEqualTo(email.equals(unknown()) ? 201 : 409);
            assertThat(passwords.worked() - worked).as(email).isEqualTo(1);
        }
    }

    @Test
    void aSecondStepThatNobodyBeganLooksLikeOneThatIsOver() {
        for (String action : List.of("verify", "resend")) {
            String path = "/api/public/2fatoken?action=" + action;
            Answer invented = ANYBODY.post(path, Map.of("sessionId", "tfa-invented", "token", "123456"));
            assertThat(invented.status()).isEqualTo(401);
            assertThat(invented.error()).isEqualTo("Session expired. Please log in again.");
        }
    }
}
