package dev.banyan.workspaces.assistant;

import dev.banyan.workspaces.assistant.Assistant.Question;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in answers for something else, and how long they may be.
final class AnswerBuilder {

    /// Characters that a message can keep.
    static final int LONGEST = 8_000;

    /// A name that is not known takes the space before it along: “Hello {name},” becomes “Hello,”.
    private static final Pattern PLACES = Pattern.compile("\\{workspace}| ?\\{name}|\\{opens}");

    private static final DateTimeFormatter OPENING = DateTimeFormatter.ofPattern("EEEE, d MMMM, HH:mm", Locale.ENGLISH);

    private AnswerBuilder() {}

    static String fill(String text, Question question) {
        return fill(text, question, "");
    }

    /// @param opens what stands for `{opens}`
    private static String fill(String text, Question question, String opens) {
        return PLACES.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group().strip()) {
                            case "{workspace}" -> question.workspaceName();
                            case "{opens}" -> opens;
                            default ->
                                question.name()
                                        .map(name -> place.group().replace("{name}", name))
                                        .orElse("");
                        }));
    }

    /// What is said outside the office hours, with the time at which somebody is there again.
    static String closed(AssistantSettings settings, Question question, Instant now) {
        String opens = settings.hours()
                .nextOpening(now)
                .map(opening -> "on " + OPENING.format(opening) + " ("
                        + settings.hours().zone().getId().replace('_', ' ') + ")")
                .orElse("later");
        return fill(settings.closedText().orElse(BuiltInRules.CLOSED), question, opens);
    }

    /// Without what no page and no database takes, and no longer than a message can be.
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
