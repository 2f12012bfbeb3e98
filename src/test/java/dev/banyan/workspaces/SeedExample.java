package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;

/// Compares responses with the sub-client seed's examples, which are quoted literally. A response must contain every
/// field of the example with a value of the same type; it may contain more.
///
/// - A time matches any number of milliseconds, and a numeric `id` any number: those of the seed are only examples.
/// - A text that begins with `~` is a pattern.
/// - All other texts, numbers and booleans must be equal.
final class SeedExample {

    private static final long A_TIME = 1_000_000_000_000L;

    private SeedExample() {}

    static JsonNode assertAnswers(Answer answer, int status, String example) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/json");
        assertLike("", TestClient.parse(example), answer.json());
        return answer.json();
    }

    private static void assertLike(String place, JsonNode example, JsonNode actual) {
        switch (example.getNodeType()) {
            case OBJECT -> {
                assertThat(actual.isObject()).as(place + " is an object").isTrue();
                example.properties().forEach(field -> {
                    String here = place + "/" + field.getKey();
                    assertThat(actual.has(field.getKey()))
                            .as(here + " is there: " + actual)
                            .isTrue();
                    boolean isNumber =
                            field.getKey().equals("id") && field.getValue().isIntegralNumber();
                    if (isNumber) {
                        assertThat(actual.get("id").isInt() && actual.get("id").asInt() > 0)
                                .as(here + " is a number: " + actual.get("id"))
                                .isTrue();
                    } else {
                        assertLike(here, field.getValue(), actual.get(field.getKey()));
                    }
                });
            }
            case ARRAY -> {
                assertThat(actual.isArray()).as(place + " is a list").isTrue();
                assertThat(actual.size()).as(place + " has as many").isEqualTo(example.size());
                for (int i = 0; i < example.size(); i++) {
                    assertLike(place + "/" + i, example.get(i), actual.get(i));
                }
            }
            case STRING -> {
                assertThat(actual.isTextual())
                        .as(place + " is a text: " + actual)
                        .isTrue();
                String text = example.asText();
                if (text.startsWith("~")) {
                    assertThat(actual.asText()).as(place).matches(text.substring(1));
                } else {
                    assertThat(actual.asText()).as(place).isEqualTo(text);
                }
            }
            case NUMBER -> {
                assertThat(actual.isIntegralNumber())
                        .as(place + " is a whole number: " + actual)
                        .isTrue();
                if (example.asLong() >= A_TIME) {
                    assertThat(actual.asLong())
                            .as(place + " is in milliseconds")
                            .isGreaterThan(A_TIME);
                } else {
                    assertThat(actual.asLong()).as(place).isEqualTo(example.asLong());
                }
            }
            case BOOLEAN, NULL -> assertThat(actual).as(place).isEqualTo(example);
            case MISSING, BINARY, POJO -> throw new AssertionError("No example has " + example.getNodeType());
        }
    }
}
