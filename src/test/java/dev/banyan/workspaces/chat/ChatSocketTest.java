package dev.banyan.workspaces.chat;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.workspaces.ChatClient;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.MemberChannel;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.signin.WorkspaceProfiles;
import dev.banyan.workspaces.users.WorkspaceUsers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The chat over its socket, on the running server.
@QuarkusTest
class ChatSocketTest {

    private static final Map<String, String> OURS =
            Map.of("Origin", TestServer.uri().toString());

    @Inject
    ChatRooms rooms;

    @Inject
    Conversations conversations;

    @Inject
    ChatAnswers answers;

    @Inject
    ChatSocket sockets;

    @Inject
    WorkspaceProfiles profiles;

    @Inject
    WorkspaceUsers users;

    private Workspace sales;
    private Chatter amira;

    @BeforeEach
    void somebodyIsIn() {
        sales = rooms.workspace("Sales Team");
        amira = rooms.somebody(sales);
    }

    /* Access. */

    @Test
    void onlyMembersOfThisWorkspaceComeIn() {
        Workspace support = rooms.workspace("Support");
        Chatter other = rooms.somebody(support);

        assertThat(ChatClient.knock(sales.shortPath(), ChatClient.headers(amira)))
                .isEqualTo(101);
        assertThat(ChatClient.knock(sales.shortPath(), OURS)).isEqualTo(401);
        assertThat(ChatClient.knock(sales.shortPath(), ChatClient.headers(other)))
                .isEqualTo(401);
        assertThat(ChatClient.knock("zzzz-nowhere", ChatClient.headers(amira))).isEqualTo(401);
        assertThat(knockWith("Cookie", "banyan_session=" + rooms.world().acme().token()))
                .as("the agency's own session")
                .isEqualTo(401);
        assertThat(knockWith("Cookie", "banyan_ws_" + sales.id() + "=" + other.token()))
                .as("a token of another workspace under this one's name")
                .isEqualTo(401);
        assertThat(knockWith("Authorization", "Bearer " + other.token())).isEqualTo(401);
    }

    @Test
    void pagesOfOtherSitesDoNotComeIn() {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1", "")) {
            assertThat(ChatClient.knock(sales.shortPath(), Map.of("Cookie", amira.cookie(), "Origin", origin)))
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(ChatClient.knock(
                        sales.shortPath(), Map.of("Cookie", amira.cookie(), "Sec-Fetch-Site", "cross-site")))
                .isEqualTo(403);
    }

    /// As on all other routes: only browsers send an origin, and they always do.
    @Test
    void aProgramComesInWithItsCookie() {
        assertThat(ChatClient.knock(sales.shortPath(), Map.of("Cookie", amira.cookie())))
                .isEqualTo(101);
        assertThat(ChatClient.knock(sales.shortPath(), Map.of())).isEqualTo(401);
    }

    @Test
    void aProgramComesInWithItsToken() {
        assertThat(ChatClient.knock(sales.shortPath(), Map.of("Authorization", "Bearer " + amira.token())))
                .isEqualTo(101);
    }

    @Test
    void nobodyComesInToASuspendedWorkspace() {
        rooms.change(sales, WorkspaceChange.suspended(true));

        assertThat(ChatClient.knock(sales.shortPath(), ChatClient.headers(amira)))
                .isEqualTo(401);
    }

    private int knockWith(String header, String value) {
        return ChatClient.knock(
                sales.shortPath(),
                Map.of(header, value, "Origin", TestServer.uri().toString()));
    }

    /* Messages. */

    @Test
    void aMessageIsStoredAndAnswered() {
        try (var window = ChatClient.of(amira)) {
            window.say("message", "key", "k1", "text", "hello");

            JsonNode frame = window.nextWhole();
            JsonNode mine = frame.path("messages").path(0);
            JsonNode answer = window.message("assistant");

            assertThat(frame.path("type").asText()).isEqualTo("messages");
            assertThat(frame.path("conversation").path("title").asText()).isEqualTo("hello");
            assertThat(mine.path("key").asText()).isEqualTo("k1");
            assertThat(mine.path("position").asLong()).isEqualTo(1);
            assertThat(answer.path("position").asLong()).isEqualTo(2);
            assertThat(answer.path("text").asText()).contains("Sales Team");
            assertThat(stored()).containsExactly("hello", answer.path("text").asText());
        }
    }

    @Test
    void anAnswerIsHeardWhileItIsWritten() {
        try (var window = ChatClient.of(amira)) {
            window.say("message", "key", "k1", "text", "hello");
            assertThat(window.next().path("type").asText()).isEqualTo("messages");

            JsonNode begun = window.next();
            JsonNode delta = window.next();

            assertThat(begun.path("type").asText()).isEqualTo("delta");
            assertThat(begun.path("whole").asBoolean()).isTrue();
            assertThat(begun.path("covers").asLong()).isEqualTo(1);
            assertThat(begun.path("text").asText()).isEmpty();
            assertThat(delta.path("type").asText()).isEqualTo("delta");
            assertThat(window.message("assistant").path("text").asText())
                    .isEqualTo(delta.path("text").asText());
        }
    }

    @Test
    void aMessageSentAgainIsStoredOnceAndConfirmedAgain() {
        try (var window = ChatClient.of(amira)) {
            String conversation = begin(window, "k1", "hello");

            window.say("message", "key", "k1", "text", "hello");
            assertThat(window.message("user").path("position").asLong()).isEqualTo(1);
            window.say("message", "key", "k2", "text", "thanks", "conversation", conversation);
            window.message("assistant");
            window.say("message", "key", "k2", "text", "thanks", "conversation", conversation);
            assertThat(window.message("user").path("position").asLong()).isEqualTo(3);

            assertThat(stored()).hasSize(4);
        }
    }

    @Test
    void twoWindowsOfOnePersonSeeTheSame() {
        Chatter elsewhere = rooms.again(amira);
        try (var one = ChatClient.of(amira);
                var two = ChatClient.of(elsewhere);
                var stranger = ChatClient.of(rooms.somebody(sales))) {
            begin(one, "k1", "hello");

            assertThat(two.message("user").path("text").asText()).isEqualTo("hello");
            assertThat(two.message("assistant").path("position").asLong()).isEqualTo(2);
            stranger.assertNothingCame();
        }
    }

    @Test
    void whoComesBackGetsWhatWasMissedAndNothingElse() {
        String conversation;
        try (var window = ChatClient.of(amira)) {
            conversation = begin(window, "k1", "hello");
        }
        ConversationId id = ConversationId.of(conversation);
        conversations.post(amira.participant(), Optional.of(id), "k2", "thanks");
        answers.await(amira.participant(), id, Eventually.LONGEST);

        try (var window = ChatClient.of(amira)) {
            window.say("hello", "conversation", conversation, "after", 2);
            JsonNode missed = window.next();
            assertThat(missed.path("messages").findValuesAsText("position")).containsExactly("3", "4");
            assertThat(missed.path("more").asBoolean()).isFalse();

            window.say("hello", "conversation", conversation, "after", 4);
            assertThat(window.next().path("messages")).isEmpty();
            window.assertNothingCame();
        }
    }

    @Test
    void manyMissedMessagesComeInPortions() {
        ConversationId id = posted("k0", "hello");
        for (int i = 1; i < Conversations.PORTION + 3; i++) {
            conversations.post(amira.participant(), Optional.of(id), "k" + i, "message " + i);
        }
        answers.await(amira.participant(), id, Eventually.LONGEST);

        try (var window = ChatClient.of(amira)) {
            window.say("hello", "conversation", id.toString(), "after", 0);
            JsonNode first = window.next();
            window.say("hello", "conversation", id.toString(), "after", Conversations.PORTION);
            JsonNode rest = window.next();

            assertThat(first.path("messages")).hasSize(Conversations.PORTION);
            assertThat(first.path("more").asBoolean()).isTrue();
            assertThat(rest.path("messages")).hasSize(4);
            assertThat(rest.path("more").asBoolean()).isFalse();
        }
    }

    /// As after a crash between the question and its answer.
    @Test
    void whoComesBackGetsTheAnswerThatWasNeverGiven() {
        ConversationId id = posted("k1", "hello");

        try (var window = ChatClient.of(amira)) {
            window.say("hello", "conversation", id.toString(), "after", 1);
            assertThat(window.message("assistant").path("position").asLong()).isEqualTo(2);
        }
    }

    @Test
    void anothersConversationIsAsGoneAsNone() {
        ConversationId mine = posted("k1", "mine");
        try (var stranger = ChatClient.of(rooms.somebody(sales))) {
            for (String id : List.of(mine.toString(), "01900000-0000-7000-8000-000000000000", "nonsense", "")) {
                stranger.say("hello", "conversation", id, "after", 0);
                assertThat(stranger.next().path("type").asText()).as(id).isEqualTo("gone");
                stranger.say("message", "conversation", id, "key", "k9", "text", "hello");
                assertThat(stranger.next().path("type").asText()).as(id).isEqualTo("gone");
            }
            stranger.assertNothingCame();
        }
        assertThat(stored()).containsExactly("mine");
    }

    @Test
    void aDeletedConversationIsGoneInAllWindows() {
        ConversationId id = posted("k1", "hello");
        try (var window = ChatClient.of(amira)) {
            conversations.delete(amira.participant(), id);

            JsonNode frame = window.next();
            assertThat(frame.path("type").asText()).isEqualTo("gone");
            assertThat(frame.path("conversation").asText()).isEqualTo(id.toString());
        }
    }

    @Test
    void whatIsRefusedIsRefusedByItsKey() {
        try (var window = ChatClient.of(amira)) {
            window.say("message", "key", "long", "text", "x".repeat(4_001));
            JsonNode refused = window.next();
            assertThat(refused.path("type").asText()).isEqualTo("refused");
            assertThat(refused.path("key").asText()).isEqualTo("long");
            assertThat(refused.path("error").asText()).startsWith("Message must be 4000 characters or less");
            assertThat(refused.has("retryAfter")).isFalse();

            window.say("message", "key", "empty", "text", " ");
            assertThat(window.next().path("error").asText()).isEqualTo("Message is required");
            window.say("message", "text", "no key");
            assertThat(window.next().path("type").asText()).isEqualTo("refused");
        }
        assertThat(conversations.latest(amira.participant())).isEmpty();
    }

    @Test
    void nonsenseIsAnsweredAndEndsNothing() {
        try (var window = ChatClient.of(amira)) {
            for (String nonsense : List.of(
                    "",
                    "null",
                    "[]",
                    "{",
                    "\"hello\"",
                    "{\"type\":5}",
                    "{\"type\":\"shout\"}",
                    "{\"type\":\"hello\",\"after\":\"x\"}",
                    "{\"type\":\"hello\",\"type\":\"hello\"}")) {
                window.sayRaw(nonsense);
                assertThat(window.next().path("type").asText()).as(nonsense).isEqualTo("error");
            }
            begin(window, "k1", "hello");
        }
    }

    @Test
    void theLongestMessageFitsHoweverItIsWritten() {
        String longest = "🌿".repeat(MessageText.LONGEST);
        try (var window = ChatClient.of(amira)) {
            window.sayRaw("{\"type\":\"message\",\"key\":\"k1\",\"text\":\"" + "\\ud83c\\udf3f".repeat(4_000) + "\"}");
            assertThat(window.message("user").path("text").asText()).isEqualTo(longest);
        }
    }

    @Test
    void aFrameThatIsTooLargeEndsTheConnection() {
        try (var window = ChatClient.of(amira)) {
            window.sayRaw("x".repeat(200_000));
            assertThat(window.closeCode()).isNotEqualTo(1000);
        }
        assertThat(conversations.latest(amira.participant())).isEmpty();
    }

    /* Closing. */

    @Test
    void signingOutEndsTheWindowsOfThatBrowserOnly() {
        Chatter elsewhere = rooms.again(amira);
        try (var here = ChatClient.of(amira);
                var there = ChatClient.of(elsewhere)) {
            assertThat(TestClient.anonymous()
                            .with("Cookie", amira.cookie())
                            .form("/s/" + sales.shortPath() + "/logout")
                            .status())
                    .isEqualTo(303);

            assertThat(here.closeCode()).isEqualTo(4401);
            there.assertNothingCame();
        }
    }

    @Test
    void suspensionEndsAllWindowsOfTheWorkspaceAndNoOthers() {
        Workspace support = rooms.workspace("Support");
        try (var one = ChatClient.of(amira);
                var two = ChatClient.of(rooms.somebody(sales));
                var other = ChatClient.of(rooms.somebody(support))) {
            rooms.change(sales, WorkspaceChange.suspended(true));

            assertThat(one.closeCode()).isEqualTo(4401);
            assertThat(two.closeCode()).isEqualTo(4401);
            other.assertNothingCame();
        }
    }

    @Test
    void aNewPasswordEndsAllWindowsOfTheUser() {
        Chatter colleague = rooms.somebody(sales);
        try (var one = ChatClient.of(amira);
                var two = ChatClient.of(rooms.again(amira));
                var other = ChatClient.of(colleague)) {
            changePassword();

            assertThat(one.closeCode()).isEqualTo(4401);
            assertThat(two.closeCode()).isEqualTo(4401);
            other.assertNothingCame();
        }
    }

    private void changePassword() {
        var member =
                new WorkspaceActor.Member(Actor.SERVER, sales, true, amira.user(), Digests.sha256Hex(amira.token()));
        profiles.changePassword(member, ChatRooms.PASSWORD, "another horse battery");
    }

    @Test
    void whoIsRemovedLeaves() {
        try (var window = ChatClient.of(amira)) {
            users.remove(
                    new WorkspaceActor.ProjectSide(rooms.owner()),
                    sales.project(),
                    sales.id(),
                    amira.user().id());

            assertThat(window.closeCode()).isEqualTo(4401);
        }
    }

    /// It expired, or another node ended it.
    @Test
    void aSessionThatEndedUnheardEndsWithTheNextBeat() {
        try (var window = ChatClient.of(amira)) {
            window.assertNothingCame();
            rooms.world()
                    .sql(
                            "DELETE FROM workspace_sessions WHERE sub_client_id = ?",
                            sales.id().value());

            sockets.heartbeat();

            assertThat(window.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void aWindowThatAnswersPingsStaysOpen() {
        try (var window = ChatClient.of(amira)) {
            window.assertNothingCame();
            for (int i = 0; i < 5; i++) {
                sockets.heartbeat();
                Eventually.holds(() -> !sockets.awaitsSignOfLife(amira.participant()));
            }
            window.assertNothingCame();
        }
    }

    @Test
    void aDeadWindowIsClosedAfterTwoMissedPings() throws IOException {
        try (var socket = new Socket("127.0.0.1", TestServer.uri().getPort())) {
            socket.setSoTimeout(Eventually.MILLIS);
            socket.getOutputStream()
                    .write(("GET /s/" + sales.shortPath()
                                    + "/chat/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                                    + amira.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new DataInputStream(socket.getInputStream());
            assertThat(head(in)).startsWith("HTTP/1.1 101");
            Eventually.holds(() -> sockets.isListed(amira.participant()));

            sockets.heartbeat();
            assertThat(frame(in)).isEqualTo(List.of(0x89, 0)); // a ping, which nobody answers
            sockets.heartbeat();
            assertThat(frame(in)).isEqualTo(List.of(0x89, 0));
            sockets.heartbeat();

            assertThat(frame(in).subList(0, 1)).containsExactly(0x88);
        }
        Eventually.holds(() -> !sockets.isListed(amira.participant()));
    }

    /// Its messages would pile up in memory.
    @Test
    void aWindowThatDoesNotReadIsClosed() throws IOException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", TestServer.uri().getPort()));
            socket.setSoTimeout(Eventually.MILLIS);
            socket.getOutputStream().write(handshake().getBytes(StandardCharsets.US_ASCII));
            assertThat(head(new DataInputStream(socket.getInputStream()))).startsWith("HTTP/1.1 101");
            Eventually.holds(() -> sockets.isListed(amira.participant()));
            var frame = new ChatFrame.Problem("x".repeat(60_000));
            for (int i = 0; i < 500; i++) {
                sockets.tell(amira.participant(), frame);
            }

            Eventually.holds(() -> !sockets.isListed(amira.participant()));
        }
        try (var window = ChatClient.of(amira)) {
            begin(window, "k1", "hello");
        }
    }

    private String handshake() {
        return "GET /s/" + sales.shortPath()
                + "/chat/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                + amira.token() + "\r\n\r\n";
    }

    @Test
    void stoppingAndTryingAgainNeedSomethingToStopOrTry() {
        try (var window = ChatClient.of(amira)) {
            String id = begin(window, "k1", "hello");
            window.say("stop", "conversation", id).say("retry", "conversation", id);
            window.say("stop", "conversation", "nonsense").say("retry");
            window.assertNothingCame();
            assertThat(stored()).hasSize(2);
        }
    }

    /// The failure is tested in `ChatAnswersTest`; here it is reported and retried.
    @Test
    void aFailedAnswerIsToldAsSuchAndTriedAgain() {
        try (var window = ChatClient.of(amira)) {
            String id = begin(window, "k1", "hello");
            rooms.world()
                    .sql(
                            "UPDATE messages SET is_failed = 1, client_key = 'f:1:2' WHERE conversation_id = ?"
                                    + " AND position = 2",
                            id);
            window.say("hello", "conversation", id, "after", 1);
            assertThat(window.next().at("/messages/0/end").asText()).isEqualTo("failed");
            window.assertNothingCame();

            window.say("retry", "conversation", id);
            JsonNode answer = window.message("assistant");
            assertThat(answer.path("position").asLong()).isEqualTo(3);
            assertThat(answer.has("end")).isFalse();
            assertThat(answer.has("key")).isFalse();
        }
    }

    @Test
    void aNewNameReachesAllWindows() {
        ConversationId id = posted("k1", "hello");
        try (var window = ChatClient.of(amira)) {
            conversations.name(amira.participant(), id, "Opening hours");
            JsonNode frame = window.next();
            assertThat(frame.at("/conversation/title").asText()).isEqualTo("Opening hours");
            assertThat(frame.path("messages")).isEmpty();
        }
    }

    @Test
    void aPersonHasSoManyWindowsAndNoMore() {
        var windows = new ArrayList<ChatClient>();
        try {
            for (int i = 0; i < MemberChannel.PER_USER; i++) {
                windows.add(ChatClient.of(amira));
            }
            try (var oneTooMany = ChatClient.knocking(amira)) {
                assertThat(oneTooMany.closeCode()).isEqualTo(4429);
            }
            windows.getFirst().assertNothingCame();
        } finally {
            windows.forEach(ChatClient::close);
        }
    }

    private static String head(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// Returns the first two bytes of a frame from the server, which must be short; the rest is skipped.
    private static List<Integer> frame(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        in.skipNBytes(length);
        return List.of(kind, length);
    }

    private ConversationId posted(String key, String text) {
        return ((Conversations.Posted.Done) conversations.post(amira.participant(), Optional.empty(), key, text))
                .conversation()
                .id();
    }

    /// Sends a first message and reads the answer.
    ///
    /// @return the id of the conversation
    private static String begin(ChatClient window, String key, String text) {
        window.say("message", "key", key, "text", text);
        String id = window.nextWhole().path("conversation").path("id").asText();
        window.message("assistant");
        return id;
    }

    private List<String> stored() {
        ConversationId id =
                conversations.latest(amira.participant()).orElseThrow().id();
        return conversations.read(amira.participant(), id, 0).orElseThrow().messages().stream()
                .map(Message::text)
                .toList();
    }
}
