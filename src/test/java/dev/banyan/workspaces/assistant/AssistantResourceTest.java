package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.FakeOpenAi;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The assistant of a workspace in the API.
@QuarkusTest
class AssistantResourceTest {

    @Inject
    ChatRooms rooms;

    @Inject
    Assistant assistant;

    private Workspace sales;
    private TestClient acme;
    private String path;

    @BeforeEach
    void acmeHasAWorkspace() {
        sales = rooms.workspace("Sales Team");
        acme = TestClient.of(rooms.world().acme());
        path = "/api/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/assistant";
    }

    @Test
    void theBuiltInRulesAreThereToBegin() {
        Answer answer = acme.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode assistant = answer.json().at("/data/assistant");
        assertThat(assistant.path("kind").asText()).isEqualTo("rules");
        assertThat(assistant.path("changed").asBoolean()).isFalse();
        assertThat(assistant.path("rules")).hasSizeGreaterThan(5);
        assertThat(assistant.path("hasApiKey").asBoolean()).isFalse();
        assertThat(assistant.path("temperature").decimalValue()).isEqualByComparingTo("0.7");
    }

    @Test
    void whatIsChangedAnswersAndTheRestStays() {
        Answer answer = acme.put(
                path,
                Map.of(
                        "rules",
                        List.of(Map.of("words", "price", "answer", "Ask {workspace}, {name}.")),
                        "fallback",
                        "I do not know that."));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("message").asText()).isEqualTo("Assistant updated successfully");
        JsonNode assistant = acme.get(path).json().at("/data/assistant");
        assertThat(assistant.path("changed").asBoolean()).isTrue();
        assertThat(assistant.at("/rules/0/words").asText()).isEqualTo("price");
        assertThat(assistant.path("handoverWords").asText()).contains("human");
        ChatRooms.Chatter amira = rooms.somebody(sales);
        assertThat(said(amira, "The PRICE?"))
                .isEqualTo("Ask Sales Team, " + amira.user().username() + ".");
        assertThat(said(amira, "hello")).isEqualTo("I do not know that.");
    }

    private String said(ChatRooms.Chatter who, String text) {
        var message = Message.of(new UUID(0, 1), 1, Message.Author.USER, text, Optional.empty(), Instant.EPOCH);
        var question = new Assistant.Question(
                sales.owner().tenant(),
                sales.id(),
                sales.name(),
                List.of(),
                List.of(message),
                Optional.of(who.user().username()));
        return assistant.answer(question, new Answering(_ -> {})).text();
    }

    @Test
    void aKeyIsNeverGivenOutAgain() {
        Answer answer = acme.put(
                path,
                Map.of(
                        "kind", "openai",
                        "endpoint", "https://models.example/v1",
                        "model", "small",
                        "apiKey", "sk-0123456789abcdef",
                        "temperature", 0.25,
                        "maxTokens", 300,
                        "officeHours", List.of(Map.of("day", "mon", "from", "09:00", "until", "18:00")),
                        "closedDays", List.of("2026-12-02"),
                        "timeZone", "Asia/Dubai"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Answer seen = acme.get(path);
        assertThat(seen.text()).doesNotContain("0123456789");
        JsonNode assistant = seen.json().at("/data/assistant");
        assertThat(assistant.path("hasApiKey").asBoolean()).isTrue();
        assertThat(assistant.path("apiKeyEnd").asText()).isEqualTo("cdef");
        assertThat(assistant.path("temperature").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(assistant.at("/officeHours/0/day").asText()).isEqualTo("mon");
        assertThat(assistant.at("/closedDays/0").asText()).isEqualTo("2026-12-02");

        Answer elsewhere = acme.put(path, Map.of("endpoint", "https://elsewhere.example/v1"));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.json().path("field").asText()).isEqualTo("apiKey");
        Answer tried = acme.post(
                path + "/try",
                Map.of("message", "hello", "assistant", Map.of("endpoint", "https://elsewhere.example/v1")));
        assertThat(tried.status()).isEqualTo(400);
    }

    @Test
    void aTryAnswersWithWhatIsTypedAndSaysWhy() {
        Answer answer = acme.post(
                path + "/try",
                Map.of(
                        "message",
                        "How much is it?",
                        "assistant",
                        Map.of("rules", List.of(Map.of("words", "x, how much", "answer", "A lot.")))));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/data/answer").asText()).isEqualTo("A lot.");
        assertThat(answer.json().at("/data/outcome").asText()).isEqualTo("said");
        assertThat(answer.json().at("/data/reasons/0").asText()).isEqualTo("Rule 1 matches “how much”.");
        assertThat(acme.get(path).json().at("/data/assistant/changed").asBoolean())
                .isFalse();
        assertThat(acme.post(path + "/try", Map.of("message", "a human"))
                        .json()
                        .at("/data/outcome")
                        .asText())
                .isEqualTo("handed_over");
        assertThat(acme.post(path + "/try", Map.of()).status()).isEqualTo(400);
    }

    /// The server's own network is never called, whoever asks.
    @Test
    void aModelOnThisMachineIsNotCalled() {
        try (var server = new FakeOpenAi(FakeOpenAi.says("never"))) {
            Answer answer = acme.post(
                    path + "/try",
                    Map.of(
                            "message",
                            "hello",
                            "assistant",
                            Map.of("kind", "openai", "model", "m", "endpoint", "http://10.0.0.1:9/v1")));

            assertThat(answer.json().at("/data/outcome").asText())
                    .as(answer.text())
                    .isEqualTo("failed");
            assertThat(answer.json().at("/data/answer").asText()).contains("isn’t allowed to call");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aDayMayHaveALunchBreakAndANightShift() {
        List<Map<String, String>> hours = List.of(
                Map.of("day", "fri", "from", "22:00", "until", "06:00"),
                Map.of("day", "mon", "from", "13:00", "until", "18:00"),
                Map.of("day", "mon", "from", "9:00", "until", "12:00"));
        Answer answer = acme.put(path, Map.of("officeHours", hours, "mostAnswers", 8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode saved = acme.get(path).json().at("/data/assistant");
        assertThat(saved.path("mostAnswers").asInt()).isEqualTo(8);
        assertThat(saved.path("officeHours").valueStream().map(JsonNode::toString))
                .containsExactly(
                        "{\"day\":\"mon\",\"from\":\"09:00\",\"until\":\"12:00\"}",
                        "{\"day\":\"mon\",\"from\":\"13:00\",\"until\":\"18:00\"}",
                        "{\"day\":\"fri\",\"from\":\"22:00\",\"until\":\"06:00\"}");
        String page = path.replaceFirst("^/api", "");
        TestClient pages = acme.onPagesOf(rooms.world().acme());
        assertThat(pages.get(page).text().split("name=\"from\"", -1)).hasSize(9);
        String as = rooms.world().acme().username();
        assertThat(pages.form(page, "as", as, "act", "hours-sun", "day", "sun", "from", "09:00", "until", "12:00")
                        .text())
                .contains("aria-label=\"Sunday, hours 2 from\"");
    }

    /// It was lost with an error, a preview or a new rule, and the old one stayed.
    @Test
    void aKeyIsTypedOnceAlsoIfTheFormIsRefused() {
        assertThat(acme.put(path, Map.of("endpoint", "https://models.example/v1", "apiKey", "sk-the-old-one"))
                        .status())
                .isEqualTo(200);
        String page = path.replaceFirst("^/api", "");
        TestClient pages = acme.onPagesOf(rooms.world().acme());
        var form = new HashMap<>(Map.of(
                "as",
                rooms.world().acme().username(),
                "act",
                "save",
                "kind",
                "openai",
                "model",
                "m",
                "apiKey",
                "sk-0123456789abcdef-new1"));
        form.putAll(Map.of("endpoint", "https://models.example/v1", "timeZone", "UTC", "temperature", "hot"));
        form.putAll(Map.of("maxTokens", "100", "phonePause", "30", "mostAnswers", "10", "handoverWords", "human"));
        for (String act : List.of("save", "add", "try")) {
            form.put("act", act);
            Answer again = pages.form(page, form);
            assertThat(again.status()).as(act).isEqualTo(act.equals("add") ? 200 : 422);
            assertThat(again.text()).contains("Entered. Leave empty to use it.").doesNotContain("abcdef-new1");
            form.putAll(Map.of("apiKey", "", "typedSecret", again.hidden("typedSecret")));
        }
        form.putAll(Map.of("act", "save", "temperature", "0.7"));
        assertThat(pages.form(page, form).location()).contains("done=assistant-saved");
        assertThat(pages.get(page).text())
                .contains("The saved key ends in new1.")
                .doesNotContain("typedSecret");
    }

    @Test
    void badFieldsAreNamed() {
        for (Map<String, ?> body : List.<Map<String, ?>>of(
                Map.of("kind", "magic"),
                Map.of("temperature", 9),
                Map.of("temperature", 1e300),
                Map.of("maxTokens", -1),
                Map.of("timeZone", "Mars"),
                Map.of("officeHours", List.of(Map.of("day", "someday", "from", "09:00", "until", "18:00"))),
                Map.of("officeHours", List.of(Map.of("day", "mon", "from", "18:00", "until", "18:00"))),
                Map.of("officeHours", List.of(Map.of("day", "mon", "from", "9", "until", "18:00"))),
                Map.of("officeHours", List.of(Map.of("day", "mon"))),
                Map.of("officeHours", List.of(Map.of("day", "mon", "from", "", "until", " "))),
                Map.of(
                        "officeHours",
                        List.of(
                                Map.of("day", "mon", "from", "09:00", "until", "13:00"),
                                Map.of("day", "mon", "from", "12:00", "until", "18:00"))),
                Map.of("mostAnswers", 0),
                Map.of("endpoint", "https://me:secret@models.example"),
                Map.of("closedDays", List.of("soon")),
                Map.of("rules", List.of(Map.of("words", "a"))),
                Map.of("greeting", "x".repeat(2_001)))) {
            Answer answer = acme.put(path, body);
            assertThat(answer.status()).as("%s: %s", body, answer.text()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).as(answer.text()).isNotBlank();
        }
        assertThat(acme.get(path).json().at("/data/assistant/changed").asBoolean())
                .isFalse();
    }

    /// Written out, they have a billion digits.
    @Test
    void numbersThatAreHardToWriteAreRefusedAtOnce() {
        for (String number : List.of("1e-999999999", "1e999999999", "-1e999999999", "0.00000000000001")) {
            assertThat(acme.json("PUT", path, "{\"temperature\":" + number + "}")
                            .status())
                    .as(number)
                    .isEqualTo(400);
        }
    }

    @Test
    void adminsOfTheWorkspaceMayAndUsersMayNot() {
        ChatRooms.Chatter user = rooms.somebody(sales);
        var client = TestClient.anonymous().with("Cookie", user.cookie());

        assertThat(client.get(path).status()).isEqualTo(403);
        assertThat(client.put(path, Map.of("kind", "rules")).status()).isEqualTo(403);
        assertThat(client.post(path + "/try", Map.of("message", "hi")).status()).isEqualTo(403);
        assertThat(client.get(path).error()).isEqualTo("Only sub-client admins can change the assistant");

        rooms.world()
                .sql(
                        "UPDATE sub_client_users SET role = 'admin' WHERE id = ?",
                        user.user().id());
        assertThat(client.put(path, Map.of("fallback", "Hm.")).status()).isEqualTo(200);
        assertThat(client.get(path).json().at("/data/assistant/fallback").asText())
                .isEqualTo("Hm.");
        Workspace other = rooms.workspace("Other");
        assertThat(client.get("/api/projects/" + other.project() + "/sub-clients/" + other.id() + "/assistant")
                        .status())
                .isEqualTo(404);
    }
}
