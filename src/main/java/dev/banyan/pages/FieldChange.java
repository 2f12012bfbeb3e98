package dev.banyan.pages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// The requested change of one field: keep, clear or set. In JSON, the field is absent, null, or has a value.
@JsonDeserialize(using = FieldChange.Reader.class)
public sealed interface FieldChange<T> {

    record Keep<T>() implements FieldChange<T> {}

    record Clear<T>() implements FieldChange<T> {}

    record Set<T>(T value) implements FieldChange<T> {}

    static <T> FieldChange<T> keep() {
        return new Keep<>();
    }

    static <T> FieldChange<T> set(T value) {
        return new Set<>(value);
    }

    default T over(T before, T cleared) {
        return switch (this) {
            case Keep<T> _ -> before;
            case Clear<T> _ -> cleared;
            case Set<T>(T value) -> value;
        };
    }

    default <U> FieldChange<U> map(Function<T, U> change) {
        return switch (this) {
            case Keep<T> _ -> new Keep<>();
            case Clear<T> _ -> new Clear<>();
            case Set<T>(T value) -> new Set<>(change.apply(value));
        };
    }

    default Optional<T> wanted() {
        return this instanceof Set<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// Jackson calls it in three cases: for a value, for null, and for an absent field.
    final class Reader extends JsonDeserializer<FieldChange<?>> implements ContextualDeserializer {

        private final Optional<JavaType> inner;

        Reader() {
            this(Optional.empty());
        }

        private Reader(Optional<JavaType> inner) {
            this.inner = inner;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return new Reader(Optional.of(context.getContextualType().containedType(0)));
        }

        @Override
        public FieldChange<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Object value = context.readValue(parser, inner.orElseThrow());
            return new Set<>(value);
        }

        @Override
        public FieldChange<?> getNullValue(DeserializationContext context) {
            return new Clear<>();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return new Keep<>();
        }
    }
}
