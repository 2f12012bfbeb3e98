package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;

/// A sign-in as the page of single sign-on lists it.
///
/// @param why empty if the person is in
/// @param sent the names of claims or attributes
public record SignInRow(
        TimeText moment,
        String who,
        String tone,
        String state,
        Optional<String> why,
        Optional<String> words,
        String groups,
        String sent,
        String unlisted) {

    /// @param older leads to the next part; empty at the end
    public record Rows(List<SignInRow> all, Optional<String> older) {}

    /// @param page its address, with a query that goes on
    public static Rows rows(SignInLog.Part part, String page) {
        return new Rows(
                part.entries().stream().map(SignInRow::of).toList(),
                part.older().map(id -> page + "before=" + id + "#sign-ins"));
    }

    private static SignInRow of(SignInLog.Entry entry) {
        SignInFacts facts = entry.facts();
        return new SignInRow(
                Words.time(entry.at()),
                facts.person().orElse("Unknown person"),
                facts.why().isEmpty() ? "good" : "bad",
                switch (facts.outcome()) {
                    case IN -> "Signed in";
                    case REFUSED -> "Refused";
                    case FAILED -> "Failed";
                },
                facts.why(),
                facts.words(),
                facts.groups().isEmpty() ? "None" : String.join(", ", facts.groups()),
                String.join(", ", facts.sent()),
                entry.unlisted() == 0
                        ? ""
                        : Words.count(entry.unlisted(), "sign-in", "sign-ins") + " later in this hour not listed");
    }
}
