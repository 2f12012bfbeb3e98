package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Words;

/// The form for a workspace's assistant, for the project's side and for the workspace's admins. `action` is the
/// form's target, `as` the account being acted for, `typedKey` the sealed key if one was typed, `zone` the one of the
/// days of its usage; `said` is the text in the try-it box, `trying` whether it was just submitted, `tried` the
/// result.
record AssistantEditor(
        String action,
        String as,
        AssistantDraft draft,
        FieldErrors errors,
        boolean changed,
        Optional<AssistantSettings.Key> key,
        String typedKey,
        List<AssistantUsage> usage,
        String zone,
        String said,
        boolean trying,
        Optional<TrialResult> tried) {

    private static final List<String> ZONES = List.of(
            "UTC",
            "Africa/Cairo",
            "Africa/Johannesburg",
            "Africa/Lagos",
            "Africa/Nairobi",
            "America/Chicago",
            "America/Los_Angeles",
            "America/Mexico_City",
            "America/New_York",
            "America/Sao_Paulo",
            "Asia/Bangkok",
            "Asia/Dubai",
            "Asia/Jakarta",
            "Asia/Karachi",
            "Asia/Kolkata",
            "Asia/Manila",
            "Asia/Riyadh",
            "Asia/Seoul",
            "Asia/Shanghai",
            "Asia/Singapore",
            "Asia/Tokyo",
            "Australia/Sydney",
            "Europe/Berlin",
            "Europe/Istanbul",
            "Europe/London",
            "Europe/Madrid",
            "Europe/Moscow",
            "Europe/Paris");

    /// `outcome` is "said", "handed" or "failed"; `why` holds sentences.
    record TrialResult(String said, String outcome, String text, List<String> why) {

        public boolean handed() {
            return outcome.equals("handed");
        }

        public boolean failed() {
            return outcome.equals("failed");
        }
    }

    /// A rule in the list; `number` counts from 1.
    record RuleRow(
            int index,
            int number,
            String words,
            String answer,
            Optional<String> wordsError,
            Optional<String> answerError,
            boolean first,
            boolean last) {}

    /// A weekday; closed if all times are empty.
    record DayRow(String key, String name, List<SpanRow> spans, boolean full, Optional<String> error) {}

    /// `label` names it for people who can't see the table.
    record SpanRow(String label, String from, String until, boolean first) {}

    /// Daily usage in the table, and the totals.
    record Sums(String answers, String failures, String input, String output, boolean estimated) {}

    record UsageRow(String day, String answers, String failures, String input, String output) {}

    public boolean openai() {
        return draft.kind().equals(AssistantSettings.Kind.OPENAI.key());
    }

    public List<RuleRow> rules() {
        var rows = new ArrayList<RuleRow>();
        for (int i = 0; i < draft.rules().size(); i++) {
            var rule = draft.rules().get(i);
            rows.add(new RuleRow(
                    i,
                    i + 1,
                    rule.words(),
                    rule.answer(),
                    error("rules[" + i + "].words"),
                    error("rules[" + i + "].answer"),
                    i == 0,
                    i == draft.rules().size() - 1));
        }
        return rows;
    }

    public boolean full() {
        return draft.rules().size() >= AssistantCheck.MOST_RULES;
    }

    private Optional<String> error(String field) {
        return Optional.of(errors.of(field)).filter(text -> !text.isEmpty());
    }

    public List<DayRow> days() {
        var rows = new ArrayList<DayRow>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String key = OfficeHours.key(day);
            String name = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            List<SpanRow> spans = spans(day, name);
            rows.add(new DayRow(key, name, spans, spans.size() >= OfficeHours.MOST_SPANS, error("hours." + key)));
        }
        return rows;
    }

    private List<SpanRow> spans(DayOfWeek day, String name) {
        var rows = new ArrayList<SpanRow>();
        for (var hours : draft.hours()) {
            if (hours.day() == day) {
                String label = rows.isEmpty() ? name : name + ", hours " + (rows.size() + 1);
                rows.add(new SpanRow(label, hours.from(), hours.until(), rows.isEmpty()));
            }
        }
        return rows.isEmpty() ? List.of(new SpanRow(name, "", "", true)) : rows;
    }

    public String handoverText() {
        return draft.handOver().text().orElse("");
    }

    public List<String> zones() {
        return ZONES;
    }

    /// "ends in cdef", or just that a key is set.
    public String keyWords() {
        return key.map(known ->
                        known.end().isEmpty() ? "A key is saved." : "The saved key ends in " + known.end() + ".")
                .orElse("No key is saved.");
    }

    public boolean used() {
        return !usage.isEmpty();
    }

    public Sums sums() {
        return new Sums(
                Words.grouped(usage.stream().mapToLong(AssistantUsage::answers).sum()),
                Words.grouped(usage.stream().mapToLong(AssistantUsage::failures).sum()),
                Words.grouped(
                        usage.stream().mapToLong(AssistantUsage::inputTokens).sum()),
                Words.grouped(
                        usage.stream().mapToLong(AssistantUsage::outputTokens).sum()),
                usage.stream().anyMatch(day -> day.estimated() > 0));
    }

    public List<UsageRow> usageRows() {
        return usage.stream()
                .map(day -> new UsageRow(
                        day.day(),
                        Words.grouped(day.answers()),
                        Words.grouped(day.failures()),
                        Words.grouped(day.inputTokens()),
                        Words.grouped(day.outputTokens())))
                .toList();
    }

    public boolean wrong() {
        return errors.any();
    }

    public boolean notTried() {
        return trying && errors.any();
    }
}
