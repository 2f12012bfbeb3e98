package dev.banyan.platform;

import module java.base;

/// Countries in which one phone is written in two forms, because a digit came or went since people got their numbers:
/// Brazil with and without the 9 after the area code, Mexico 52 and 521, Argentina 54 and 549, Ivory Coast with the two
/// digits of the operator that each mobile number got in 2021, Benin with the 01 of 2024. WhatsApp knows each person by
/// one of them, and not always by the one that people dial (decision 0089).
public final class PhoneForms {

    /// @param isOther what the other form looks like
    /// @param kept the usual form, from the groups of the other one
    /// @param isKept what the usual form looks like
    /// @param other the other form, from the groups of the usual one
    private record Country(Pattern isOther, String kept, Pattern isKept, String other) {

        Country(String isOther, String kept, String isKept, String other) {
            this(Pattern.compile(isOther), kept, Pattern.compile(isKept), other);
        }
    }

    private static final List<Country> COUNTRIES = List.of(
            // Mobile numbers begin with 6 to 9; what begins with 2 to 5 is a landline, which has one form.
            new Country("\\+55([1-9][0-9])([6-9][0-9]{7})", "+55$19$2", "\\+55([1-9][0-9])9([6-9][0-9]{7})", "+55$1$2"),
            new Country("\\+521([2-9][0-9]{9})", "+52$1", "\\+52([2-9][0-9]{9})", "+521$1"),
            new Country("\\+54([1-8][0-9]{9})", "+549$1", "\\+549([1-8][0-9]{9})", "+54$1"),
            // The second digit told the operator; what begins with 2 or 3 is a landline.
            new Country("\\+225([04-9][0-3][0-9]{6})", "+22501$1", "\\+22501([04-9][0-3][0-9]{6})", "+225$1"),
            new Country("\\+225([04-9][4-6][0-9]{6})", "+22505$1", "\\+22505([04-9][4-6][0-9]{6})", "+225$1"),
            new Country("\\+225([04-9][7-9][0-9]{6})", "+22507$1", "\\+22507([04-9][7-9][0-9]{6})", "+225$1"),
            new Country("\\+229([0-9]{8})", "+22901$1", "\\+22901([0-9]{8})", "+229$1"));

    private PhoneForms() {}

    /// Returns the form under which a person is kept.
    public static String kept(String e164) {
        return COUNTRIES.stream()
                .map(country -> rewritten(country.isOther(), country.kept(), e164))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(e164);
    }

    /// Returns all forms of a number, beginning with the one under which a person is kept.
    public static List<String> of(String e164) {
        String kept = kept(e164);
        return Stream.concat(
                        Stream.of(kept),
                        COUNTRIES.stream()
                                .map(country -> rewritten(country.isKept(), country.other(), kept))
                                .flatMap(Optional::stream))
                .toList();
    }

    private static Optional<String> rewritten(Pattern pattern, String to, String e164) {
        Matcher found = pattern.matcher(e164);
        return found.matches() ? Optional.of(found.replaceFirst(to)) : Optional.empty();
    }
}
