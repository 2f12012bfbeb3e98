package dev.banyan.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The reference says of each operation how it is called, and the guide which of them may be repeated.
@QuarkusTest
class ApiReferenceTest {

    private static final Pattern CURL = Pattern.compile("<code>(curl [^<]*)</code>");

    private final TestClient reader = TestClient.anonymous();
    private JsonNode api;

    @BeforeEach
    void read() {
        api = reader.get("/openapi.json").json();
    }

    @Test
    void eachOperationHasACommandToPaste() {
        List<String> commands = api.path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                .flatMap(group -> commands(group.replaceAll("-$", "")))
                .toList();

        assertThat(commands)
                .hasSameSizeAs(api.path("paths").findValuesAsText("operationId"))
                .allMatch(command -> command.contains("\"$BANYAN_SERVER/"))
                .noneMatch(command -> command.contains("/{"));
    }

    private Stream<String> commands(String group) {
        return CURL.matcher(reader.get("/docs/api/" + group).text())
                .results()
                .map(found -> found.group(1)
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"));
    }

    @Test
    void aCommandSaysWhatItsOperationTakes() {
        assertThat(commands("links"))
                .contains("curl \"$BANYAN_SERVER/v1/GetLinks\" \\\n  -H \"Authorization: Bearer $BANYAN_API_KEY\"");
        assertThat(commands("whatsapp-masters")
                        .filter(command -> command.contains("-X POST \"$BANYAN_SERVER/api/whatsapp/masters\"")))
                .singleElement()
                .asString()
                .contains("-H \"Content-Type: application/json\" \\\n  -d '{", "\"displayName\" : \"Sales\"");
        assertThat(commands("whatsapp-messages")).anyMatch(command -> command.contains("-F file=@file"));
        assertThat(commands("whatsapp-messages")).anyMatch(command -> command.contains("/messages/$messageId"));
    }

    /// Who repeats another request does it twice, and has to know that.
    @Test
    void theGuideNamesAllThatMayBeRepeatedWithAKey() throws IOException {
        Set<String> repeatable = new TreeSet<>();
        api.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.path("description").asText().contains("`Idempotency-Key`")) {
                        repeatable.add(operation.path("operationId").asText());
                    }
                }));
        String guide = Files.readString(Path.of("docs/guides/integrator.md"));
        String section = guide.substring(
                guide.indexOf("## Repeat a request safely"), guide.indexOf("## Stay within the limits"));

        assertThat(Pattern.compile("`([a-z]+[A-Z]\\w+)`")
                        .matcher(section)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(repeatable);
    }
}
