package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;

/// Answers from a table of rules, without network access. The first rule that matches a message answers it.
public final class RulesAssistant implements Assistant {

    /// Answers with the built-in rules and no office hours.
    @Override
    public Answer answer(Question question, Answering answering) {
        String text = AnswerBuilder.clean(answer(BuiltInRules.SETTINGS, question, _ -> {}));
        answering.part(text);
        return new Answer.Said(text);
    }

    /// Answers every unanswered message; equal answers are given once.
    ///
    /// @param why receives what led to each answer
    static String answer(AssistantSettings settings, Question question, Consumer<AnswerReason> why) {
        var answers = new ArrayList<String>();
        boolean first = question.history().isEmpty();
        if (first) {
            settings.greeting().ifPresent(greeting -> {
                answers.add(greeting);
                why.accept(new AnswerReason.Greeted());
            });
        }
        boolean greeted = !answers.isEmpty();
        for (Message message : question.unanswered()) {
            Optional<Fit> fit = fit(settings.rules(), message.text());
            if (fit.isPresent()) {
                answers.add(fit.get().answer());
                why.accept(fit.get().reason());
            } else if (!greeted) {
                // A greeting followed by “I don’t have an answer for that” would not be friendly.
                answers.add(settings.fallback().orElse(BuiltInRules.FALLBACK));
                why.accept(new AnswerReason.FellBack());
            }
        }
        return answers.stream()
                .map(answer -> AnswerBuilder.fill(answer, question))
                .distinct()
                .collect(Collectors.joining("\n\n"));
    }

    private record Fit(String answer, AnswerReason reason) {}

    private static Optional<Fit> fit(List<Rule> rules, String text) {
        PlainWords said = PlainWords.of(text);
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            int number = i + 1;
            Optional<Fit> fit = firstIn(said, rule.words())
                    .map(phrase -> new Fit(rule.answer(), new AnswerReason.ByRule(number, phrase)));
            if (fit.isPresent()) {
                return fit;
            }
        }
        return Optional.empty();
    }

    /// Returns the first of these phrases that occurs.
    static Optional<String> firstIn(PlainWords said, String phrases) {
        return PlainWords.phrases(phrases).stream().filter(said::contain).findFirst();
    }
}
