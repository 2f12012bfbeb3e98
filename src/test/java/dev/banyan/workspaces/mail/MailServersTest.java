package dev.banyan.workspaces.mail;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.platform.mail.MailSink;
import dev.banyan.platform.mail.MailSink.Behavior;
import dev.banyan.platform.mail.Mails;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The mail server of a workspace, over real sockets.
@QuarkusTest
class MailServersTest {

    @Inject
    ChatRooms rooms;

    @Inject
    Mails mails;

    @Inject
    TestClock clock;

    private Workspace room;
    private TestClient acme;
    private Chatter admin;

    @BeforeEach
    void aWorkspace() {
        rooms.world().confirm(rooms.world().acme());
        room = rooms.workspace("Café Nour");
        acme = TestClient.withSession(
                rooms.world().newSession(rooms.world().acme().email()));
        admin = rooms.admin(room);
    }

    private String route() {
        return "/api" + WorkspacePaths.workspace(room.project(), room.id()) + "/mail";
    }

    private static Map<String, Object> open(MailSink sink) {
        return Map.of(
                "host", "127.0.0.1",
                "port", sink.port(),
                "security", "none",
                "from", "Shop@shop.example",
                "fromName", "The shop");
    }

    private Answer invite(String email) {
        Answer answer = acme.post(
                "/api" + WorkspacePaths.workspace(room.project(), room.id()) + "/invitations",
                Map.of("email", email, "role", "agent"));
        assertThat(answer.status()).as(answer.toString()).isLessThan(300);
        return answer;
    }

    @Test
    void itsMailsGoThroughItAndLookLikeIt() throws Exception {
        try (var sink = new MailSink(Behavior.OPEN)) {
            Answer set = acme.put(route(), open(sink));
            assertThat(set.status()).as(set.toString()).isEqualTo(200);
            assertThat(set.json().at("/data/mail/from").asText()).isEqualTo("shop@shop.example");
            Answer invited = invite("omar@people.example");
            assertThat(invited.text()).doesNotContain("invitationLink").doesNotContain("/invited/");
            mails.deliver();
            var mail = Objects.requireNonNull(sink.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS), "a mail");
            assertThat(mail.commands()).contains("MAIL FROM:<shop@shop.example>", "RCPT TO:<omar@people.example>");
            assertThat(mail.content()).contains("From: \"The shop\"\n <shop@shop.example>");
            assertThat(mail.text()).contains("You're invited to join the workspace “Café Nour”.", "text/html");
        }
    }

    /// The server itself has none in these tests.
    @Test
    void itsPeopleAreToldThatMailsReachThem() throws Exception {
        String home = "/s/" + room.shortPath();
        try (var sink = new MailSink(Behavior.OPEN)) {
            acme.put(route(), open(sink));
            var visitor = TestClient.anonymous();
            assertThat(visitor.form(home + "/forgot-password", "usernameOrEmail", "nobody")
                            .text())
                    .contains("Check your inbox")
                    .doesNotContain("This server can’t send email");
            assertThat(visitor.post(
                                    "/api/sub-client/forgot-password",
                                    Map.of("shortPath", room.shortPath(), "usernameOrEmail", "nobody"))
                            .text())
                    .contains("a password link is on its way");
            String project = WorkspacePaths.workspace(room.project(), room.id());
            for (String page : List.of(project + "/users", project + "/invitations")) {
                Answer shown = acme.get(page);
                assertThat(shown.status()).as(page).isEqualTo(200);
                assertThat(shown.text()).as(page).doesNotContain("This server can’t send email");
            }
        }
    }

    @Test
    void itsMailsAreInItsLanguage() throws Exception {
        Answer saved = acme.form(
                WorkspacePaths.workspace(room.project(), room.id()) + "/settings/brand",
                Map.of("as", rooms.owner().acting().username(), "language", "ar"));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
        try (var sink = new MailSink(Behavior.OPEN)) {
            acme.put(route(), open(sink));
            invite("rana@people.example");
            mails.deliver();
            var mail = Objects.requireNonNull(sink.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS), "a mail");
            assertThat(mail.text())
                    .contains("تمت دعوتك للانضمام إلى مساحة العمل “Café Nour”.", "lang=\"ar\" dir=\"rtl\"")
                    .doesNotContain("ignore this email");
        }
    }

    @Test
    void aTestMailGoesToWhoAsksForIt() throws Exception {
        try (var sink = new MailSink(Behavior.OPEN)) {
            TestClient reader = TestClient.withBearer(admin.token());
            Answer tested = reader.post(route() + "/test", open(sink));
            assertThat(tested.status()).as(tested.toString()).isEqualTo(200);
            assertThat(tested.json().at("/data/ok").asBoolean()).isTrue();
            assertThat(tested.json().at("/data/to").asText())
                    .isEqualTo(admin.user().email());
            assertThat(Objects.requireNonNull(sink.mails().poll(Eventually.SECONDS, TimeUnit.SECONDS))
                            .commands())
                    .contains("RCPT TO:<" + admin.user().email() + ">");
            assertThat(reader.post(route() + "/test", Map.of()).status()).isEqualTo(400);
        }
        Answer failed = acme.post(
                route() + "/test", Map.of("host", "10.0.0.7", "security", "none", "from", "shop@shop.example"));
        assertThat(failed.json().at("/data/ok").asBoolean()).isFalse();
        assertThat(failed.text()).contains("private addresses");
    }

    /// Saved without it, the server refused every mail.
    @Test
    void aPasswordIsTypedOnceAlsoForATestOrAnError() {
        String page = WorkspacePaths.workspace(room.project(), room.id()) + "/settings/mail";
        var typed = new HashMap<>(Map.of(
                "as", rooms.owner().acting().username(),
                "host", "smtp.shop.example",
                "security", "tls",
                "user", "shop",
                "password", "very secret indeed",
                "from", "no address"));
        Answer refused = acme.form(page, typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Entered. Leave empty to use it.").doesNotContain("very secret");
        typed.putAll(Map.of("password", "", "typedSecret", refused.hidden("typedSecret"), "from", "shop@shop.example"));
        assertThat(acme.form(page, typed).status()).isEqualTo(303);
        assertThat(acme.get(route()).json().at("/data/mail/hasPassword").asBoolean())
                .isTrue();
    }

    @Test
    void aPasswordIsNeverShownNorSentToAnotherServer() {
        var wish = new HashMap<String, Object>(Map.of(
                "host", "smtp.shop.example",
                "security", "tls",
                "user", "shop",
                "password", "very secret indeed",
                "from", "shop@shop.example"));
        assertThat(acme.put(route(), wish).status()).isEqualTo(200);
        Answer read = acme.get(route());
        assertThat(read.json().at("/data/mail/hasPassword").asBoolean()).isTrue();
        assertThat(read.json().at("/data/mail/port").asInt()).isEqualTo(465);
        assertThat(read.text()).doesNotContain("very secret");
        wish.remove("password");
        wish.put("fromName", "Shop");
        assertThat(acme.put(route(), wish).status()).isEqualTo(200);
        assertThat(acme.get(route()).json().at("/data/mail/hasPassword").asBoolean())
                .isTrue();
        wish.put("host", "smtp.evil.example");
        assertThat(acme.put(route(), wish).status()).isEqualTo(400);
        assertThat(acme.post(route() + "/test", wish).status()).isEqualTo(400);
        wish.put("password", "x");
        wish.put("security", "none");
        assertThat(acme.put(route(), wish).text()).contains("encrypted connections only");
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM workspace_mail_servers WHERE sub_client_id = ? AND sealed_password"
                                        + " LIKE '%secret%'",
                                room.id().value()))
                .isZero();
        assertThat(acme.delete(route()).json().path("message").asText()).isEqualTo("Mail server removed");
        assertThat(acme.get(route()).json().at("/data").has("mail")).isFalse();
        assertThat(acme.delete(route()).json().path("message").asText()).isEqualTo("There is no mail server to remove");
    }

    @Test
    void aServerThatFailsIsToldOf() {
        try (var sink = new MailSink(Behavior.BROKEN)) {
            assertThat(acme.put(route(), open(sink)).status()).isEqualTo(200);
            invite("nour@people.example");
            for (int i = 0; i < 3; i++) {
                mails.deliver();
                clock.forward(Duration.ofHours(1));
            }
            Answer read = acme.get(route());
            assertThat(read.json().at("/data/mail/failures").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(read.text()).contains("refused the sender");
            assertThat(acme.get("/api" + WorkspacePaths.workspace(room.project(), room.id())
                                    + "/audit?action=WorkspaceMailServerFailing")
                            .json()
                            .at("/data/entries"))
                    .hasSize(1);
            String page = "/s/" + room.shortPath() + "/settings/mail";
            assertThat(TestClient.withBearer(admin.token()).get(page).text())
                    .contains("Your mail server didn’t take the last emails.");
        }
    }

    @Test
    void thePageSavesAndRemoves() {
        String page = WorkspacePaths.workspace(room.project(), room.id()) + "/settings/mail";
        String as = rooms.owner().acting().username();
        assertThat(acme.get(page + "?as=" + as).text()).contains("Save changes");
        Map<String, String> form = Map.of(
                "as", as, "host", "smtp.shop.example", "security", "starttls", "port", "", "from", "shop@shop.example");
        assertThat(acme.form(page, form).status()).isEqualTo(303);
        assertThat(acme.get(page + "?as=" + as).text()).contains("smtp.shop.example", "value=\"587\"");
        assertThat(acme.form(page, Map.of("as", as, "host", "-", "from", "x")).status())
                .isEqualTo(422);
        assertThat(acme.form(page + "/remove", Map.of("as", as)).status()).isEqualTo(303);
        assertThat(acme.get(page + "?as=" + as).text()).doesNotContain("smtp.shop.example");
    }
}
