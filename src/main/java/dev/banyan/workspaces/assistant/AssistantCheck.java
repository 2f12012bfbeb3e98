package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.Placeholders;
import dev.banyan.workspaces.assistant.AssistantDraft.Hours;
import dev.banyan.workspaces.assistant.AssistantDraft.ModelDraft;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Kind;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;

/// Parses typed settings and collects the broken rules.
final class AssistantCheck {

    static final int MOST_RULES = 60;
    private static final int MOST_CLOSED_DAYS = 60;
    private static final int WORDS = 500;
    private static final int TEXT = 2_000;
    private static final int INSTRUCTIONS = 8_000;
    private static final int ENDPOINT = 500;
    private static final int NAME = 100;
    private static final int KEY = 500;
    private static final int LONGEST_PAUSE = 10_080;
    private static final int MOST_ANSWERS = 100;
    private static final int MOST_TOKENS = 8_000;

    private final AssistantDraft draft;
    private final List<Invalid> invalid = new ArrayList<>();

    AssistantCheck(AssistantDraft draft) {
        this.draft = draft;
    }

    List<Invalid> invalid() {
        return List.copyOf(invalid);
    }

    /// Returns the settings; only meaningful if nothing is invalid.
    AssistantSettings settings() {
        Kind kind = draft.knownKind().orElseGet(() -> {
            refuse("kind", "Kind must be rules or openai");
            return Kind.RULES;
        });
        HandOver handOver = new HandOver(
                text("handoverWords", "Handover keywords", draft.handOver().words(), WORDS),
                answer(
                        "handoverText",
                        "Handover answer",
                        draft.handOver().text().orElse("")),
                draft.handOver().phonePause(),
                draft.handOver().mostAnswers());
        if (handOver.phonePause() < 0 || handOver.phonePause() > LONGEST_PAUSE) {
            refuse("phonePause", "Pause must be 0 to " + LONGEST_PAUSE + " minutes");
        }
        if (handOver.mostAnswers() < 1 || handOver.mostAnswers() > MOST_ANSWERS) {
            refuse("mostAnswers", "Answers in a row must be 1 to " + MOST_ANSWERS);
        }
        var settings = new AssistantSettings(
                kind,
                draft.forContacts(),
                answer("greeting", "Greeting", draft.greeting()),
                rules(),
                answer("fallback", "Fallback answer", draft.fallback()),
                handOver,
                hours(),
                answer("closedText", "Away message", draft.closedText()),
                model(kind, draft.model()));
        draft.key().ifPresent(this::checkKey);
        return settings;
    }

    private void refuse(String field, String text) {
        invalid.add(new Invalid(field, text));
    }

    private Optional<String> optional(String field, String label, String typed, int longest) {
        return Optional.of(text(field, label, typed, longest)).filter(text -> !text.isEmpty());
    }

    /// Checks a text that contacts get, which they would get with the braces of what isn’t filled.
    private Optional<String> answer(String field, String label, String typed) {
        Optional<String> answer = optional(field, label, typed, TEXT);
        List<String> known = field.equals("closedText") ? AnswerBuilder.OF_CLOSED : AnswerBuilder.PLACEHOLDERS;
        answer.map(text -> Placeholders.unknown(text, known))
                .filter(unknown -> !unknown.isEmpty())
                .ifPresent(unknown -> refuse(
                        field,
                        label + " has placeholders that can’t be filled: " + String.join(", ", unknown) + ". Use {"
                                + String.join("}, {", known) + "}"));
        return answer;
    }

    private String text(String field, String label, String typed, int longest) {
        String text = typed.replace("\r\n", "\n").replace('\r', '\n').strip();
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            refuse(field, label + " must be " + longest + " characters or less (current: " + length + ")");
        } else if (text.codePoints().anyMatch(MessageText::isForbidden)) {
            refuse(field, label + " must not contain control characters");
        }
        return text;
    }

    /// Leaves out empty rows.
    private List<Rule> rules() {
        if (draft.rules().size() > MOST_RULES) {
            refuse(
                    "rules",
                    "There can be up to " + MOST_RULES + " rules (current: "
                            + draft.rules().size() + ")");
            return List.of();
        }
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < draft.rules().size(); i++) {
            Rule typed = draft.rules().get(i);
            if (typed.words().isBlank() && typed.answer().isBlank()) {
                continue;
            }
            String label = "Rule " + (i + 1) + ": ";
            String words = text("rules[" + i + "].words", label + "keywords", typed.words(), WORDS);
            String answer = answer("rules[" + i + "].answer", label + "answer", typed.answer())
                    .orElse("");
            if (PlainWords.phrases(words).isEmpty()) {
                refuse("rules[" + i + "].words", label + "add at least one keyword");
            }
            if (answer.isEmpty()) {
                refuse("rules[" + i + "].answer", label + "add an answer");
            }
            rules.add(new Rule(words, answer));
        }
        return List.copyOf(rules);
    }

    private OfficeHours hours() {
        String typed = draft.timeZone().strip();
        ZoneId zone = ZoneOffset.UTC;
        if (ZoneId.getAvailableZoneIds().contains(typed)) {
            zone = ZoneId.of(typed);
        } else {
            refuse("timeZone", "Time zone must be a name such as Asia/Dubai");
        }
        return new OfficeHours(zone, days(), closedDays());
    }

    private Map<DayOfWeek, List<OfficeHours.Span>> days() {
        var days = new EnumMap<DayOfWeek, List<OfficeHours.Span>>(DayOfWeek.class);
        Map<DayOfWeek, List<Hours>> typed = draft.hours().stream()
                .filter(hours -> !hours.isEmpty())
                .collect(Collectors.groupingBy(Hours::day, TreeMap::new, Collectors.toList()));
        typed.forEach((day, hours) -> {
            List<OfficeHours.Span> spans = hours.stream()
                    .flatMap(one -> span(one).stream())
                    .sorted(Comparator.comparing(OfficeHours.Span::from))
                    .toList();
            wrong(hours, spans).ifPresent(why -> refuse("hours." + OfficeHours.key(day), why));
            days.put(day, spans);
        });
        return days;
    }

    /// @param spans those of the typed hours that can be read
    private static Optional<String> wrong(List<Hours> typed, List<OfficeHours.Span> spans) {
        if (typed.size() > OfficeHours.MOST_SPANS) {
            return Optional.of("A day can have up to " + OfficeHours.MOST_SPANS + " opening hours");
        }
        if (spans.size() < typed.size()) {
            return Optional.of("Use times like 09:00 and 18:00");
        }
        if (!spans.stream().allMatch(OfficeHours.Span::isLasting)) {
            return Optional.of("Opening and closing time are the same. Use 00:00 twice for a whole day");
        }
        return IntStream.range(1, spans.size()).anyMatch(i -> spans.get(i - 1).overlaps(spans.get(i)))
                ? Optional.of("These opening hours overlap")
                : Optional.empty();
    }

    private static Optional<OfficeHours.Span> span(Hours typed) {
        return time(typed.from()).flatMap(from -> time(typed.until()).map(until -> new OfficeHours.Span(from, until)));
    }

    private static Optional<LocalTime> time(String typed) {
        String text = typed.strip();
        return text.equals("24:00")
                ? Optional.of(LocalTime.MIDNIGHT)
                : Parse.of(text.matches("[0-9]:.*") ? "0" + text : text, LocalTime::parse);
    }

    private Set<LocalDate> closedDays() {
        var days = new TreeSet<LocalDate>();
        for (String typed : draft.closedDays().split("[,\\s]+", MOST_CLOSED_DAYS + 2)) {
            try {
                if (!typed.isBlank()) {
                    days.add(LocalDate.parse(typed.strip()));
                }
            } catch (DateTimeParseException _) {
                refuse(
                        "closedDays",
                        "Closed days must be up to " + MOST_CLOSED_DAYS
                                + " dates like 2026-12-02, separated by commas");
                return Set.of();
            }
        }
        if (days.size() > MOST_CLOSED_DAYS) {
            refuse("closedDays", "There can be up to " + MOST_CLOSED_DAYS + " closed days");
        }
        return days;
    }

    private Model model(Kind kind, ModelDraft typed) {
        Optional<URI> endpoint = endpoint(typed.endpoint());
        Optional<String> name = optional("model", "Model", typed.name(), NAME);
        if (kind == Kind.OPENAI && typed.endpoint().isBlank()) {
            refuse("endpoint", "Base URL is required for a language model");
        }
        if (kind == Kind.OPENAI && name.isEmpty()) {
            refuse("model", "Model is required for a language model");
        }
        return new Model(
                endpoint,
                name,
                optional("instructions", "Instructions", typed.instructions(), INSTRUCTIONS),
                temperature(typed.temperature().strip().replace(',', '.')),
                maxTokens(typed.maxTokens().strip()),
                Optional.empty());
    }

    private Optional<URI> endpoint(String typed) {
        String text = typed.strip().replaceFirst("/+$", "").replaceFirst("/chat/completions$", "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.length() <= ENDPOINT) {
            switch (OutboundAddress.read(text)) {
                case OutboundAddress.Read.Bad(String why) -> {
                    refuse("endpoint", why);
                    return Optional.empty();
                }
                case OutboundAddress.Read.Good(URI uri)
                when uri.getRawQuery() == null && uri.getRawFragment() == null -> {
                    return Optional.of(uri);
                }
                case OutboundAddress.Read.Good _ -> {
                    // Falls through to the common error.
                }
            }
        }
        refuse(
                "endpoint",
                "Base URL must be an http or https address such as https://api.openai.com/v1, with " + ENDPOINT
                        + " characters or less");
        return Optional.empty();
    }

    private int temperature(String typed) {
        if (typed.isEmpty()) {
            return Model.TEMPERATURE;
        }
        try {
            BigDecimal number = typed.length() > 6 ? BigDecimal.TEN : new BigDecimal(typed);
            if (number.signum() >= 0 && number.compareTo(BigDecimal.TWO) <= 0) {
                return number.movePointRight(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .intValueExact();
            }
        } catch (NumberFormatException _) {
            // Falls through to the common error.
        }
        refuse("temperature", "Temperature must be a number from 0 to 2");
        return Model.TEMPERATURE;
    }

    private int maxTokens(String typed) {
        if (typed.isEmpty()) {
            return Model.MAX_TOKENS;
        }
        try {
            int number = Integer.parseInt(typed);
            if (number >= 1 && number <= MOST_TOKENS) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Falls through to the common error.
        }
        refuse("maxTokens", "Max tokens must be a number from 1 to " + MOST_TOKENS);
        return Model.MAX_TOKENS;
    }

    private void checkKey(String key) {
        if (key.length() > KEY || key.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            refuse("apiKey", "API key must be " + KEY + " characters or less, without spaces");
        }
    }
}
