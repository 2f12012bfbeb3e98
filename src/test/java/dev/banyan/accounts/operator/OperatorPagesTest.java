package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.mail.Outbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages of operators: overview, sign-ins, mail, limits.
@QuarkusTest
class OperatorPagesTest {

    private static final String NOBODYS = "018f0000-0000-7000-8000-000000000000";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Database database;

    @Inject
    Mails mails;

    @Inject
    Outbox outbox;

    @Inject
    SignIns signIns;

    private TestClient operator = TestClient.anonymous();

    @BeforeEach
    void theOperatorSignsIn() {
        operator = TestClient.withSession(world.operatorToken());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operator",
                "/operator/mail",
                "/operator/mail/" + NOBODYS,
                "/operator/limits",
                "/operator/audit",
                "/operator/audit/verification",
                "/operator/accounts",
                "/operator/accounts/OWN/access",
                "/operator/accounts/OWN/sign-ins"
            })
    void anOwnerFindsNoSuchPage(String path) {
        String own = path.replace("OWN", world.acme().account().toString());
        assertThat(TestClient.of(world.acme()).get(own).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().get(own).location()).startsWith("/login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operator/mail/" + NOBODYS + "/retry",
                "/operator/mail/" + NOBODYS + "/discard",
                "/operator/limits/lift",
                "/operator/audit/verification",
                "/operator/accounts/OWN/disable",
                "/operator/accounts/OWN/enable"
            })
    void anOwnerCanDoNothingThere(String path) {
        String own = path.replace("OWN", world.acme().account().toString());
        assertThat(TestClient.of(world.acme())
                        .form(own, "name", "a", "reason", "terms")
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.of(world.acme()).get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void theOverviewSaysHowTheServerIs() {
        assertThat(operator.get("/operator").text())
                .contains("Sign-ups this week", "Database", "Free disk space", "Uptime", "Banyan (unpackaged)");
    }

    @Test
    void signInsAreShownWithoutPasswordsAndUnknownNames() {
        TestWorld.Person person = world.person("seen");
        var browser = TestClient.anonymous()
                .with("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        browser.form("/login", "email", person.email(), "password", "wrong-secret-word");
        browser.form("/login", "email", "nobody-" + person.email(), "password", "wrong-secret-word");
        browser.form("/login", "email", person.username(), "password", TestWorld.PASSWORD);
        signIns.write();

        String path = "/operator/accounts/" + person.account() + "/sign-ins";
        String all = operator.get(path).text();
        assertThat(all)
                .containsSubsequence("Signed in", "Wrong password")
                .contains("Firefox on Windows", "127.0.0.x", person.email())
                .doesNotContain("127.0.0.1", "wrong-secret-word");
        assertThat(operator.get(path + "?shown=failed").text())
                .contains(">Wrong password<")
                .doesNotContain("state good");
        assertThat(operator.get(path + "?q=zzz").text()).contains("Nothing matches");
        assertThat(operator.get("/operator/accounts/" + world.rival().account() + "/sign-ins")
                        .text())
                .doesNotContain(person.email());
        assertThat(operator.get("/operator/accounts/" + person.account()).text())
                .containsPattern(">Last [^<]");
        List<String> stored = world.select(
                "SELECT network || user_agent || way || outcome FROM sign_ins WHERE identity_id = ?",
                person.identity().toString());
        assertThat(stored).hasSize(2);
        assertThat(stored.toString()).doesNotContain("wrong-secret-word", "127.0.0.1");
    }

    @Test
    void signInsAreKeptForNinetyDays() {
        TestWorld.Person person = world.person("aged");
        world.newSession(person.email());
        signIns.write();
        String count = "SELECT COUNT(*) FROM sign_ins WHERE identity_id = ?";
        long happened = clock.instant().minus(SignIns.KEPT).toEpochMilli();
        world.sql(
                "UPDATE sign_ins SET happened_at = ? WHERE identity_id = ?",
                happened + 1,
                person.identity().toString());
        signIns.forgetExpired();
        assertThat(world.count(count, person.identity().toString())).isEqualTo(1);
        world.sql(
                "UPDATE sign_ins SET happened_at = ? WHERE identity_id = ?",
                happened - 1,
                person.identity().toString());
        signIns.forgetExpired();
        assertThat(world.count(count, person.identity().toString())).isZero();
    }

    private String mail(String recipient) {
        database.write(tx -> {
            mails.send(
                    tx,
                    MailKind.SIGN_IN,
                    recipient,
                    "A new password",
                    "Your code is 482913.\n\nhttps://links.example/reset?token=Zk3v9QmT1xYb7RwPz0aLcNe5\n");
            return recipient;
        });
        return world.select("SELECT id FROM mails WHERE recipient = ?", recipient)
                .getFirst();
    }

    @Test
    void aMailIsShownWithoutItsSecrets() {
        String recipient = world.name("reader") + "@people.example";
        String id = mail(recipient);
        String found = operator.get("/operator/mail?q=" + TestClient.encode(recipient.substring(0, 8)))
                .text();
        assertThat(found).contains(id, recipient, "A new password");
        assertThat(operator.get("/operator/mail?kind=plan&q=" + TestClient.encode(recipient))
                        .text())
                .doesNotContain(id)
                .contains("Nothing matches");
        String shown = operator.get("/operator/mail/" + id).text();
        assertThat(shown)
                .contains("Your code is", "https://links.example/reset", "Password or sign-in")
                .doesNotContain("482913", "Zk3v9QmT1x");
        assertThat(operator.get("/operator/mail/" + NOBODYS).status()).isEqualTo(404);
    }

    @Test
    void aMailThatFailsStandsOutAndIsTriedAgainOrDiscarded() {
        String recipient = world.name("failing") + "@people.example";
        String id = mail(recipient);
        world.sql(
                "UPDATE mails SET state = 'failing', attempts = 3, last_error = '550 no such mailbox', due_at = ? WHERE id"
                        + " = ?",
                Long.MAX_VALUE,
                id);
        assertThat(operator.get("/operator").text()).contains("not get through");
        assertThat(operator.get("/operator/mail?state=failing").text()).contains(id, "550 no such mailbox");

        assertThat(operator.form("/operator/mail/" + id + "/retry").location())
                .isEqualTo("/operator/mail/" + id + "?done=mail-retried");
        assertThat(world.select("SELECT state FROM mails WHERE id = ? AND due_at < ?", id, Long.MAX_VALUE))
                .isSubsetOf("waiting", "sent")
                .hasSize(1);

        String other = mail("other-" + recipient);
        world.sql("UPDATE mails SET state = 'given_up' WHERE id = ?", other);
        assertThat(operator.form("/operator/mail/" + other + "/discard").status())
                .isEqualTo(303);
        assertThat(world.select("SELECT state FROM mails WHERE id = ?", other)).containsExactly("discarded");
        assertThat(world.select("SELECT body FROM mails WHERE id = ?", other)).containsExactly("");
        assertThat(operator.get("/operator/mail/" + other).text()).contains("The message was deleted when");
        assertThat(operator.form("/operator/mail/" + other + "/retry").location())
                .endsWith("done=mail-gone");
        assertThat(world.select("SELECT action FROM audit_events WHERE target IN (?, ?) ORDER BY id", id, other))
                .containsExactly("MailRetried", "MailDiscarded");
        assertThat(operator.form("/operator/mail/" + NOBODYS + "/retry").status())
                .isEqualTo(404);
    }

    @Test
    void limitsAndSettingsInForceAreListed() {
        String page = operator.get("/operator/limits").text();
        for (RateLimit limit : RateLimit.values()) {
            assertThat(page).contains(limit.key());
        }
        assertThat(page).contains("credentials-key", "metrics-token", "Rate limits are off", "No lockouts");
        String found = operator.get("/operator/limits?q=smtp").text();
        assertThat(found).contains("<code>smtp-host</code>").doesNotContain("<code>metrics-token</code>");
        assertThat(operator.get("/operator/limits?q=zzzz").text()).contains("Nothing matches");
    }

    @Test
    void whatCannotBeLiftedIsSaidAtTheField() {
        for (String name : List.of("", "nobody@people.example", "x".repeat(255))) {
            Answer refused = operator.form("/operator/limits/lift", "name", name);
            assertThat(refused.status()).as(name).isEqualTo(422);
            assertThat(refused.text()).containsPattern("id=\"name\"[^>]*aria-invalid=\"true\"");
        }
        assertThat(operator.form("/operator/limits/lift", "lockOut", "0".repeat(32))
                        .location())
                .endsWith("done=lock-out-over");
    }

    @Test
    void theAuditIsVerifiedWhenAnOperatorAsks() {
        String path = "/operator/audit/verification";
        assertThat(operator.get("/operator/audit").text()).contains(path);
        assertThat(operator.form(path).location()).isEqualTo(path);
        Eventually.until(() -> operator.get(path).text(), text -> text.contains("Verify again"));
        assertThat(operator.get(path).text()).contains("No problems found");
        assertThat(world.count("SELECT COUNT(*) FROM audit_events WHERE action = 'AuditVerified'"))
                .isPositive();
    }
}
