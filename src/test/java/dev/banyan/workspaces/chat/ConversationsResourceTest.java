package dev.banyan.workspaces.chat;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.RawConnection;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.ChatClient;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.SampleFiles;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A user's conversations and their files in the API.
@QuarkusTest
class ConversationsResourceTest {

    private static final String CONVERSATIONS = "/api/sub-client/conversations";
    private static final String ATTACHMENTS = "/api/sub-client/attachments";
    private static final String NOBODYS = "01900000-0000-7000-8000-000000000000";

    @Inject
    ChatRooms rooms;

    @Inject
    Conversations conversations;

    @Inject
    ChatAnswers answers;

    private Workspace sales;
    private Chatter amira;

    @BeforeEach
    void somebodyIsIn() {
        sales = rooms.workspace("Sales Team");
        amira = rooms.somebody(sales);
    }

    /* Conversations. */

    @Test
    void theListGoesOnAndIsSearched() {
        begunAt(1_000, "k1", "When do you open?");
        String price = begunAt(2_000, "k2", "What is the price?");
        begunAt(3_000, "k3", "Do you open on Friday?");

        JsonNode first = get("?limit=2").json().path("data");
        assertThat(first.path("conversations").findValuesAsText("title"))
                .containsExactly("Do you open on Friday?", "What is the price?");
        JsonNode rest = get("?limit=2&after=" + first.path("nextCursor").asText())
                .json()
                .path("data");
        assertThat(rest.path("conversations").findValuesAsText("title")).containsExactly("When do you open?");
        assertThat(rest.has("nextCursor")).isFalse();
        JsonNode found = get("?search=pri").json().path("data").path("conversations");
        assertThat(found.findValuesAsText("id")).containsExactly(price);
        assertThat(TestClient.keys(found.path(0)))
                .containsExactly("id", "title", "messages", "updatedAt", "handedOver");
        assertThat(get("?limit=0").status()).isEqualTo(400);
        assertThat(get("?after=x").status()).isEqualTo(400);
        assertThat(get("?search=" + "x".repeat(201)).status()).isEqualTo(400);
    }

    @Test
    void oneIsReadNamedAndDeleted() {
        String id = begun("k1", "hello");

        assertThat(get("/" + id).json().at("/data/conversation/messages").asLong())
                .isEqualTo(1);
        Answer named = by(amira).put(at("/" + id), Map.of("title", "Opening hours"));
        assertThat(named.json().at("/data/conversation/title").asText()).isEqualTo("Opening hours");
        Answer refused = by(amira).put(at("/" + id), Map.of("title", " "));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("Title is required");
        assertThat(get("/" + id).json().at("/data/conversation/title").asText()).isEqualTo("Opening hours");

        assertThat(by(amira).delete(at("/" + id)).status()).isEqualTo(200);
        assertThat(get("/" + id).status()).isEqualTo(404);
        assertThat(by(amira).delete(at("/" + id)).status()).isEqualTo(404);
    }

    @Test
    void messagesComeInPagesInBothDirections() {
        String id = begun("k1", "message 1");
        for (int i = 2; i <= 7; i++) {
            conversations.post(amira.participant(), Optional.of(ConversationId.of(id)), "m" + i, "message " + i);
        }

        JsonNode before = get("/" + id + "/messages?before=5&limit=2").json().path("data");
        assertThat(before.path("messages").findValuesAsText("position")).containsExactly("3", "4");
        assertThat(before.path("earlier").asBoolean()).isTrue();
        assertThat(before.path("more").asBoolean()).isTrue();
        JsonNode after = get("/" + id + "/messages?after=5").json().path("data");
        assertThat(after.path("messages").findValuesAsText("position")).containsExactly("6", "7");
        JsonNode end = get("/" + id + "/messages").json().path("data");
        assertThat(end.path("messages")).hasSize(7);
        assertThat(end.path("earlier").asBoolean(true)).isFalse();
        for (String wrong : List.of("?before=x", "?limit=201", "?limit=0", "?before=1&after=2", "?after=-1")) {
            assertThat(get("/" + id + "/messages" + wrong).status()).as(wrong).isEqualTo(400);
        }
        String chat = "/api/sub-client/chat/messages?shortPath=" + sales.shortPath() + "&conversationId=" + id;
        assertThat(by(amira).get(chat + "&before=3").json().at("/data/messages").findValuesAsText("content"))
                .containsExactly("message 1", "message 2");
        assertThat(by(amira).get(chat.replace(id, NOBODYS)).status()).isEqualTo(404);
        assertThat(by(amira).get(chat + "&limit=x").status()).isEqualTo(400);
    }

    @Test
    void aColleagueFindsNothingOfMine() {
        String id = begun("k1", "mine");
        String file = brought(id, "menu.png", SampleFiles.PNG);
        TestClient colleague = by(rooms.somebody(sales));

        assertThat(colleague.get(at("")).json().at("/data/conversations")).isEmpty();
        assertThat(colleague.get(at("/" + id)).status()).isEqualTo(404);
        assertThat(colleague.get(at("/" + id + "/messages")).status()).isEqualTo(404);
        assertThat(colleague.put(at("/" + id), Map.of("title", "Mine now")).status())
                .isEqualTo(404);
        assertThat(colleague.delete(at("/" + id)).status()).isEqualTo(404);
        assertThat(colleague.get(file(file)).status()).isEqualTo(404);
        assertThat(colleague.delete(file(file)).status()).isEqualTo(404);
        assertThat(colleague
                        .upload(bring(), Map.of("conversationId", id), "a.png", SampleFiles.PNG)
                        .status())
                .isEqualTo(404);
        assertThat(colleague.get("/s/" + sales.shortPath() + "/files/" + file).status())
                .isEqualTo(404);
    }

    /* Files. */

    @Test
    void aFileIsBroughtSentShownAndGoneWithItsConversation() {
        String id = begun("k1", "hello");
        String file = brought(id, "../menu\u202Egnp.png", SampleFiles.PNG);

        Answer sent = by(amira)
                .post(
                        "/api/sub-client/chat/send",
                        Map.of("shortPath", sales.shortPath(), "conversationId", id, "attachments", List.of(file)));

        assertThat(sent.status()).isEqualTo(200);
        JsonNode message = get("/" + id + "/messages").json().at("/data/messages/1");
        assertThat(message.path("text").asText()).isEmpty();
        assertThat(message.at("/attachments/0/name").asText()).isEqualTo("menugnp.png");
        assertThat(message.at("/attachments/0/type").asText()).isEqualTo("image/png");
        assertThat(message.at("/attachments/0/picture").asBoolean()).isTrue();
        assertThat(by(amira).delete(file(file)).status()).as("sent already").isEqualTo(404);
        for (String address : List.of(file(file), "/s/" + sales.shortPath() + "/files/" + file)) {
            Answer content = by(amira).get(address);
            assertThat(content.status()).isEqualTo(200);
            assertThat(content.bytes()).isEqualTo(SampleFiles.PNG);
            assertThat(content.contentType()).isEqualTo("image/png");
            assertThat(content.header("Content-Disposition")).contains("inline; filename*=UTF-8''menugnp.png");
            assertThat(content.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(content.header("Content-Security-Policy").orElse("")).contains("sandbox", "default-src 'none'");
            assertThat(content.header("Cache-Control").orElse("")).startsWith("private");
        }
        by(amira).delete(at("/" + id));
        assertThat(by(amira).get(file(file)).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoPictureIsSavedAndNotShown() {
        String id = begun("k1", "hello");
        for (byte[] content : List.of(SampleFiles.PDF, SampleFiles.text("alert(1)"), SampleFiles.zip("a.txt"))) {
            String file = brought(id, "menu", content);
            assertThat(by(amira).get(file(file)).header("Content-Disposition").orElse(""))
                    .startsWith("attachment;");
        }
        assertThat(by(amira)
                        .get(file(brought(id, "a.html.txt", SampleFiles.text("plain"))))
                        .contentType())
                .isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void whatIsNotKnownIsRefusedInWords() {
        String id = begun("k1", "hello");
        Answer page = upload(id, "menu.png", SampleFiles.text("<html><script>alert(1)</script></html>"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.error()).contains("“menu.png” can’t be sent");
        assertThat(upload(id, "a.png", SampleFiles.EXE).status()).isEqualTo(400);
        assertThat(upload(id, "a.png", new byte[0]).status()).isEqualTo(400);
        Answer large =
                upload(id, "large.txt", "x".repeat(10 * 1_024 * 1_024 + 1).getBytes(StandardCharsets.US_ASCII));
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.error()).isEqualTo("“large.txt” is larger than 10 MB");
        Answer huge = upload(id, "huge.txt", new byte[12 * 1_024 * 1_024]);
        assertThat(huge.status()).isEqualTo(413);
        assertThat(upload(NOBODYS, "a.png", SampleFiles.PNG).status()).isEqualTo(404);
        assertThat(by(amira).upload(bring(), Map.of(), "a.png", SampleFiles.PNG).status())
                .isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .upload(bring(), Map.of("conversationId", id), "a.png", SampleFiles.PNG)
                        .status())
                .isEqualTo(401);
    }

    /// The table of routes that accept files opens no other route to large bodies, whatever their content type.
    @Test
    void onlyRoutesForFilesTakeLargeBodies() {
        byte[] large = new byte[2 * 1_024 * 1_024];
        for (String path : List.of("/api/login", "/login", "/api/sub-client/chat/send", CONVERSATIONS)) {
            assertThat(by(amira).upload(path, Map.of(), "a.txt", large).status())
                    .as(path)
                    .isEqualTo(413);
        }
        String answer = RawConnection.send("POST /api/sub-client/chat/send HTTP/1.1\nHost: localhost\n"
                + "Content-Type: application/json\nTransfer-Encoding: chunked\nConnection: close\n\n"
                + Integer.toHexString(2_000_014) + "\n{\"message\":\"" + "x".repeat(2_000_000) + "\"}\n0\n\n");
        assertThat(RawConnection.status(answer)).isEqualTo(413);
    }

    @Test
    void aFileForAConversationThatIsNotBegunBeginsItWithItsMessage() {
        Answer brought = by(amira).upload(bring(), Map.of("key", "k9"), "menu.png", SampleFiles.PNG);
        String id = brought.json().at("/data/conversationId").asText();
        String file = brought.json().at("/data/attachment/id").asText();
        assertThat(get("").json().at("/data/conversations")).isEmpty();

        var posted = (Conversations.Posted.Done) conversations.post(
                amira.participant(), Optional.empty(), "k9", "", List.of(java.util.UUID.fromString(file)));

        assertThat(posted.conversation().id()).hasToString(id);
        assertThat(posted.conversation().title()).isEqualTo("menu.png");
        assertThat(posted.message().attachments()).isEqualTo(1);
    }

    @Test
    void aFileIsTakenBack() {
        String file = brought(begun("k1", "hello"), "menu.png", SampleFiles.PNG);
        assertThat(by(amira).delete(file(file)).status()).isEqualTo(200);
        assertThat(by(amira).get(file(file)).status()).isEqualTo(404);
    }

    @Test
    void filesComeOverTheSocketWithTheirMessage() {
        String id = begun("k1", "hello");
        answers.await(amira.participant(), ConversationId.of(id), Eventually.LONGEST);
        String file = brought(id, "menu.pdf", SampleFiles.PDF);
        try (var window = ChatClient.of(amira)) {
            window.say("message", "key", "k2", "text", "", "conversation", id, "attachments", List.of(file));
            assertThat(window.message("user").at("/attachments/0/name").asText())
                    .isEqualTo("menu.pdf");
            window.message("assistant");
            window.say("message", "key", "k3", "text", "", "conversation", id, "attachments", List.of(file));
            assertThat(window.next().path("error").asText()).startsWith("An attached file was removed");
            window.say("message", "key", "k4", "text", "", "conversation", id, "attachments", List.of("nonsense"));
            assertThat(window.next().path("error").asText()).startsWith("An attached file was removed");
            window.say("message", "key", "k2", "text", "", "conversation", id, "attachments", List.of(file));
            assertThat(window.message("user").at("/attachments/0/name").asText())
                    .isEqualTo("menu.pdf");
        }
    }

    private String begun(String key, String text) {
        return ((Conversations.Posted.Done) conversations.post(amira.participant(), Optional.empty(), key, text))
                .conversation()
                .id()
                .toString();
    }

    private String begunAt(long millis, String key, String text) {
        String id = begun(key, text);
        rooms.world().sql("UPDATE conversations SET updated_at = ? WHERE id = ?", millis, id);
        return id;
    }

    private String brought(String conversation, String name, byte[] content) {
        Answer answer = upload(conversation, name, content);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().at("/data/attachment/id").asText();
    }

    private Answer upload(String conversation, String name, byte[] content) {
        return by(amira).upload(bring(), Map.of("conversationId", conversation), name, content);
    }

    private String bring() {
        return ATTACHMENTS + "?shortPath=" + sales.shortPath();
    }

    private String file(String id) {
        return ATTACHMENTS + "/" + id + "?shortPath=" + sales.shortPath();
    }

    private Answer get(String rest) {
        return by(amira).get(at(rest));
    }

    private String at(String rest) {
        return CONVERSATIONS + rest + (rest.contains("?") ? "&" : "?") + "shortPath=" + sales.shortPath();
    }

    private static TestClient by(Chatter chatter) {
        return TestClient.anonymous().with("Cookie", chatter.cookie());
    }
}
