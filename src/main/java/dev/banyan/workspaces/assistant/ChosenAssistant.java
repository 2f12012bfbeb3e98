package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import jakarta.inject.Singleton;

/// Answers according to the workspace's settings. Words that ask for a person and office hours are checked first,
/// whichever assistant answers.
@Singleton
public final class ChosenAssistant implements Assistant {

    private final Assistants assistants;
    private final OpenAiAssistant model;
    private final Clock clock;
    private final AnswerSlots turns = new AnswerSlots();

    public ChosenAssistant(Assistants assistants, OpenAiAssistant model, Clock clock) {
        this.assistants = assistants;
        this.model = model;
        this.clock = clock;
    }

    @Override
    public Answer answer(Question question, Answering answering) {
        AssistantSettings settings = assistants.of(question.tenant(), question.workspace());
        return answer(settings, question, answering, _ -> {});
    }

    /// The same with other settings, such as those being tried.
    ///
    /// @param why receives what led to each part of the answer, in order
    public Answer answer(
            AssistantSettings settings, Question question, Answering answering, Consumer<AnswerReason> why) {
        Instant now = clock.instant();
        boolean closed = !settings.hours().isOpenAt(now);
        Optional<String> person = personWanted(settings, question.unanswered());
        if (person.isPresent()) {
            why.accept(new AnswerReason.HandedOver(person.get()));
            String text = AnswerBuilder.fill(settings.handOver().text().orElse(BuiltInRules.HAND_OVER), question);
            return new Answer.HandedOver(
                    say(answering, closed ? text + "\n\n" + AnswerBuilder.closed(settings, question, now) : text));
        }
        String notice = closed && !isSaidToday(settings, question, now)
                ? AnswerBuilder.closed(settings, question, now) + "\n\n"
                : "";
        if (!notice.isEmpty()) {
            why.accept(new AnswerReason.Closed());
            answering.part(notice);
        }
        return switch (settings.kind()) {
            case RULES ->
                new Answer.Said(
                        AnswerBuilder.clean(notice + say(answering, RulesAssistant.answer(settings, question, why))));
            case OPENAI -> {
                if (assistants.isModelSpent(question.tenant(), question.workspace())) {
                    why.accept(new AnswerReason.ModelSpent());
                    String text =
                            AnswerBuilder.fill(settings.handOver().text().orElse(BuiltInRules.HAND_OVER), question);
                    yield new Answer.HandedOver(AnswerBuilder.clean(notice + say(answering, text)));
                }
                why.accept(new AnswerReason.ByModel());
                yield after(
                        notice,
                        turns.take(
                                        question.workspace(),
                                        answering,
                                        () -> model.answer(settings.model(), question, answering))
                                .orElseGet(() -> new Answer.Said("")));
            }
        };
    }

    private static String say(Answering answering, String text) {
        String clean = AnswerBuilder.clean(text);
        answering.part(clean);
        return clean;
    }

    private static Optional<String> personWanted(AssistantSettings settings, List<Message> said) {
        return said.stream()
                .map(message -> RulesAssistant.firstIn(
                        PlainWords.of(message.text()), settings.handOver().words()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Checks the conversation itself, so that nothing else has to be stored.
    private static boolean isSaidToday(AssistantSettings settings, Question question, Instant now) {
        LocalDate today = now.atZone(settings.hours().zone()).toLocalDate();
        String notice = AnswerBuilder.closed(settings, question, now);
        return question.history().stream()
                .filter(message -> message.author() == Author.ASSISTANT)
                .filter(message -> message.createdAt()
                        .atZone(settings.hours().zone())
                        .toLocalDate()
                        .equals(today))
                .anyMatch(message -> message.text().contains(notice));
    }

    private static Answer after(String notice, Answer answer) {
        String text = AnswerBuilder.clean(notice + answer.text());
        return switch (answer) {
            case Answer.Said _ -> new Answer.Said(text);
            case Answer.HandedOver _ -> new Answer.HandedOver(text);
            case Answer.Failed _ -> new Answer.Failed(text);
        };
    }
}
