package dev.banyan.workspaces.assistant;

/// Why an assistant says what it says, for people who try their settings.
public sealed interface AnswerReason {

    /// @param phrase what was said
    record HandedOver(String phrase) implements AnswerReason {}

    /// @param number of the rule, from 1
    /// @param phrase what was said
    record ByRule(int number, String phrase) implements AnswerReason {}

    record Greeted() implements AnswerReason {}

    record FellBack() implements AnswerReason {}

    /// It is outside the office hours, and this was not said today.
    record Closed() implements AnswerReason {}

    record ByModel() implements AnswerReason {}
}
