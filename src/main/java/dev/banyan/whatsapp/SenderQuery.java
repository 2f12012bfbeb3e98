package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.search.SearchWords;

/// A search for senders; empty fields match everything. The console, the API and the board use the same syntax:
/// [#parse].
///
/// @param text in name, number, id, purpose or a tag; see [#hasText]
/// @param states any of these; empty for all
/// @param master senders of this pool, including the master
/// @param region ISO 3166
/// @param healthy see [SenderHealth#isHealthy]
public record SenderQuery(
        Optional<String> text,
        Set<SenderState> states,
        Optional<SenderId> master,
        Optional<String> purpose,
        Optional<String> region,
        Optional<Boolean> healthy,
        Optional<String> tag) {

    public static final SenderQuery ALL = new SenderQuery(
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /// Names of the search fields: request parameters, and the names of `name=value` words in the console.
    public static final List<String> FIELDS = List.of("text", "status", "master", "purpose", "region", "health", "tag");

    private static final int LONGEST = 100;

    public SenderQuery {
        states = Set.copyOf(states);
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /// Matches the text, ignoring case and accents, and a phone number in any notation.
    Predicate<Sender> hasText() {
        return text.map(SearchWords::folded)
                .<Predicate<Sender>>map(part -> sender -> Stream.of(
                                        Stream.of(
                                                sender.displayName(),
                                                sender.id().value()),
                                        sender.purpose().stream(),
                                        sender.traits().tags().stream())
                                .flatMap(words -> words)
                                .anyMatch(words -> SearchWords.folded(words).contains(part))
                        || sender.phone().filter(phone -> phone.contains(part)).isPresent())
                .orElse(_ -> true);
    }

    /// @param typed by [#FIELDS]; an absent or blank field matches everything. `status` is a state (`restricted`) or a
    ///     word of `bots-config.json` (`linked`, `pending`, `unlinked`), several separated by commas; `health` is
    ///     `healthy` or `unhealthy`
    public static Outcome<SenderQuery> parse(Map<String, String> typed) {
        Optional<String> tooLong = FIELDS.stream()
                .filter(field -> typed.getOrDefault(field, "").length() > LONGEST)
                .findFirst();
        if (tooLong.isPresent()) {
            return bad(tooLong.get(), "must be " + LONGEST + " characters or less");
        }
        Optional<String> status = value(typed, "status");
        Optional<Set<SenderState>> states = status.map(SenderQuery::states);
        if (states.filter(Set::isEmpty).isPresent()) {
            return bad("status", "must be linked, pending, unlinked, or a state such as restricted");
        }
        Optional<String> master = value(typed, "master");
        if (master.isPresent() && master.flatMap(SenderId::parse).isEmpty()) {
            return bad("master", "must be the id of a master");
        }
        Optional<String> health = value(typed, "health");
        if (health.filter(word -> !word.equals("healthy") && !word.equals("unhealthy"))
                .isPresent()) {
            return bad("health", "must be healthy or unhealthy");
        }
        return Outcome.done(new SenderQuery(
                // Text made of accents only would match every name, so it is ignored.
                value(typed, "text").filter(text -> !SearchWords.folded(text).isBlank()),
                states.orElse(Set.of()),
                master.flatMap(SenderId::parse),
                value(typed, "purpose"),
                value(typed, "region").map(region -> region.toUpperCase(Locale.ROOT)),
                health.map("healthy"::equals),
                value(typed, "tag").map(tag -> tag.toLowerCase(Locale.ROOT))));
    }

    private static Outcome<SenderQuery> bad(String field, String rule) {
        return Outcome.rejected(new Invalid(field, field + " " + rule));
    }

    private static Optional<String> value(Map<String, String> typed, String field) {
        return Optional.ofNullable(typed.get(field)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /// @return empty if a word is not a state
    private static Set<SenderState> states(String typed) {
        List<String> words = Arrays.stream(typed.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .toList();
        boolean known = words.stream().noneMatch(word -> statesOf(word).isEmpty());
        return known ? words.stream().flatMap(word -> statesOf(word).stream()).collect(Collectors.toSet()) : Set.of();
    }

    private static Set<SenderState> statesOf(String word) {
        Set<SenderState> ofFile = Arrays.stream(SenderState.values())
                .filter(state -> state.fileWord.equals(word))
                .collect(Collectors.toSet());
        return ofFile.isEmpty()
                ? Arrays.stream(SenderState.values())
                        .filter(state -> state.key().equals(word))
                        .collect(Collectors.toSet())
                : ofFile;
    }
}
