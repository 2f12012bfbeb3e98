package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;

/// The search on the board, as in the address of the page.
///
/// @param typed values by the names in [SenderQuery#FIELDS]; absent fields are left out
/// @param refused the rule that it breaks, as a full sentence
record BoardFilter(
        String as, Map<String, String> typed, SenderQuery query, Optional<String> refused, Optional<Choices> choices) {

    /// The options of the filter lists.
    record Choices(
            List<Choice> states, List<Choice> pools, List<Choice> purposes, List<Choice> regions, List<Choice> tags) {}

    static BoardFilter of(Call call, String as) {
        var typed = new LinkedHashMap<String, String>();
        for (String field : SenderQuery.FIELDS) {
            call.query(field)
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> typed.put(field, value));
        }
        return SenderQuery.parse(typed)
                .fold(
                        query -> new BoardFilter(as, typed, query, Optional.empty(), Optional.empty()),
                        refusal -> new BoardFilter(
                                as,
                                typed,
                                SenderQuery.ALL,
                                Optional.of(((Refusal.Rejected) refusal).first().userMessage()),
                                Optional.empty()));
    }

    BoardFilter with(Choices known) {
        return new BoardFilter(as, typed, query, refused, Optional.of(known));
    }

    public boolean any() {
        return !typed.isEmpty();
    }

    public String text() {
        return typed.getOrDefault("text", "");
    }

    public String of(String field) {
        return typed.getOrDefault(field, "");
    }

    /// Returns a value that the list of states doesn't offer, such as `unlinked`; kept, so that the address
    /// can be shared.
    public List<String> otherStatus() {
        return other("status", choices.map(Choices::states).orElse(List.of()));
    }

    /// Returns a pool that is not among the options.
    public List<String> otherPool() {
        return other("master", choices.map(Choices::pools).orElse(List.of()));
    }

    private List<String> other(String field, List<Choice> known) {
        String value = of(field);
        return value.isEmpty()
                        || known.stream().anyMatch(choice -> choice.value().equals(value))
                ? List.of()
                : List.of(value);
    }

    /// Returns the address of the current board.
    public String here() {
        return address(Map.of());
    }

    /// Returns the address of the same board after this sender.
    String after(SenderId last) {
        return address(Map.of("after", last.value()));
    }

    private String address(Map<String, String> more) {
        String filters = typed.entrySet().stream()
                .map(entry -> "&" + entry.getKey() + "=" + WebAddresses.encoded(entry.getValue()))
                .collect(Collectors.joining());
        String rest = more.entrySet().stream()
                .map(entry -> "&" + entry.getKey() + "=" + WebAddresses.encoded(entry.getValue()))
                .collect(Collectors.joining());
        return "/admin/pools?as=" + WebAddresses.encoded(as) + filters + rest;
    }
}
