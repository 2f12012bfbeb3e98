package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.mail.MailSink;
import dev.banyan.platform.mail.MailSink.Behavior;
import dev.banyan.platform.mail.Mails;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server's mail server as an operator enters it, over real sockets.
@QuarkusTest
class OperatorMailServerTest {

    private static final String PAGE = "/operator/mail/server";

    @Inject
    TestWorld world;

    @Inject
    Mails mails;

    private TestClient operator = TestClient.anonymous();

    @BeforeEach
    void signIn() {
        operator = TestClient.withSession(world.operatorToken());
    }

    @AfterEach
    void remove() {
        operator.form(PAGE + "/remove", Map.of());
    }

    private static MailSink.Received next(MailSink sink) {
        try {
            return Objects.requireNonNull(sink.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS), "a mail");
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Map<String, String> form(MailSink sink, String... more) {
        var form = new HashMap<>(Map.of(
                "host", "127.0.0.1",
                "port", Integer.toString(sink.port()),
                "security", "none",
                "from", "Post@links.example",
                "fromName", "Links"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    /// A server in the operator's own network is fine, which a tenant could not name.
    @Test
    void whatIsEnteredCarriesAllMailsUntilItIsRemoved() {
        try (var sink = new MailSink(Behavior.OPEN)) {
            assertThat(operator.form(PAGE, form(sink)).location()).isEqualTo(PAGE + "?done=mail-saved");

            String reader = world.name("reader") + "@people.example";
            assertThat(TestClient.anonymous()
                            .post(
                                    "/api/register",
                                    Map.of(
                                            "email",
                                            reader,
                                            "username",
                                            world.name("reader"),
                                            "password",
                                            TestWorld.PASSWORD))
                            .status())
                    .isEqualTo(201);
            mails.deliver();

            MailSink.Received mail = next(sink);
            while (!mail.commands().contains("RCPT TO:<" + reader + ">")) {
                mail = next(sink); // those of other tests wait too
            }
            assertThat(mail.commands()).contains("MAIL FROM:<post@links.example>");
            assertThat(mail.text()).contains("Links", "text/html");
            assertThat(operator.get("/operator/mail").text()).doesNotContain("No mail server is set up");
            assertThat(operator.get("/operator").text()).doesNotContain("No mail server is set up");

            assertThat(operator.form(PAGE + "/remove", Map.of()).location()).isEqualTo(PAGE + "?done=mail-removed");
            assertThat(operator.get("/operator/mail").text()).contains("No mail server is set up");
        }
        assertThat(world.select("SELECT action FROM audit_events WHERE action LIKE 'ServerMail%' ORDER BY id"))
                .endsWith("ServerMailChanged", "ServerMailRemoved");
    }

    @Test
    void aTestGoesToTheOperatorAndStoresNothing() {
        try (var sink = new MailSink(Behavior.OPEN);
                var broken = new MailSink(Behavior.BROKEN)) {
            Answer tested = operator.form(PAGE + "/test", form(sink));

            assertThat(tested.text()).contains("The test worked", TestDatabases.OPERATOR);
            assertThat(next(sink).commands()).contains("RCPT TO:<" + TestDatabases.OPERATOR + ">");
            assertThat(operator.form(PAGE + "/test", form(broken)).text())
                    .contains("The test found a problem", "The mail server refused the sender");
            assertThat(operator.get("/operator/mail").text()).contains("No mail server is set up");
        }
    }

    @Test
    void aPasswordIsNeverShownAndNeverSentToAnotherServer() {
        try (var sink = new MailSink(Behavior.OPEN)) {
            var first = form(sink, "security", "starttls", "user", "post", "password", "s3cret of the post");
            assertThat(operator.form(PAGE, first).status()).isEqualTo(303);
            assertThat(operator.get(PAGE).text())
                    .contains("Saved. Leave empty to keep it.")
                    .doesNotContain("s3cret of the post");
            assertThat(world.count("SELECT count(*) FROM server_mail WHERE sealed_password LIKE '%s3cret%'"))
                    .isZero();
            first.remove("password");
            assertThat(operator.form(PAGE, first).status()).isEqualTo(303);
            first.put("host", "smtp.elsewhere.example");
            Answer refused = operator.form(PAGE, first);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("Enter the password again");
        }
    }

    @Test
    void badValuesAreSaidAtTheirFieldsAndNobodyElseFindsThePage() {
        Answer refused = operator.form(
                PAGE, Map.of("host", "not a host", "port", "99999", "security", "none", "user", "x", "from", "me"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains(
                        "Enter a host such as smtp.example.com.",
                        "Enter a port from 1 to 65535.",
                        "leave the username empty",
                        "Enter an address such as name@example.com.");
        TestClient owner = TestClient.of(world.acme());
        assertThat(owner.get(PAGE).status()).isEqualTo(404);
        for (String act : List.of("", "/test", "/remove")) {
            assertThat(owner.form(PAGE + act, Map.of()).status()).isEqualTo(404);
        }
    }
}
