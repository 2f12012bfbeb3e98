package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.http.HttpCall;
import dev.banyan.platform.http.HttpOutcome;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.Assistant.Question;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Asks a language model behind any OpenAI-compatible address (`POST …/chat/completions`) and passes on its answer word
/// by word. Errors are described in our own words, because the other server's error text may be anything.
@Singleton
public final class OpenAiAssistant {

    /// Timeouts.
    ///
    /// @param silence before the first word and between words
    public record Patience(Duration connect, Duration silence, Duration total) {

        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    private static final long BODY_BYTES = 4L * 1_024 * 1_024;
    private static final int LINE_BYTES = 256 * 1_024;
    private static final String BROKE_OFF = "(This answer is incomplete: the language model stopped responding.)";
    private static final String CUT = "…";

    private final Assistants assistants;
    private final OutboundHttp http;
    private final Patience patience;

    @Inject
    OpenAiAssistant(Assistants assistants, OutboundHttp http) {
        this(assistants, http, Patience.USUAL);
    }

    public OpenAiAssistant(Assistants assistants, OutboundHttp http, Patience patience) {
        this.assistants = assistants;
        this.http = http;
        this.patience = patience;
    }

    /// @param model with an address
    Answer answer(Model model, Question question, Answering answering) {
        if (model.endpoint().isEmpty()) {
            return failed(answering, "The language model of this workspace has no base URL.");
        }
        URI endpoint = model.endpoint().get();
        var headers = new LinkedHashMap<>(Map.of("Accept", "text/event-stream, application/json"));
        if (model.key().isPresent()) {
            Optional<String> key = assistants.open(
                    question.tenant(),
                    question.workspace(),
                    endpoint,
                    model.key().get());
            if (key.isEmpty()) {
                return failed(
                        answering,
                        "The language model’s API key can’t be read on this server. An admin can enter it again in"
                                + " the assistant’s settings.");
            }
            headers.put("Authorization", "Bearer " + key.get());
        }
        var talk = ModelTalk.of(model, question);
        var call = new HttpCall(
                "POST",
                URI.create(endpoint + "/chat/completions"),
                headers,
                Optional.of(talk.toJson()),
                new HttpCall.Limits(patience.connect(), patience.silence(), patience.total(), BODY_BYTES, LINE_BYTES));
        var spoken = new Spoken(answering);
        Answer answer = switch (http.send(call, answering::onStop)) {
            case HttpOutcome.Answered answered -> {
                try (answered) {
                    yield read(answered, question, talk, spoken);
                }
            }
            case HttpOutcome.Refused _ ->
                failed(answering, "This server isn’t allowed to call the language model’s address.");
            case HttpOutcome.TimedOut _ ->
                failed(answering, "The language model didn’t answer in time. Please try again later.");
            case HttpOutcome.Unreachable unreachable ->
                failed(answering, "We can’t reach the language model: " + unreachable.why() + ".");
            case HttpOutcome.TooLarge _ -> failed(answering, "The language model’s answer is too long.");
            case HttpOutcome.Aborted _ -> new Answer.Said("");
        };
        if (!spoken.isCounted()) {
            count(question, answer instanceof Answer.Failed, 0, 0, false);
        }
        return answer;
    }

    private Answer read(HttpOutcome.Answered answered, Question question, ModelTalk talk, Spoken spoken) {
        if (answered.status() != 200) {
            return failed(spoken.answering(), refusal(answered));
        }
        var stream = new ModelStream(answered, patience.silence(), spoken::say);
        Answer answer = end(stream, spoken);
        Optional<ModelStream.Usage> usage = stream.usage();
        spoken.counted();
        count(
                question,
                answer instanceof Answer.Failed,
                usage.map(ModelStream.Usage::input).orElseGet(talk::estimatedTokens),
                usage.map(ModelStream.Usage::output)
                        .orElseGet(() -> ModelTalk.estimate(spoken.text().length())),
                usage.isEmpty());
        return answer;
    }

    private static Answer end(ModelStream stream, Spoken spoken) {
        try {
            ModelStream.End end = stream.read();
            if (spoken.answering().isStopped()) {
                return new Answer.Said(spoken.text());
            }
            return switch (end) {
                case WHOLE ->
                    spoken.isEmpty()
                            ? failed(spoken.answering(), "The language model’s answer was empty.")
                            : new Answer.Said(spoken.text());
                case CUT -> {
                    spoken.add(CUT);
                    yield new Answer.Said(spoken.text());
                }
                case BROKEN_OFF -> brokenOff(spoken, "The language model stopped responding.");
                case NOT_UNDERSTOOD -> brokenOff(spoken, "The language model sent an answer we can’t read.");
                case FAILED -> brokenOff(spoken, "The language model had an error.");
            };
        } catch (IOException _) {
            return brokenOff(spoken, "The language model’s answer is too long.");
        }
    }

    /// Keeps the partial text and adds that it is incomplete.
    private static Answer brokenOff(Spoken spoken, String why) {
        if (spoken.isEmpty()) {
            return failed(spoken.answering(), why);
        }
        spoken.add("\n\n" + BROKE_OFF);
        return new Answer.Failed(spoken.text());
    }

    private static Answer failed(Answering answering, String why) {
        answering.part(why);
        return new Answer.Failed(why);
    }

    private static String refusal(HttpOutcome.Answered answered) {
        int status = answered.status();
        return switch (status) {
            case 401, 403 ->
                "The language model rejected this workspace’s API key. An admin can change it in the assistant’s"
                        + " settings.";
            case 404 ->
                "The language model wasn’t found at its address. An admin can change the address in the assistant’s"
                        + " settings.";
            case 429 -> "The language model is busy. " + retry(answered);
            default ->
                status >= 500
                        ? "The language model had an error (" + status + "). Please try again later."
                        : status >= 300 && status < 400
                                ? "The language model has moved to another address (" + status + ")."
                                : "The language model rejected this question (" + status + ").";
        };
    }

    private static String retry(HttpOutcome.Answered answered) {
        return answered.header("Retry-After")
                .filter(text -> text.matches("[1-9][0-9]{0,4}"))
                .map(Integer::parseInt)
                .map(seconds -> "Please try again in "
                        + (seconds < 120 ? seconds + " seconds." : (seconds + 59) / 60 + " minutes."))
                .orElse("Please try again later.");
    }

    private void count(Question question, boolean failed, long input, long output, boolean estimated) {
        assistants.used(question.tenant(), question.workspace(), failed, input, output, estimated);
    }

    /// The answer so far, limited to the length of a message.
    private static final class Spoken {

        private static final int LONGEST = AnswerBuilder.LONGEST - 200;

        private final Answering answering;
        private final StringBuilder text = new StringBuilder();
        private boolean full;
        private boolean counted;

        Spoken(Answering answering) {
            this.answering = answering;
        }

        /// Adds words; drops what doesn't fit and marks the cut.
        void say(String words) {
            String clean = AnswerBuilder.clean(words);
            if (full) {
                return;
            }
            full = text.length() + clean.length() > LONGEST;
            add(full ? CUT : clean);
        }

        /// Adds our own words, for which room is reserved.
        void add(String words) {
            if (!answering.isStopped()) {
                text.append(words);
                answering.part(words);
            }
        }

        String text() {
            return text.toString().strip();
        }

        boolean isEmpty() {
            return text().isEmpty();
        }

        Answering answering() {
            return answering;
        }

        void counted() {
            counted = true;
        }

        boolean isCounted() {
            return counted;
        }
    }
}
