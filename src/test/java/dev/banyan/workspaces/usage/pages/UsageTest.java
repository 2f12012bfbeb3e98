package dev.banyan.workspaces.usage.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.usage.UsageMeter;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a workspace uses, as its admins and the project's side read it, and the limits.
@QuarkusTest
class UsageTest {

    @Inject
    ChatRooms rooms;

    @Inject
    UsageMeter meter;

    @Inject
    TestClock clock;

    private Workspace room;
    private TestClient acme;
    private Chatter admin;
    private Chatter user;

    @BeforeEach
    void aWorkspaceWithUsers() {
        room = rooms.workspace("Counted");
        acme = TestClient.withSession(
                rooms.world().newSession(rooms.world().acme().email()));
        admin = rooms.admin(room);
        user = rooms.somebody(room);
    }

    private static String of(Workspace workspace) {
        return "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id());
    }

    private static TestClient by(Chatter chatter) {
        return TestClient.withBearer(chatter.token());
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }

    private JsonNode today(TestClient reader) {
        meter.write();
        Answer answer = reader.get(of(room) + "/usage");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode days = answer.json().at("/data/days");
        assertThat(days).hasSize(30);
        return days.get(29);
    }

    @Test
    void messagesAndActiveUsersAreCountedAsTheyHappen() {
        for (int i = 0; i < 3; i++) {
            assertThat(by(user).post("/api/sub-client/chat/send", Map.of("message", "Hello " + i))
                            .status())
                    .isLessThan(300);
        }
        today(by(admin));
        JsonNode day = today(by(admin)); // who reads is active
        assertThat(day.path("period").asText()).isEqualTo(today());
        assertThat(day.path("messagesIn").asInt()).isEqualTo(3);
        assertThat(day.path("messagesOut").asInt()).isPositive();
        assertThat(day.path("activeUsers").asInt()).isEqualTo(2);
        assertThat(today(acme).path("messagesIn").asInt()).isEqualTo(3);
        Answer file = acme.get(WorkspacePaths.workspace(room.project(), room.id()) + "/usage.csv?as="
                + rooms.owner().acting().username());
        assertThat(file.text().lines().toList())
                .hasSize(31)
                .contains("\uFEFFdate,messages_in,messages_out,tokens,active_users,storage_bytes")
                .last()
                .asString()
                .startsWith(today() + ",3,");
    }

    @Test
    void aLimitOfStorageRefusesUploads() {
        assertThat(acme.put(of(room) + "/usage/limits", Map.of("storageBytes", 100))
                        .status())
                .isEqualTo(200);
        Answer fits = upload("k1", "short");
        assertThat(fits.status()).as(fits.toString()).isEqualTo(201);
        Answer full = upload("k2", "long ".repeat(20));
        assertThat(full.status()).as(full.toString()).isEqualTo(409);
        assertThat(full.error()).contains("This workspace can store up to");
        assertThat(acme.put(of(room) + "/usage/limits", Map.of()).status()).isEqualTo(200);
        assertThat(upload("k3", "long ".repeat(20)).status())
                .as("without the limit")
                .isEqualTo(201);
    }

    private Answer upload(String key, String text) {
        return by(user).upload(
                        "/api/sub-client/attachments?shortPath=" + room.shortPath(),
                        Map.of("key", key),
                        "list.txt",
                        text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyAdminsAndTheProjectsSideReadIt() {
        assertThat(by(user).get(of(room) + "/usage").status()).isEqualTo(403);
        assertThat(TestClient.of(rooms.world().rival()).get(of(room) + "/usage").status())
                .isEqualTo(404);
        assertThat(by(admin)
                        .put(of(room) + "/usage/limits", Map.of("tokens", 1))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void badDaysAreNamed() {
        for (var bad : Map.of(
                        "?from=yesterday", "from must be a day",
                        "?to=2026-02-31", "to must be a day",
                        "?from=2026-11-02&to=2026-11-01", "must not be after",
                        "?from=2020-01-01&to=2026-01-01", "at most 400 days")
                .entrySet()) {
            Answer answer = acme.get(of(room) + "/usage" + bad.getKey());
            assertThat(answer.status()).as(bad.getKey()).isEqualTo(400);
            assertThat(answer.text()).contains(bad.getValue());
        }
        assertThat(acme.get(of(room) + "/usage?from=2025-01-31&to=2025-03-01")
                        .json()
                        .at("/data/months"))
                .hasSize(3);
    }

    @Test
    void limitsAreSetShownAndPassed() {
        Answer set = acme.put(of(room) + "/usage/limits", Map.of("messagesIn", 4, "messagesOut", 0));
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        assertThat(acme.put(of(room) + "/usage/limits", Map.of("tokens", -1)).status())
                .isEqualTo(400);
        meter.written(new ConversationEvents.Written(room.id(), Message.Author.CONTACT));
        meter.write();
        JsonNode limits = acme.get(of(room) + "/usage").json().at("/data/limits");
        assertThat(limits).hasSize(2);
        assertThat(limits.get(0).path("percent").asInt()).isEqualTo(25);
        assertThat(limits.get(0).path("refuses").asBoolean()).isFalse();
        assertThat(limits.get(1).path("percent").asInt()).isEqualTo(100);

        // a reply is refused, and says why
        Answer reply =
                by(admin).post("/api/sub-client/inbox/threads", Map.of("phone", "+971500000042", "message", "Hello"));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.error()).contains("Monthly limit reached: this sub-client can send 0 messages per month");

        String page = "/s/" + room.shortPath() + "/usage";
        assertThat(by(admin).get(page).text())
                .contains("Messages sent: the limit is reached.", "Time zone of the account: UTC")
                .doesNotContain("Save changes");
        String own = WorkspacePaths.workspace(room.project(), room.id()) + "/usage";
        String as = rooms.owner().acting().username();
        assertThat(acme.get(own + "?as=" + as).text()).contains("Save changes");
        assertThat(acme.form(own + "/limits", Map.of("as", as, "tokens", "1,000", "storageBytes", "5"))
                        .status())
                .isEqualTo(303);
        assertThat(acme.get(of(room) + "/usage").json().at("/data/limits").toString())
                .contains("\"limit\":1000", "\"limit\":5000000");
        assertThat(acme.form(own + "/limits", Map.of("as", as, "tokens", "many"))
                        .status())
                .isEqualTo(422);
    }
}
