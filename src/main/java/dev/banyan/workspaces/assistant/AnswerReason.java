package dev.banyan.workspaces.assistant;

/// What led to an assistant's answer, for people who try their settings.
public sealed interface AnswerReason {

    /// @param phrase the phrase that matched
    record HandedOver(String phrase) implements AnswerReason {}

    /// @param number of the rule, from 1
    /// @param phrase the phrase that matched
    record ByRule(int number, String phrase) implements AnswerReason {}

    record Greeted() implements AnswerReason {}

    record FellBack() implements AnswerReason {}

    /// Outside office hours, and not said yet today.
    record Closed() implements AnswerReason {}

    record ByModel() implements AnswerReason {}

    /// Explains it to people.
    default String sentence() {
        return switch (this) {
            case HandedOver handed -> "“" + handed.phrase() + "” is among the hand-over words: a person is asked for.";
            case ByRule rule -> "Rule " + rule.number() + " fits: “" + rule.phrase() + "”.";
            case Greeted _ -> "The greeting comes first, since the conversation begins.";
            case FellBack _ -> "No rule fits, so the fallback is said.";
            case Closed _ -> "It is outside the office hours: that is said once a day.";
            case ByModel _ -> "The language model answered.";
        };
    }
}
