package dev.banyan.platform.fields;

import module java.base;
import dev.banyan.platform.Invalid;

/// One setting of a `T`, described in one expression. All its names are accepted by every door.
///
/// ```java
/// new Field<>("perMinute", Kind.number().optional(), Settings::perMinute).none(Optional.empty()).between(1, 6_000)
/// ```
public final class Field<T, V> {

    /// Where settings come in. A form sends all of them. What is absent in a file is the default; elsewhere it stays.
    public enum Door {
        API,
        FORM,
        CONSOLE,
        FILE
    }

    private final String name;
    private final Kind<V> kind;
    private final Function<T, V> getter;
    private final Map<Door, String> names = new EnumMap<>(Door.class);
    private final Map<Door, String> rules = new EnumMap<>(Door.class);
    private String missing = "";
    private Optional<V> none = Optional.empty();
    private int least = Integer.MIN_VALUE;
    private int most = Integer.MAX_VALUE;
    private String label;

    /// @param name in the API, such as `perMinute`; that is `per-minute` in the console
    public Field(String name, Kind<V> kind, Function<T, V> getter) {
        this.name = name;
        this.kind = kind;
        this.getter = getter;
        this.label = name;
        called(name, Door.values());
        called(name.replaceAll("(?=\\p{Lu})", "-").toLowerCase(Locale.ROOT), Door.CONSOLE);
        says(kind.rule(), Door.values());
        says("Enter a whole number", Door.FORM);
    }

    public Field<T, V> called(String other, Door... doors) {
        Stream.of(doors).forEach(door -> names.put(door, other));
        return this;
    }

    /// @param rule what is said of a wrong value, after the name; in a form, the whole sentence
    public Field<T, V> says(String rule, Door... doors) {
        Stream.of(doors).forEach(door -> rules.put(door, rule));
        return this;
    }

    /// @param what what a form calls the field if it is left empty
    public Field<T, V> required(String what) {
        this.missing = what + " is required";
        return this;
    }

    /// @param value what an empty text means, and `none` in the console; of no value, also 0 in the API
    public Field<T, V> none(V value) {
        this.none = Optional.of(value);
        return this;
    }

    public Field<T, V> between(int lowest, int highest) {
        this.least = lowest;
        this.most = highest;
        return this;
    }

    /// @param what what a form calls the field if its number is out of range
    public Field<T, V> labelled(String what) {
        this.label = what;
        return this;
    }

    public String name() {
        return name;
    }

    public String name(Door door) {
        return names.getOrDefault(door, name);
    }

    public Set<String> names() {
        return new LinkedHashSet<>(names.values());
    }

    public Kind.Shape shape() {
        return kind.shape();
    }

    V of(T thing) {
        return getter.apply(thing);
    }

    Optional<Object> written(T thing) {
        return kind.writing().apply(of(thing));
    }

    public String text(T thing) {
        return written(thing).map(String::valueOf).orElse("");
    }

    Optional<V> read(Door door, Object given) {
        boolean empty = given instanceof String text && text.isBlank()
                || door == Door.CONSOLE && given.equals("none")
                || door == Door.API && given.equals(0) && none.equals(Optional.of(Optional.empty()));
        return empty && none.isPresent() ? none : kind.reading().apply(given);
    }

    /// @param used the name that was used
    Invalid refused(Door door, String used, Object given) {
        String rule = rules.getOrDefault(door, "");
        return door == Door.FORM
                ? new Invalid(name, missing.isEmpty() || !String.valueOf(given).isBlank() ? rule : missing)
                : new Invalid(used, used + " " + rule);
    }

    Optional<Invalid> outside(T thing) {
        String between = " must be between " + least + " and " + most;
        return written(thing)
                .filter(value -> value instanceof Integer number && (number < least || number > most))
                .map(_ -> new Invalid(name, name + between, label + between));
    }
}
