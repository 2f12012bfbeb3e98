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

    /// The language model has used up its tokens of the month.
    record ModelSpent() implements AnswerReason {}

    /// Explains it to people.
    default String sentence() {
        return switch (this) {
            case HandedOver handed ->
                "“" + handed.phrase() + "” is a handover keyword, so the assistant asks for a person.";
            case ByRule rule -> "Rule " + rule.number() + " matches “" + rule.phrase() + "”.";
            case Greeted _ -> "The greeting comes first in a new conversation.";
            case FellBack _ -> "No rule matches, so the fallback answer is used.";
            case Closed _ -> "It’s outside office hours, so the away message is sent once a day.";
            case ByModel _ -> "The language model answered.";
            case ModelSpent _ ->
                "The language model has used up this month’s tokens, so the assistant asks for a person.";
        };
    }
}
