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
}
