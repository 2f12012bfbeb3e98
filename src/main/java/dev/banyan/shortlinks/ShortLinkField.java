package dev.banyan.shortlinks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Changes;
import dev.banyan.platform.ListWords;
import dev.banyan.platform.Parse;
import dev.banyan.shortlinks.Routing.Utm;

/// A field of a short link that is written as a text, described once for the form, for lists (CSV) and for archives:
///
/// ```java
/// static final ShortLinkField<String> TITLE = text(new Names("title", "title", "/title"), ShortLink::title);
/// ```
///
/// @param <T> as typed
final class ShortLinkField<T> extends Changes.Field<ShortLink, T> {

    private static final int MOST_DIGITS = 12;
    private static final int LONGEST_NUMBER = 40;
    private static final Pattern GROUPED = Pattern.compile(
            "([0-9]{1,3}(?:([,.'’ ٬])[0-9]{3})(?:\\2[0-9]{3})*" + "|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})(?:[,.٫]0+)?");

    /// @param column in lists; empty if they don't have it
    /// @param place in archives
    record Names(String form, String column, String place) {}

    private final Names names;
    private final Function<ShortLink, String> text;
    private final Function<String, T> parsed;
    private final Function<JsonNode, T> read;

    private ShortLinkField(
            Names names, Function<ShortLink, String> text, Function<String, T> parsed, Function<JsonNode, T> read) {
        this.names = names;
        this.text = text;
        this.parsed = parsed;
        this.read = read;
    }

    static ShortLinkField<String> text(Names names, Function<ShortLink, String> text) {
        return new ShortLinkField<>(names, text, typed -> typed, node -> node.asText(""));
    }

    static ShortLinkField<String> utm(String part, String camel, Function<Utm, String> text) {
        return text(
                new Names("utm" + camel, "utm_" + part, "/utm/" + part),
                link -> text.apply(link.routing().utm()));
    }

    /// ISO 8601 with an offset.
    static ShortLinkField<String> time(Names names, Function<ShortLink, Optional<Instant>> time) {
        return text(names, link -> time.apply(link).map(Instant::toString).orElse(""));
    }

    /// Separated by spaces or commas.
    static ShortLinkField<List<String>> words(Names names, Function<ShortLink, List<String>> words) {
        return new ShortLinkField<>(
                names,
                link -> String.join(" ", words.apply(link)),
                typed -> List.of(typed.split("[\\s,]+")),
                array -> array.valueStream().map(word -> word.asText("")).toList());
    }

    /// @param otherwise what an empty text means
    static ShortLinkField<Boolean> flag(Names names, Predicate<ShortLink> flag, boolean otherwise) {
        return new ShortLinkField<>(
                names,
                link -> flag.test(link) ? "yes" : "no",
                typed -> ListWords.yesOrNo(typed).orElse(otherwise),
                node -> node.asBoolean(otherwise));
    }

    /// @param none what an empty text means
    static ShortLinkField<Long> number(Names names, Function<ShortLink, Optional<Long>> number, long none) {
        return new ShortLinkField<>(
                names,
                link -> number.apply(link).map(String::valueOf).orElse(""),
                typed -> number(typed, none),
                node -> node.asLong(none));
    }

    /// Returns -1, which the rules refuse, for a text that is no number.
    static long number(String typed, long none) {
        return typed.isEmpty() ? none : typed.matches("[0-9]{1,10}") ? Long.parseLong(typed) : -1;
    }

    /// Returns a whole number of a list, as spreadsheets of any country and programs write it: `1,024`, `1.024`,
    /// `1 024`, `1'024`, `1,00,000`, `42.0`, `4.2E+1`. Empty if it isn't one.
    static Optional<Long> whole(String cell) {
        String plain = cell.codePoints()
                .mapToObj(one -> Character.isDigit(one)
                        ? Integer.toString(Character.digit(one, 10))
                        : Character.isSpaceChar(one) ? " " : Character.toString(one))
                .collect(Collectors.joining())
                .strip();
        Matcher grouped = GROUPED.matcher(plain);
        String number = grouped.matches() ? grouped.group(1).replaceAll("[^0-9]", "") : plain.replace(',', '.');
        return Optional.of(number)
                .filter(some -> some.length() <= LONGEST_NUMBER)
                .flatMap(some -> Parse.of(some, BigDecimal::new))
                .filter(value -> value.signum() >= 0
                        && value.precision() - value.scale() <= MOST_DIGITS
                        && value.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::longValue);
    }

    Names names() {
        return names;
    }

    String text(ShortLink link) {
        return text.apply(link);
    }

    Changes<ShortLink> typed(Changes<ShortLink> wanted, String typed) {
        return wanted.with(this, parsed.apply(typed));
    }

    /// Reads the field of a document in an archive.
    Changes<ShortLink> read(Changes<ShortLink> wanted, JsonNode document) {
        return wanted.with(this, read.apply(document.at(names.place())));
    }
}
