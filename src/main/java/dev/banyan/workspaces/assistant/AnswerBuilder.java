package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.workspaces.Placeholders;
import dev.banyan.workspaces.assistant.Assistant.Question;

/// Fills placeholders in answers and limits their length.
final class AnswerBuilder {

    /// The most characters a message can hold.
    static final int LONGEST = 8_000;

    /// What is filled in every answer.
    static final List<String> PLACEHOLDERS = List.of("workspace", "name");

    static final List<String> OF_CLOSED = List.of("workspace", "name", "opens");

    private static final DateTimeFormatter OPENING = DateTimeFormatter.ofPattern("EEEE, MMMM d, HH:mm", Locale.ENGLISH);

    private AnswerBuilder() {}

    static String fill(String text, Question question) {
        return fill(text, question, "");
    }

    /// @param opens the value of `{opens}`
    private static String fill(String text, Question question, String opens) {
        return Placeholders.fill(
                text,
                Map.of(
                        "workspace",
                        question.workspaceName(),
                        "name",
                        question.name().orElse(""),
                        "opens",
                        opens));
    }

    /// Builds the answer outside office hours, with the next opening time.
    static String closed(AssistantSettings settings, Question question, Instant now) {
        String opens = settings.hours()
                .nextOpening(now)
                .map(opening -> "on " + OPENING.format(opening) + " ("
                        + settings.hours().zone().getId().replace('_', ' ') + ")")
                .orElse("later");
        return fill(settings.closedText().orElse(BuiltInRules.CLOSED), question, opens);
    }

    /// Removes characters that pages and databases can't hold, and cuts the text to the length of a message.
    static String clean(String text) {
        var clean = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints()
                .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
                .filter(point -> Character.getType(point) != Character.SURROGATE && (point & 0xFFFE) != 0xFFFE)
                .takeWhile(point -> clean.length() + Character.charCount(point) <= LONGEST)
                .forEachOrdered(clean::appendCodePoint);
        return clean.toString();
    }
}
