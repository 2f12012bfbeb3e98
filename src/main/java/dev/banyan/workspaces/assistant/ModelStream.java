package dev.banyan.workspaces.assistant;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.http.HttpOutcome;

/// Reads the response of a model's server: server-sent events, each with a piece of the answer in JSON, or the whole
/// answer as one JSON if the server doesn't stream.
final class ModelStream {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DONE = "[DONE]";

    /// How the answer ended.
    enum End {
        /// The answer is complete.
        WHOLE,
        /// It reached the maximum length.
        CUT,
        /// The connection ended or went silent before the answer did.
        BROKEN_OFF,
        /// The response can't be parsed.
        NOT_UNDERSTOOD,
        /// The server reported an error during the answer.
        FAILED
    }

    /// @param input tokens read, as reported by the server
    record Usage(long input, long output) {}

    private final HttpOutcome.Answered answer;
    private final Duration patience;
    private final Consumer<String> said;
    private final StringBuilder event = new StringBuilder();
    private long lastWord = System.nanoTime();
    private Optional<Usage> usage = Optional.empty();
    private Optional<End> end = Optional.empty();
    private String half = "";

    /// @param patience for the first word and between words, whatever else arrives meanwhile
    ModelStream(HttpOutcome.Answered answer, Duration patience, Consumer<String> said) {
        this.answer = answer;
        this.patience = patience;
        this.said = said;
    }

    Optional<Usage> usage() {
        return usage;
    }

    /// @return how it ended; the text until then was passed on
    /// @throws HttpOutcome.BodyTooLarge if the response exceeds any plausible size
    End read() throws IOException {
        boolean streams = answer.header("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        try {
            return streams ? events() : whole();
        } catch (JsonProcessingException _) {
            return End.NOT_UNDERSTOOD;
        } catch (HttpOutcome.BodyTooLarge tooLarge) {
            throw tooLarge;
        } catch (SocketTimeoutException _) {
            return End.BROKEN_OFF;
        } catch (IOException _) {
            return end.orElse(End.BROKEN_OFF);
        }
    }

    private End whole() throws IOException {
        JsonNode json = JSON.readTree(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        JsonNode choice = json.path("choices").path(0);
        if (!choice.path("message").path("content").isTextual()) {
            return json.has("error") ? End.FAILED : End.NOT_UNDERSTOOD;
        }
        say(choice.path("message").path("content").asText());
        takeUsage(json);
        return choice.path("finish_reason").asText().equals("length") ? End.CUT : End.WHOLE;
    }

    private End events() throws IOException {
        while (true) {
            Optional<String> line = answer.nextLine();
            if (line.isEmpty()) {
                dispatch();
                return end.orElse(End.BROKEN_OFF);
            }
            if (line.get().isEmpty()) {
                if (dispatch()) {
                    return end.orElse(End.WHOLE);
                }
            } else if (line.get().startsWith("data:")) {
                event.append(event.isEmpty() ? "" : "\n")
                        .append(line.get().substring("data:".length()).stripLeading());
            }
            // Other lines are keep-alive comments and fields that don't matter here.
            if (System.nanoTime() - lastWord > patience.toNanos()) {
                return end.orElse(End.BROKEN_OFF);
            }
        }
    }

    /// @return true after the last event
    private boolean dispatch() throws JsonProcessingException {
        String data = event.toString().strip();
        event.setLength(0);
        if (data.equals(DONE)) {
            return true;
        }
        if (data.isEmpty()) {
            return false;
        }
        JsonNode json = JSON.readTree(data);
        if (json.has("error")) {
            end = Optional.of(End.FAILED);
            return true;
        }
        JsonNode choice = json.path("choices").path(0);
        say(choice.path("delta").path("content").asText(""));
        takeUsage(json);
        String reason = choice.path("finish_reason").asText("");
        if (!reason.isEmpty() && !reason.equals("null")) {
            end = Optional.of(reason.equals("length") ? End.CUT : End.WHOLE);
        }
        return false;
    }

    /// Holds back half a surrogate pair until the other half arrives.
    private void say(String words) {
        if (words.isEmpty()) {
            return;
        }
        lastWord = System.nanoTime();
        String all = half + words;
        boolean cut = Character.isHighSurrogate(all.charAt(all.length() - 1));
        half = cut ? all.substring(all.length() - 1) : "";
        String complete = cut ? all.substring(0, all.length() - 1) : all;
        if (!complete.isEmpty()) {
            said.accept(complete);
        }
    }

    private void takeUsage(JsonNode json) {
        JsonNode told = json.path("usage");
        if (told.path("prompt_tokens").isIntegralNumber()) {
            usage = Optional.of(new Usage(
                    Math.max(0, told.path("prompt_tokens").asLong()),
                    Math.max(0, told.path("completion_tokens").asLong())));
        }
    }
}
