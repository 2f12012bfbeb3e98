package dev.banyan.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.TestClient;
import dev.banyan.mcp.McpTool.Effect;
import dev.banyan.mcp.McpTool.Place;
import dev.banyan.mcp.McpTool.Prepared;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// What a call of a tool comes to, before anything is asked.
@QuarkusTest
class McpToolsTest {

    @Inject
    McpTools tools;

    @Inject
    ObjectMapper json;

    @Test
    void theEffectSaysWhatTheMethodDoes() {
        assertThat(tools.all()).hasSizeGreaterThan(20).allSatisfy(tool -> {
            assertThat(tool.reads()).as(tool.name()).isEqualTo(tool.method().equals("GET"));
            if (tool.method().equals("DELETE") || tool.name().startsWith("delete")) {
                assertThat(tool.effect()).as(tool.name()).isEqualTo(Effect.CONFIRM);
            }
        });
    }

    @Test
    void argumentsAreThoseOfTheOperationAndNameNoOtherPart() {
        assertThat(tools.all()).allSatisfy(tool -> {
            assertThat(tool.schema().toString()).as(tool.name()).doesNotContain("$ref");
            assertThat(tool.schema().path("additionalProperties").asBoolean(true))
                    .isFalse();
            assertThat(TestClient.keys(tool.schema().path("properties")))
                    .as(tool.name())
                    .containsExactlyInAnyOrderElementsOf(tool.arguments().keySet());
            assertThat(tool.schema().path("required"))
                    .as(tool.name())
                    .allSatisfy(name -> assertThat(tool.arguments()).containsKey(name.asText()));
        });
    }

    @Test
    void argumentsGoToTheirPlaces() {
        Prepared.Act act =
                act("create_page", "{'subAccountId': 'a&b=c', 'slug': 'menu', 'name': 'Menu', 'idempotencyKey': 'k1'}");

        assertThat(act.method()).isEqualTo("POST");
        assertThat(act.uri()).isEqualTo("/v1/CreatePage?subAccountId=a%26b%3Dc");
        assertThat(act.body().map(JsonNode::toString)).contains("{\"slug\":\"menu\",\"name\":\"Menu\"}");
        assertThat(act.idempotencyKey()).contains("k1");
        assertThat(act("list_links", "{'pageId': 'p1'}").uri()).isEqualTo("/v1/GetLinks?pageId=p1");
    }

    @Test
    void anIdLeadsToNoOtherRoute() throws IOException {
        var tool = new McpTool(
                "get_message",
                "",
                Effect.READ,
                "GET",
                "/api/whatsapp/messages/{messageId}",
                "messages:read",
                Map.of("messageId", Place.PATH),
                json.createObjectNode());

        assertThat(((Prepared.Act) tool.prepare(json.readTree("{\"messageId\":\"msg_1.2\"}"))).uri())
                .isEqualTo("/api/whatsapp/messages/msg_1.2");
        for (String id : List.of("..", ".", "a/b", "a%2fb", "a?b", "a;b", "a#b", "", " ", "ä", "a".repeat(201))) {
            assertThat(tool.prepare(json.createObjectNode().put("messageId", id)))
                    .as(id)
                    .isEqualTo(new Prepared.Refused("messageId is not an id"));
        }
        assertThat(refusal("get_profile", "{'subAccountId': ['a']}")).contains("must be a text");
        assertThat(refusal("create_page", "{'name': 'x', 'idempotencyKey': 'a\\r\\nX-Other: b'}"))
                .contains("200");
    }

    @Test
    void theModelLearnsWhatIsWrong() {
        assertThat(refusal("get_profile", "{'color': 'red'}"))
                .isEqualTo("There is no argument color. This tool takes: subAccountId");
    }

    @Test
    void whatDeletesWaitsForAPerson() {
        for (String call : List.of("{'id': 'p1'}", "{'id': 'p1', 'confirm': false}", "{'id': 'p1', 'confirm': 'no'}")) {
            assertThat(refusal("delete_page", call)).startsWith("Not done yet");
        }
        assertThat(act("delete_page", "{'id': 'p1', 'confirm': true}").uri()).isEqualTo("/v1/DeletePage?id=p1");
    }

    private Prepared.Act act(String tool, String arguments) {
        return (Prepared.Act) prepared(tool, arguments);
    }

    private String refusal(String tool, String arguments) {
        return prepared(tool, arguments) instanceof Prepared.Refused(String why) ? why : "not refused";
    }

    private Prepared prepared(String tool, String arguments) {
        try {
            return tools.find(tool).orElseThrow().prepare(json.readTree(arguments.replace('\'', '"')));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
