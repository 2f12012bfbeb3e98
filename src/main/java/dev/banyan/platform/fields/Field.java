package dev.banyan.platform.fields;

import module java.base;
import dev.banyan.platform.Invalid;

/// One setting of a `T`, described in one expression. All its names are accepted by every door.
///
/// ```java
/// FIELDS.add("perMinute", Kind.number().optional(), Settings::perMinute).none(Optional.empty()).between(1, 6_000)
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
    private Function<V, Optional<Invalid>> check = _ -> Optional.empty();

    /// @param name in the API, such as `perMinute`; that is `per-minute` in the console
    Field(String name, Kind<V> kind, Function<T, V> getter) {
        this.name = name;
        this.kind = kind;
        this.getter = getter;
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

    public Field<T, V> between(int least, int most) {
        var outside = new Invalid(name, name + " must be between " + least + " and " + most);
        return checked(value -> kind.writing()
                .apply(value)
                .filter(written -> written instanceof Integer number && (number < least || number > most))
                .map(_ -> outside));
    }

    /// @param rule returns what is wrong with a value
    public Field<T, V> checked(Function<V, Optional<Invalid>> rule) {
        this.check = rule;
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

    /// Returns whether a form shows it as a box that is checked or not.
    boolean isCheckbox() {
        return kind.shape() == Kind.Shape.FLAG && none.isEmpty();
    }

    V of(T thing) {
        return getter.apply(thing);
    }

    Optional<Object> written(T thing) {
        return kind.writing().apply(of(thing));
    }

    public String text(T thing) {
        return written(thing).map(Kind::shown).orElse("");
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

    Optional<Invalid> broken(T thing) {
        return check.apply(of(thing));
    }
}
