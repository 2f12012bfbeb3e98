package dev.banyan.workspaces.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Guest;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.TestMessages;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceRole;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All inboxes of an account, and mentions in notes, through HTTP.
@QuarkusTest
class InboxesTest {

    private static final Phone RANIA = new Phone("+971500000101");

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    WorkspaceNumbers numbers;

    @Inject
    Event<MessageArriving> arriving;

    @Inject
    Uuids uuids;

    @Inject
    Clock clock;

    private TestWorld.Person owner;
    private Workspace sales;
    private SenderId number;
    private Guest amira;
    private Guest omar;

    @BeforeEach
    void aWorkspaceWithANumber() {
        owner = world.agency("inboxes");
        AccountContext context = world.context(owner);
        sales = world.workspace(context, world.project(context, "Plates"), "Sales Desk");
        amira = world.guest(context, sales, world.name("amira"), WorkspaceRole.ADMIN);
        omar = world.guest(context, sales, world.name("omar"), WorkspaceRole.AGENT);
        number = Outcomes.value(numbers.create(new WorkspaceActor.ProjectSide(context), sales.id()))
                .id();
    }

    @Test
    void theListSaysWhatWaitsWhereAndOnlyToItsOwnPeople() {
        arrives("Is the blue set back in stock?");
        TestClient mine = TestClient.of(owner);

        JsonNode inbox = mine.get("/api/inboxes").json().at("/data/inboxes/0");
        assertThat(inbox.path("subClientId").asText()).isEqualTo(sales.id().value());
        assertThat(inbox.path("unread").asLong()).isEqualTo(1);
        assertThat(inbox.path("waiting").asLong()).isEqualTo(1);
        assertThat(inbox.path("path").asText()).isEqualTo("/s/" + sales.shortPath() + "/inbox");
        assertThat(mine.get("/api/inboxes?show=waiting&search=desk").json().at("/data/inboxes"))
                .hasSize(1);
        assertThat(mine.get("/api/inboxes?search=elsewhere").json().at("/data/inboxes"))
                .isEmpty();
        assertThat(mine.get("/api/inboxes?show=some").status()).isEqualTo(400);
        assertThat(mine.get("/api/inboxes?after=x").status()).isEqualTo(400);
        String page = mine.get("/admin/inboxes").text();
        assertThat(page).contains("Sales Desk", "1 waiting", "<title>(1) Inbox – Banyan</title>", "logo-unread.svg");
        assertThat(mine.get("/admin/dashboard").text())
                .contains("1 customer is waiting for an answer.", "Open inboxes");

        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.get("/api/inboxes").text()).doesNotContain(sales.id().value());
        assertThat(rival.get("/admin/inboxes").text()).doesNotContain("Sales Desk");
        assertThat(TestClient.of(amira).get("/api/inboxes").status())
                .as("a user of a workspace, whose cookie counts as a token does")
                .isEqualTo(403);
        assertThat(TestClient.anonymous().get("/api/inboxes").status()).isEqualTo(401);
    }

    @Test
    void aMentionReachesTheColleagueUntilTheyReadIt() {
        ConversationId thread = arrives("hello");
        String path = "/s/" + sales.shortPath() + "/inbox";
        TestClient agent = TestClient.of(omar);
        try (SocketClient open = SocketClient.open(path + "/ws", SocketClient.headers(omar.cookie()))) {
            open.say("ping");
            assertThat(open.next()).contains("pong");

            JsonNode written = TestClient.of(amira)
                    .post(
                            "/api/sub-client/inbox/threads/" + thread + "/messages",
                            Map.of(
                                    "note",
                                    true,
                                    "message",
                                    "Ask @" + omar.username() + " or @nobody_here",
                                    "shortPath",
                                    sales.shortPath()))
                    .json();

            assertThat(written.at("/data/message/mentions")).hasSize(1);
            assertThat(written.at("/data/message/mentions/0/username").asText()).isEqualTo(omar.username());
            assertThat(open.next()).contains("changed");
            assertThat(open.next()).contains("notify", "mention", thread.toString());
        }
        String list = agent.get(path + "?list=mentions").text();
        assertThat(list).contains("Mentions, 1 unread", thread.toString());
        assertThat(agent.get(path + "/" + thread).text())
                .contains("<mark class=\"mention me\">@" + omar.username() + "</mark> or @nobody_here");
        assertThat(TestClient.of(amira).get(path).text()).contains("aria-label=\"Mentions\"");

        assertThat(agent.form(path + "/" + thread + "/read", Map.of("read", "yes"))
                        .status())
                .isEqualTo(303);

        assertThat(agent.get(path + "?list=mentions").text()).contains("aria-label=\"Mentions\"", thread.toString());
    }

    private ConversationId arrives(String text) {
        return database.write(tx -> {
            arriving.fire(TestMessages.arriving(
                    tx,
                    uuids.next(),
                    sales.owner().tenant(),
                    number,
                    number,
                    RANIA,
                    "Rania Aziz",
                    text,
                    Optional.empty(),
                    clock.instant()));
            return Contact.conversationOf(sales.id(), RANIA);
        });
    }
}
