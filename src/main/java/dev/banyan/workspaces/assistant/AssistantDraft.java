package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Kind;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;

/// The settings of an assistant as typed.
///
/// @param hours of the weekdays; empty ones don't count
/// @param closedDays dates separated by commas
/// @param temperature such as `0.7`
/// @param key of the language model; empty keeps the stored one, an empty text removes it
public record AssistantDraft(
        String kind,
        boolean forContacts,
        String greeting,
        List<Rule> rules,
        String fallback,
        HandOver handOver,
        String timeZone,
        List<Hours> hours,
        String closedDays,
        String closedText,
        ModelDraft model,
        Optional<String> key) {

    /// Office hours of a day, which may have several.
    public record Hours(DayOfWeek day, String from, String until) {

        boolean isEmpty() {
            return from.isBlank() && until.isBlank();
        }
    }

    public record ModelDraft(String endpoint, String name, String instructions, String temperature, String maxTokens) {}

    /// Result of [#check].
    sealed interface Checked {

        /// Without a key; the code that saves the settings adds it.
        record Good(AssistantSettings settings) implements Checked {}

        record Bad(List<Invalid> invalid) implements Checked {}
    }

    /// Returns the settings in force in the form they would be typed.
    static AssistantDraft of(AssistantSettings settings) {
        Model model = settings.model();
        OfficeHours hours = settings.hours();
        return new AssistantDraft(
                settings.kind().key(),
                settings.forContacts(),
                settings.greeting().orElse(""),
                settings.rules(),
                settings.fallback().orElse(""),
                settings.handOver(),
                hours.zone().getId(),
                Arrays.stream(DayOfWeek.values())
                        .flatMap(day -> hours.days().getOrDefault(day, List.of()).stream()
                                .map(span -> new Hours(
                                        day,
                                        span.from().toString(),
                                        span.until().toString())))
                        .toList(),
                hours.closedDays().stream().sorted().map(Object::toString).collect(Collectors.joining(", ")),
                settings.closedText().orElse(""),
                new ModelDraft(
                        model.endpoint().map(URI::toString).orElse(""),
                        model.name().orElse(""),
                        model.instructions().orElse(""),
                        BigDecimal.valueOf(model.temperature(), 2)
                                .stripTrailingZeros()
                                .toPlainString(),
                        Integer.toString(model.maxTokens())),
                Optional.empty());
    }

    AssistantDraft withRules(List<Rule> others) {
        return with(others, hours);
    }

    AssistantDraft withHours(List<Hours> others) {
        return with(rules, others);
    }

    private AssistantDraft with(List<Rule> otherRules, List<Hours> otherHours) {
        return new AssistantDraft(
                kind,
                forContacts,
                greeting,
                otherRules,
                fallback,
                handOver,
                timeZone,
                otherHours,
                closedDays,
                closedText,
                model,
                key);
    }

    Checked check() {
        var check = new AssistantCheck(this);
        AssistantSettings settings = check.settings();
        return check.invalid().isEmpty() ? new Checked.Good(settings) : new Checked.Bad(check.invalid());
    }

    Optional<Kind> knownKind() {
        return Keyed.parse(Kind.class, kind);
    }
}
