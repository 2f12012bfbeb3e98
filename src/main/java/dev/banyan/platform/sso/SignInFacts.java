package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.Keyed;

/// What became of one sign-in at a provider, as its admins read it: names of claims and groups, never their values or
/// tokens. Everything comes from outside, so it is cut.
///
/// @param person whom the provider named, if it came so far
/// @param sent the names of all that it said about the person
/// @param why the person isn’t in; empty if they are
/// @param words the provider’s own, such as its error and description
public record SignInFacts(
        Outcome outcome,
        Optional<String> person,
        List<String> sent,
        List<String> groups,
        Optional<String> why,
        Optional<String> words) {

    /// How it ended. A flood of one kind leaves room for the others.
    public enum Outcome implements Keyed {
        IN(100),
        /// The provider has proved who the person is, and they may not be in.
        REFUSED(100),
        /// Nothing was proved. A stranger may have caused it.
        FAILED(50);

        final int listedPerHour;

        Outcome(int listedPerHour) {
            this.listedPerHour = listedPerHour;
        }
    }

    private static final int MOST_NAMES = 50;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_PERSON = 254;
    private static final int LONGEST_TEXT = 500;

    public SignInFacts {
        person = person.map(name -> cut(name, LONGEST_PERSON));
        sent = cut(sent);
        groups = cut(groups);
        why = why.map(text -> cut(text, LONGEST_TEXT));
        words = words.map(text -> cut(text, LONGEST_TEXT));
    }

    private static List<String> cut(List<String> names) {
        return names.stream()
                .limit(MOST_NAMES)
                .map(name -> cut(name, LONGEST_NAME))
                .toList();
    }

    static String cut(String text, int most) {
        String start = text.length() > most ? text.substring(0, most) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", " ");
    }

    /// @param why the person, whom the provider has proved, isn’t in; empty if they are
    public static SignInFacts of(SsoPerson person, Optional<String> why) {
        return new SignInFacts(
                why.isEmpty() ? Outcome.IN : Outcome.REFUSED,
                Optional.of(name(person)),
                person.sent(),
                person.groups(),
                why,
                Optional.empty());
    }

    public static SignInFacts failed(ProviderTrouble why) {
        return failed(Optional.empty(), why.sentence(), why.words());
    }

    /// @param person whose password was wrong
    static SignInFacts failed(SsoPerson person, ProviderTrouble why) {
        return failed(Optional.of(name(person)), why.sentence(), why.words());
    }

    static SignInFacts failed(Optional<String> person, String why, Optional<String> words) {
        return new SignInFacts(Outcome.FAILED, person, List.of(), List.of(), Optional.of(why), words);
    }

    private static String name(SsoPerson person) {
        return person.email().or(person::username).orElse(person.subject());
    }
}
