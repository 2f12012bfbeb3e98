package dev.banyan.platform;

import module java.base;

/// The values wanted for some fields of a thing; all other fields stay as they are. Forms, JSON bodies and files build
/// them the same way, field by field, so that two texts can't change places unnoticed.
///
/// @param <S> what has the fields
public record Changes<S>(Map<Field<S, ?>, Object> values) {

    /// A field that can be changed. What an empty text or an empty value means is up to its owner.
    public static class Field<S, T> {}

    public Changes {
        values = Map.copyOf(values);
    }

    public static <S> Changes<S> none() {
        return new Changes<>(Map.of());
    }

    public <T> Changes<S> with(Field<S, T> field, T value) {
        Map<Field<S, ?>, Object> more = new HashMap<>(values);
        more.put(field, value);
        return new Changes<>(more);
    }

    /// @param value empty to leave the field as it is
    public <T> Changes<S> withIf(Field<S, T> field, Optional<T> value) {
        return value.map(wanted -> with(field, wanted)).orElse(this);
    }

    @SuppressWarnings("unchecked") // with() takes no other type
    public <T> Optional<T> get(Field<S, T> field) {
        return Optional.ofNullable((T) values.get(field));
    }

    public <T> T over(Field<S, T> field, T before) {
        return get(field).orElse(before);
    }
}
