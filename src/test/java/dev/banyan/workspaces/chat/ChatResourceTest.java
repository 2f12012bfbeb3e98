package dev.banyan.workspaces.chat;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The chat for clients that only send and receive single messages (contract 9).
@QuarkusTest
class ChatResourceTest {

    private static final String MESSAGES = "/api/sub-client/chat/messages?shortPath=";
    private static final String SEND = "/api/sub-client/chat/send";

    @Inject
    ChatRooms rooms;

    private Workspace sales;
    private Chatter amira;

    @BeforeEach
    void somebodyIsIn() {
        sales = rooms.workspace("Sales Team");
        amira = rooms.somebody(sales);
    }

    @Test
    void whatIsSentIsAnsweredAndKept() {
        assertThat(messages(amira).path("data").path("messages")).isEmpty();

        Answer answer = send(amira, "hello");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(TestClient.keys(answer.json())).containsExactly("success", "data");
        var reply = answer.json().path("data").path("message");
        assertThat(TestClient.keys(reply)).containsExactly("id", "role", "content");
        assertThat(reply.path("role").asText()).isEqualTo("assistant");
        assertThat(reply.path("content").asText()).contains("Sales Team");
        var kept = messages(amira).path("data").path("messages");
        assertThat(kept.findValuesAsText("role")).containsExactly("user", "assistant");
        assertThat(kept.path(0).path("content").asText()).isEqualTo("hello");
        assertThat(kept.path(1)).isEqualTo(reply);
    }

    @Test
    void theLatestConversationGoesOn() {
        send(amira, "hello");
        send(amira, "thanks");

        assertThat(messages(amira).path("data").path("messages")).hasSize(4);
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM conversations WHERE sub_client_id = ?",
                                sales.id().value()))
                .isEqualTo(1);
    }

    @Test
    void aRepeatedKeySaysItOnce() {
        var client = by(amira).with("Idempotency-Key", "one-key");
        var body = Map.of("shortPath", sales.shortPath(), "message", "hello");

        Answer first = client.post(SEND, body);
        Answer again = client.post(SEND, body);

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(messages(amira).path("data").path("messages")).hasSize(2);
    }

    /// After a time-out (503) the response is not stored for repetition, but the message is.
    @Test
    void aRepetitionAfterNoAnswerWaitsForTheAnswerToTheSameMessage() {
        var client = by(amira).with("Idempotency-Key", "a-slow-one");
        var body = Map.of("shortPath", sales.shortPath(), "message", "hello");
        Answer first = client.post(SEND, body);
        forgetAnswers();

        Answer again = client.post(SEND, body);
        forgetAnswers();
        client.post(SEND, Map.of("shortPath", sales.shortPath(), "message", "something else"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(messages(amira).path("data").path("messages").findValuesAsText("content"))
                .hasSize(4)
                .contains("hello", "something else");
    }

    private void forgetAnswers() {
        rooms.world().sql("DELETE FROM idempotency_keys");
    }

    @Test
    void wrongMessagesAreRefusedInTheEnvelope() {
        for (String message : List.of("", "  ", "x".repeat(4_001), "a\u0007b")) {
            Answer answer = send(amira, message);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("success").asBoolean(true)).isFalse();
            assertThat(answer.error()).startsWith("Message ");
        }
    }

    @Test
    void othersAreNotAuthenticatedAndColleaguesSeeTheirOwn() {
        send(amira, "mine");
        Chatter colleague = rooms.somebody(sales);
        Chatter elsewhere = rooms.somebody(rooms.workspace("Support"));

        assertThat(messages(colleague).path("data").path("messages")).isEmpty();
        for (TestClient client :
                List.of(TestClient.anonymous(), TestClient.of(rooms.world().acme()), by(elsewhere))) {
            Answer read = client.get(MESSAGES + sales.shortPath());
            assertThat(read.status()).isEqualTo(401);
            assertThat(read.error()).isEqualTo("Not authenticated");
            assertThat(client.post(SEND, Map.of("shortPath", sales.shortPath(), "message", "hello"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(messages(amira).path("data").path("messages")).hasSize(2);
    }

    private Answer send(Chatter chatter, String message) {
        return by(chatter).post(SEND, Map.of("shortPath", chatter.workspace().shortPath(), "message", message));
    }

    private JsonNode messages(Chatter chatter) {
        return by(chatter).get(MESSAGES + chatter.workspace().shortPath()).json();
    }

    private static TestClient by(Chatter chatter) {
        return TestClient.anonymous().with("Cookie", chatter.cookie());
    }
}
