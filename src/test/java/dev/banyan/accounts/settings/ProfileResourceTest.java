package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SignInChanges.EmailChanged;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.TestElsewhere;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Profile and sign-in in the LinkToMe client's settings (contract 2.2).
@QuarkusTest
class ProfileResourceTest {

    private static final String NEW_PASSWORD = "a quiet harbour at dawn";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Database database;

    @Inject
    Passwords passwords;

    @Inject
    EmailConfirmations confirmations;

    @Inject
    Mails mails;

    @Inject
    Audit audit;

    private TestClient solo() {
        return TestClient.of(world.solo());
    }

    private static int me(String token) {
        return TestClient.withSession(token).get("/api/me").status();
    }

    private static int login(String email, String password) {
        return TestClient.anonymous()
                .post("/api/public/Login", Map.of("email", email, "password", password))
                .status();
    }

    private Answer password(String current, String wanted) {
        return solo().put("/admin/UpdatePassword", Map.of("currentPassword", current, "newPassword", wanted));
    }

    private Answer email(String wanted, String password) {
        return solo().put("/admin/UpdateEmail", Map.of("newEmail", wanted, "password", password));
    }

    private List<String> mailsTo(String recipient) {
        return world.select("SELECT body FROM mails WHERE recipient = ?", recipient);
    }

    private List<String> audited(TestWorld.Person person) {
        return world.select(
                "SELECT action FROM audit_events WHERE tenant_id = ?",
                person.account().toString());
    }

    // The profile

    @Test
    void theProfileOfTheOwnAccount() {
        Answer answer = solo().get("/admin/GetProfile");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode json = answer.json();
        assertThat(TestClient.keys(json))
                .containsExactly(
                        "UserId",
                        "username",
                        "email",
                        "displayName",
                        "bio",
                        "avatar",
                        "phoneNumber",
                        "language",
                        "picture");
        assertThat(json.path("UserId").asText())
                .isEqualTo(world.solo().account().toString());
        assertThat(json.path("username").asText()).isEqualTo(world.solo().username());
        assertThat(json.path("email").asText()).isEqualTo(world.solo().email());
        assertThat(json.path("displayName").asText()).isEqualTo(world.solo().username());
        for (String empty : List.of("bio", "avatar", "phoneNumber", "language", "picture")) {
            assertThat(json.path(empty).isNull()).as(empty).isTrue();
        }
    }

    @Test
    void theProfileOfASubAccountIsItsOwn() {
        TestClient.of(world.acme()).put("/admin/UpdatePhone", Map.of("phoneNumber", "+971500000101"));
        Answer answer = TestClient.of(world.acme())
                .get("/admin/GetProfile?UserId=" + world.north().id());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("UserId").asText())
                .isEqualTo(world.north().id().toString());
        assertThat(answer.json().path("displayName").asText()).isEqualTo("North");
        assertThat(answer.json().path("email").isNull()).isTrue();
        assertThat(answer.json().path("phoneNumber").isNull()).isTrue();
        assertThat(answer.text())
                .doesNotContain(world.acme().username(), world.acme().email(), "+971500000101");
    }

    @Test
    void anOperatorWithoutAnAccountReadsWhoTheyAre() {
        TestClient operator = TestClient.withSession(world.operatorToken());
        Answer answer = operator.get("/admin/GetProfile");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode user = operator.get("/api/me").json().at("/data/user");
        assertThat(answer.json().path("UserId")).isEqualTo(user.path("UserId"));
        for (String name : List.of("username", "email", "displayName")) {
            assertThat(answer.json().path(name)).as(name).isEqualTo(user.path("email"));
        }
        assertThat(operator.get("/admin/GetProfile?UserId=" + world.solo().account())
                        .status())
                .as("of others they read nothing")
                .isEqualTo(403);
    }

    // The password

    @Test
    void aNewPasswordEndsAllOtherSessions() {
        String other = world.newSession(world.solo().email());
        String third = world.newSession(world.solo().email());
        String rivals = world.rival().token();
        Answer answer = password(TestWorld.PASSWORD, NEW_PASSWORD);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactly("message");
        assertThat(answer.json().path("message").asText()).isEqualTo("Password updated successfully");
        assertThat(me(world.solo().token())).as("the session that asked for it").isEqualTo(200);
        assertThat(me(other)).isEqualTo(401);
        assertThat(me(third)).isEqualTo(401);
        assertThat(me(rivals)).isEqualTo(200);
        assertThat(login(world.solo().email(), TestWorld.PASSWORD)).isEqualTo(401);
        assertThat(login(world.solo().email(), NEW_PASSWORD)).isEqualTo(200);
        assertThat(mailsTo(world.solo().email())).anyMatch(body -> body.contains("password"));
        assertThat(audited(world.solo())).contains("PasswordChanged");
    }

    @Test
    void theCurrentPasswordIsNeeded() {
        for (Answer answer : List.of(
                password("not the password", NEW_PASSWORD),
                password("", NEW_PASSWORD),
                solo().put("/admin/UpdatePassword", Map.of("newPassword", NEW_PASSWORD)))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("{\"error\":\"Current password is incorrect\"}");
        }
        assertThat(login(world.solo().email(), TestWorld.PASSWORD)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "short, Password must be at least 8 characters",
        "'', Password must be at least 8 characters",
        "password1, This password is too common. Choose another one.",
    })
    void weakPasswordsAreRefused(String weak, String error) {
        Answer answer = password(TestWorld.PASSWORD, weak);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void ofManyAtOnceOnePasswordWins() {
        world.solo();
        List<Answer> answers = AtOnce.run(6, number -> password(TestWorld.PASSWORD, NEW_PASSWORD + number));
        assertThat(answers)
                .extracting(Answer::status)
                .containsOnlyOnce(200)
                .allMatch(status -> status == 200 || status == 400);
    }

    // The e-mail

    @Test
    void aNewEmailWaitsForItsLink() {
        String old = world.solo().email();
        String fresh = world.name("Moved") + "@People.Example";
        String lower = fresh.toLowerCase(Locale.ROOT);
        Answer answer = email(fresh, TestWorld.PASSWORD);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactly("message", "email", "pendingEmail");
        assertThat(answer.json().path("email").asText()).isEqualTo(old);
        assertThat(answer.json().path("pendingEmail").asText()).isEqualTo(lower);
        assertThat(login(old, TestWorld.PASSWORD)).isEqualTo(200);
        assertThat(login(lower, TestWorld.PASSWORD)).isEqualTo(401);
        assertThat(mailsTo(old)).anyMatch(body -> body.contains(lower));

        Matcher link = Pattern.compile("/confirm-email\\?token=\\S+")
                .matcher(mailsTo(lower).getFirst());
        assertThat(link.find()).isTrue();
        assertThat(TestClient.anonymous().get(link.group()).status()).isEqualTo(200);
        JsonNode user = solo().get("/api/me").json().at("/data/user");
        assertThat(user.path("email").asText()).isEqualTo(lower);
        assertThat(user.path("emailConfirmed").asBoolean()).isTrue();
        assertThat(login(old, TestWorld.PASSWORD)).isEqualTo(401);
        assertThat(login(lower, TestWorld.PASSWORD)).isEqualTo(200);
        assertThat(audited(world.solo())).contains("EmailChangeRequested", "EmailChanged");
    }

    @Test
    void theOldLinkDoesNotConfirmTheNewEmail() {
        Pattern pattern = Pattern.compile("/confirm-email\\?token=\\S+");
        Matcher first = pattern.matcher(mailsTo(world.solo().email()).getFirst());
        assertThat(first.find()).isTrue();
        String moved = world.name("moved") + "@people.example";
        email(moved, TestWorld.PASSWORD);
        Matcher second = pattern.matcher(mailsTo(moved).getFirst());
        assertThat(second.find()).isTrue();
        assertThat(TestClient.anonymous().get(second.group()).status()).isEqualTo(200);
        assertThat(TestClient.anonymous().get(first.group()).status()).isEqualTo(404);
    }

    @Test
    void anEmailBelongsToOnePerson() {
        Answer taken = email(world.rival().email().toUpperCase(Locale.ROOT), TestWorld.PASSWORD);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text()).isEqualTo("{\"error\":\"Email already in use\"}");
        Answer withoutPassword = email(world.rival().email(), "not the password");
        assertThat(withoutPassword.status())
                .as("who is there is not told to a stranger at the keyboard")
                .isEqualTo(400);
        assertThat(withoutPassword.error()).isEqualTo("Current password is incorrect");
        Answer same = email(world.solo().email(), TestWorld.PASSWORD);
        assertThat(same.status()).isEqualTo(400);
        assertThat(same.error()).isEqualTo("This is already your email");
        for (String broken : List.of("", "nobody", "a@b", "x".repeat(250) + "@people.example")) {
            Answer answer = email(broken, TestWorld.PASSWORD);
            assertThat(answer.status()).as(broken).isEqualTo(400);
            assertThat(answer.error()).startsWith("Email must");
        }
        assertThat(login(world.solo().email(), TestWorld.PASSWORD)).isEqualTo(200);
    }

    @Test
    void ofSeveralPeopleWhoOpenTheirLinksAtOnceOneGetsTheEmail() {
        var people = List.of(world.solo(), world.rival(), world.acme());
        String wanted = world.name("wanted") + "@people.example";
        for (TestWorld.Person person : people) {
            assertThat(TestClient.of(person)
                            .put("/admin/UpdateEmail", Map.of("newEmail", wanted, "password", TestWorld.PASSWORD))
                            .status())
                    .isEqualTo(200);
        }
        List<String> links = mailsTo(wanted).stream()
                .map(body -> body.replaceFirst("(?s).*https?://[^/]+(/confirm-email\\S+).*", "$1"))
                .toList();
        List<Answer> answers = AtOnce.run(3, number -> TestClient.anonymous().get(links.get(number)));
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409, 409);
        assertThat(world.count("SELECT COUNT(*) FROM identities WHERE email = ?", wanted))
                .isEqualTo(1);
    }

    // The phone

    @ParameterizedTest
    @ValueSource(strings = {"+971500000101", "971500000101", "+971 50 000 0101", "00971 50-000-0101"})
    void aPhoneIsKeptInItsInternationalForm(String typed) {
        Answer answer = solo().put("/admin/UpdatePhone", Map.of("phoneNumber", typed));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(TestClient.JSON
                        .createObjectNode()
                        .put("message", "Phone number updated successfully")
                        .put("phoneNumber", "+971500000101"));
        assertThat(solo().get("/admin/GetProfile").json().path("phoneNumber").asText())
                .isEqualTo("+971500000101");
        Answer cleared = solo().put("/admin/UpdatePhone", Map.of("phoneNumber", ""));
        assertThat(cleared.status()).isEqualTo(200);
        assertThat(cleared.json().path("phoneNumber").isNull()).isTrue();
        assertThat(solo().get("/admin/GetProfile").json().path("phoneNumber").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0500000101", "12", "+0", "call me", "+97150000010100000000", "+971500000101; DROP TABLE"})
    void whatIsNoPhoneIsRefused(String typed) {
        Answer answer = solo().put("/admin/UpdatePhone", Map.of("phoneNumber", typed));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).startsWith("Invalid phone number format");
        assertThat(solo().get("/admin/GetProfile").json().path("phoneNumber").isNull())
                .isTrue();
    }

    @Test
    void aRequestWithoutAPhoneRemovesNone() {
        solo().put("/admin/UpdatePhone", Map.of("phoneNumber", "+971500000101"));
        Answer nothing = solo().put("/admin/UpdatePhone", Map.of());
        assertThat(nothing.status()).as(nothing.toString()).isEqualTo(400);
        assertThat(nothing.error()).startsWith("phoneNumber is required");
        assertThat(solo().get("/admin/GetProfile").json().path("phoneNumber").asText())
                .isEqualTo("+971500000101");
    }

    // In a sub-account's context

    @Test
    void asASubAccountNothingOfTheSignInChanges() {
        var acme = TestClient.of(world.acme());
        String error = "{\"error\":\"This is a sub-account managed by "
                + world.acme().username() + ". Authentication and management features are disabled.\"}";
        Map<String, Map<String, String>> writes = Map.of(
                "UpdatePassword", Map.of("currentPassword", TestWorld.PASSWORD, "newPassword", NEW_PASSWORD),
                "UpdateEmail", Map.of("newEmail", world.name("x") + "@people.example", "password", TestWorld.PASSWORD),
                "UpdatePhone", Map.of("phoneNumber", "+971500000101"));
        writes.forEach((name, body) -> {
            Answer named =
                    acme.put("/api/admin/" + name + "?UserId=" + world.north().id(), body);
            assertThat(named.status()).as(name).isEqualTo(403);
            assertThat(named.text()).as(name).isEqualTo(error);
        });
        acme.post(
                "/admin/SwitchToSubAccount",
                Map.of("subAccountId", world.north().id().toString()));
        writes.forEach((name, body) -> {
            Answer inContext = acme.put("/admin/" + name, body);
            assertThat(inContext.status()).as(name).isEqualTo(403);
            assertThat(inContext.text()).as(name).isEqualTo(error);
        });
        assertThat(login(world.acme().email(), TestWorld.PASSWORD)).isEqualTo(200);
        assertThat(world.select(
                        "SELECT COALESCE(phone, 'none') FROM identities WHERE id = ?",
                        world.acme().identity().toString()))
                .containsExactly("none");
    }

    // Limits

    @Test
    void theLinkThatConfirmsTheEmailIsMailedThreeTimesAnHour() {
        var limitsClock = new TestClock();
        var changes = new SignInChanges(
                database,
                passwords,
                confirmations,
                TestElsewhere.NOWHERE,
                mails,
                TestLimits.on(limitsClock),
                audit,
                clock);
        SignedInPerson self = SignedInPerson.of(world.context(world.solo()));
        for (int i = 0; i < 3; i++) {
            assertThat(changes.mailLinkAgain(self)).isEqualTo(Outcome.done());
        }
        assertThat(changes.mailLinkAgain(self)).isEqualTo(Outcome.refused(new Refusal.TooMany(Duration.ofHours(1))));
        assertThat(changes.mailLinkAgain(SignedInPerson.of(world.context(world.rival()))))
                .as("somebody else")
                .isEqualTo(Outcome.done());
        limitsClock.forward(Duration.ofHours(1));
        assertThat(changes.mailLinkAgain(self)).isEqualTo(Outcome.done());
    }

    /// Each change sends two mails, and reveals whether the e-mail is registered.
    @Test
    void theEmailIsChangedThreeTimesAnHour() {
        var limitsClock = new TestClock();
        var changes = new SignInChanges(
                database,
                passwords,
                confirmations,
                TestElsewhere.NOWHERE,
                mails,
                TestLimits.on(limitsClock),
                audit,
                clock);
        SignedInPerson self = SignedInPerson.of(world.context(world.solo()));
        String taken = world.rival().email();
        for (int i = 0; i < 2; i++) {
            assertThat(changes.changeEmail(self, world.name("moved" + i) + "@people.example", TestWorld.PASSWORD))
                    .isInstanceOf(EmailChanged.Asked.class);
        }
        assertThat(changes.changeEmail(self, taken, TestWorld.PASSWORD))
                .isEqualTo(new EmailChanged.Refused(SignInChanges.EMAIL_TAKEN));
        String free = world.name("free") + "@people.example";
        for (String wanted : List.of(taken, free)) {
            assertThat(changes.changeEmail(self, wanted, TestWorld.PASSWORD))
                    .as(wanted)
                    .isEqualTo(new EmailChanged.TooManyEmails(Duration.ofHours(1)));
        }
        assertThat(mailsTo(free)).isEmpty();
        assertThat(changes.changeEmail(self, free, "wrong")).isEqualTo(new EmailChanged.Refused(wrong("password")));
        limitsClock.forward(Duration.ofHours(1));
        assertThat(changes.changeEmail(self, free, TestWorld.PASSWORD)).isInstanceOf(EmailChanged.Asked.class);
    }

    @Test
    void tenWrongPasswordsCloseTheDoorForFifteenMinutes() {
        var limitsClock = new TestClock();
        var changes = new SignInChanges(
                database,
                passwords,
                confirmations,
                TestElsewhere.NOWHERE,
                mails,
                TestLimits.on(limitsClock),
                audit,
                clock);
        SignedInPerson self = SignedInPerson.of(world.context(world.solo()));
        for (int i = 0; i < 5; i++) {
            assertThat(changes.changePassword(self, Optional.empty(), "wrong " + i, NEW_PASSWORD))
                    .isEqualTo(Outcome.refused(wrong("currentPassword")));
            assertThat(changes.changeEmail(self, "a@people.example", "wrong " + i))
                    .isEqualTo(new EmailChanged.Refused(wrong("password")));
        }
        assertThat(changes.changePassword(self, Optional.empty(), TestWorld.PASSWORD, NEW_PASSWORD))
                .isEqualTo(Outcome.refused(new Refusal.TooMany(Duration.ofMinutes(15))));
        assertThat(changes.changePassword(
                        SignedInPerson.of(world.context(world.rival())), Optional.empty(), "wrong", NEW_PASSWORD))
                .as("somebody else")
                .isEqualTo(Outcome.refused(wrong("currentPassword")));
        limitsClock.forward(Duration.ofMinutes(15));
        assertThat(changes.changePassword(self, Optional.empty(), TestWorld.PASSWORD, NEW_PASSWORD))
                .isEqualTo(Outcome.done());
    }

    private static Refusal wrong(String field) {
        return new Refusal.Rejected(
                List.of(new Invalid(field, "Current password is incorrect", "That password is incorrect.")));
    }
}
