package dev.banyan.accounts.brands;

import module java.base;

/// The message under the field for a username: its rule, that it is available, or what is wrong with it and which names
/// are available. `spoken` is announced by screen readers during typing.
record NameAnswer(Verdict verdict, String text, List<Suggestion> suggestions) {

    /// The result of the check.
    enum Verdict {
        NONE,
        FREE,
        REFUSED
    }

    /// An available name, and the address of the form with it filled in.
    record Suggestion(String name, String href) {}

    static final NameAnswer RULE = new NameAnswer(Verdict.NONE, "3 to 30 letters, digits, - or _.", List.of());

    static NameAnswer free(String username) {
        return new NameAnswer(Verdict.FREE, "“" + username + "” is available.", List.of());
    }

    static NameAnswer refused(String rule) {
        return new NameAnswer(Verdict.REFUSED, rule, List.of());
    }

    static NameAnswer taken(String username, List<Suggestion> free) {
        return new NameAnswer(
                Verdict.REFUSED, "“" + username + "” is taken." + (free.isEmpty() ? " Try another name." : ""), free);
    }

    public boolean free() {
        return verdict == Verdict.FREE;
    }

    public boolean refused() {
        return verdict == Verdict.REFUSED;
    }

    public String spoken() {
        if (suggestions.isEmpty()) {
            return verdict == Verdict.NONE ? "" : text;
        }
        return text + " Available: "
                + String.join(", ", suggestions.stream().map(Suggestion::name).toList());
    }
}
