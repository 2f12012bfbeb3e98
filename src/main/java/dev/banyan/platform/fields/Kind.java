package dev.banyan.platform.fields;

import module java.base;
import dev.banyan.platform.Parse;

/// What the values of a field are.
///
/// @param shape of a value in JSON
/// @param reading from a text, a number, a flag or a list of texts; empty if it is none of them
/// @param writing as JSON has it; empty for no value
/// @param rule what is said of another value, after the name of the field
public record Kind<V>(
        Shape shape, Function<Object, Optional<V>> reading, Function<V, Optional<Object>> writing, String rule) {

    public enum Shape {
        TEXT,
        NUMBER,
        FLAG,
        TEXTS
    }

    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}{1,9}");
    private static final String UTC = "UTC";

    /// A value that is a text in JSON, too.
    public static <V> Kind<V> text(Function<String, Optional<V>> parse, Function<V, String> write, String rule) {
        return new Kind<>(
                Shape.TEXT,
                given -> given instanceof String text ? parse.apply(text.strip()) : Optional.empty(),
                value -> Optional.of(write.apply(value)),
                rule);
    }

    public static Kind<Integer> number() {
        return new Kind<>(Shape.NUMBER, Kind::integer, Optional::of, "must be a number");
    }

    private static Optional<Integer> integer(Object given) {
        return switch (given) {
            case Integer number -> Optional.of(number);
            case String text when NUMBER.matcher(text.strip()).matches() -> Optional.of(Integer.valueOf(text.strip()));
            default -> Optional.empty();
        };
    }

    /// Separated by spaces, commas or semicolons.
    public static Kind<List<String>> tags() {
        return new Kind<>(Shape.TEXTS, Kind::list, Optional::of, "must be a list of texts");
    }

    private static Optional<List<String>> list(Object given) {
        return switch (given) {
            case List<?> list -> Optional.of(list.stream().map(String::valueOf).toList());
            case String text -> Optional.of(words(text));
            default -> Optional.empty();
        };
    }

    public static List<String> words(String typed) {
        return Arrays.stream(typed.toLowerCase(Locale.ROOT).split("[\\s,;]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    public static Kind<Boolean> onOff() {
        return new Kind<>(Shape.FLAG, Kind::flag, Optional::of, "must be on or off");
    }

    private static Optional<Boolean> flag(Object given) {
        return switch (String.valueOf(given).strip()) {
            case "on", "true" -> Optional.of(true);
            case "off", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /// To the minute.
    public static Kind<LocalTime> time() {
        return text(
                text -> Parse.of(text, LocalTime::parse).map(time -> time.truncatedTo(ChronoUnit.MINUTES)),
                LocalTime::toString,
                "must be a time such as 07:30");
    }

    public static Kind<ZoneId> zone() {
        return text(
                text -> text.equals(UTC) ? Optional.of(ZoneOffset.UTC) : Parse.of(text, ZoneId::of),
                zone -> zone.equals(ZoneOffset.UTC) ? UTC : zone.getId(),
                "must be a time zone such as Asia/Dubai");
    }

    /// Returns a value as forms show it.
    static String shown(Object written) {
        return written instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : String.valueOf(written);
    }

    /// Returns the same for a field that may have no value.
    public Kind<Optional<V>> optional() {
        return new Kind<>(
                shape, given -> reading.apply(given).map(Optional::of), value -> value.flatMap(writing), rule);
    }
}
