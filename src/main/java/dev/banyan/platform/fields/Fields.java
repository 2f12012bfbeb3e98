package dev.banyan.platform.fields;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.fields.Field.Door;
import dev.banyan.platform.outcome.Outcome;

/// The settings of a `T`, by which all doors read and write them.
///
/// ```java
/// static final Fields<Settings> FIELDS = new Fields<>(DEFAULT, Settings::of);
/// static final Field<Settings, Integer> SIZE = FIELDS.add("size", Kind.number(), Settings::size).between(1, 9);
///
/// Outcome<Settings> wanted = FIELDS.body(body, before);
/// Outcome<Settings> wanted = FIELDS.form(FIELDS.typed(form::first));
/// Outcome<Settings> wanted = FIELDS.pairs(pairs, before);
/// ```
public final class Fields<T> {

    /// What came in through a door, on top of what was before.
    public static final class Input<T> {
        private final Door door;
        private final T before;
        private final Map<Field<T, ?>, Object> values = new HashMap<>();
        private final Map<Field<T, ?>, Invalid> refused = new LinkedHashMap<>();

        private Input(Door door, T before) {
            this.door = door;
            this.before = before;
        }

        /// Returns the value of a field: as before if none came in, or if it was refused.
        @SuppressWarnings("unchecked") // take() keeps no other type
        public <V> V get(Field<T, V> field) {
            return (V) Optional.ofNullable(values.get(field)).orElseGet(() -> field.of(before));
        }

        /// Returns whether a field came in. A file has all: those it leaves out have their defaults.
        public boolean has(Field<T, ?> field) {
            return door == Door.FILE || values.containsKey(field) || refused.containsKey(field);
        }

        private <V> void take(Field<T, V> field, String used, Object given) {
            field.read(door, given)
                    .ifPresentOrElse(
                            value -> values.put(field, value),
                            () -> refused.put(field, field.refused(door, used, given)));
        }

        /// Refuses a field as if it had come in empty.
        public void refuse(Field<T, ?> field) {
            refused.putIfAbsent(field, field.refused(door, field.name(door), ""));
        }

        /// Refuses a field, unless that was done already.
        public void refuse(Field<T, ?> field, Invalid why) {
            refused.putIfAbsent(field, why);
        }

        public Door door() {
            return door;
        }
    }

    private final T defaults;
    private final Function<Input<T>, T> maker;
    private final List<Field<T, ?>> all = new ArrayList<>();

    /// @param defaults of what a file leaves out
    /// @param maker makes a `T` of its values; it may refuse those that don't go together
    public Fields(T defaults, Function<Input<T>, T> maker) {
        this.defaults = defaults;
        this.maker = maker;
    }

    /// Adds a field after those before, while the class of `T` is loaded.
    public <V> Field<T, V> add(String name, Kind<V> kind, Function<T, V> getter) {
        var field = new Field<>(name, kind, getter);
        all.add(field);
        return field;
    }

    public List<Field<T, ?>> all() {
        return List.copyOf(all);
    }

    /// Reads the body of a request: a record whose components are called like the fields.
    public Outcome<T> body(Record body, T before) {
        var given = new HashMap<String, Object>();
        collect(body, given);
        return read(Door.API, before, given);
    }

    private static void collect(Record body, Map<String, Object> given) {
        for (RecordComponent component : body.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                if (component.getAccessor().invoke(body) instanceof Optional<?> some && some.isPresent()) {
                    switch (some.get()) {
                        case Record part -> collect(part, given);
                        case Object value -> given.put(component.getName(), value);
                    }
                }
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /// Returns the texts of a form as they were typed, by the names of the fields; an empty one for what is off.
    ///
    /// @param form returns an empty text for what wasn't sent
    public Map<String, String> typed(UnaryOperator<String> form) {
        var typed = new HashMap<String, String>();
        for (Field<T, ?> field : all) {
            String text = field.names().stream()
                    .map(form)
                    .filter(sent -> !sent.isEmpty())
                    .findFirst()
                    .orElse("");
            boolean off = field.isCheckbox() && !text.equals("true") && !text.equals("on");
            typed.put(field.name(), off ? "" : text);
        }
        return typed;
    }

    /// Returns the texts of a form that shows the present values.
    public Map<String, String> texts(T thing) {
        var texts = new HashMap<String, String>();
        all.forEach(field -> texts.put(field.name(), field.text(thing)));
        return typed(name -> texts.getOrDefault(name, ""));
    }

    public Outcome<T> form(Map<String, String> typed) {
        var given = new HashMap<String, Object>(typed);
        all.stream().filter(Field::isCheckbox).forEach(field -> given.replace(field.name(), "", false));
        return read(Door.FORM, defaults, given);
    }

    /// Reads the pairs of a command, by any names of the fields.
    public Outcome<T> pairs(Map<String, String> pairs, T before) {
        return read(Door.CONSOLE, before, pairs);
    }

    private Outcome<T> read(Door door, T before, Map<String, ?> given) {
        var refused = new ArrayList<Invalid>();
        T made = read(door, before, given, refused::add);
        // The console names the first mistake only, as for other words of a command.
        int told = door == Door.CONSOLE ? Math.min(1, refused.size()) : refused.size();
        return told == 0 ? Outcome.done(made) : Outcome.rejected(List.copyOf(refused.subList(0, told)));
    }

    private T read(Door door, T before, Map<String, ?> given, Consumer<Invalid> refused) {
        var input = new Input<>(door, before);
        for (Field<T, ?> field : all) {
            field.names().stream()
                    .filter(given::containsKey)
                    .forEach(name -> input.take(field, name, Objects.requireNonNull(given.get(name))));
        }
        T made = maker.apply(input);
        input.refused.values().forEach(refused);
        return made;
    }

    /// Reads the values of a file, by any names of the fields.
    public T file(Map<String, Object> given, Consumer<Invalid> refused) {
        return read(Door.FILE, defaults, given, refused);
    }

    /// Returns the values as a file has them.
    public Map<String, Object> written(T thing) {
        var values = new LinkedHashMap<String, Object>();
        all.forEach(field -> field.written(thing).ifPresent(value -> values.put(field.name(Door.FILE), value)));
        return values;
    }

    /// Returns which values break the rules of their fields.
    public List<Invalid> broken(T thing) {
        return all.stream().flatMap(field -> field.broken(thing).stream()).toList();
    }
}
