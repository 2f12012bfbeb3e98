package dev.banyan.pages;

import module java.base;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;

/// The requested change of one field in JSON, where null clears a field and an absent one stays.
///
/// @param wanted empty: no change; empty inside: cleared
@JsonDeserialize(using = FieldChange.Reader.class)
public record FieldChange<T>(Optional<Optional<T>> wanted) {

    /// Returns the wanted value, with this one if the field is cleared.
    Optional<T> or(T cleared) {
        return wanted.map(value -> value.orElse(cleared));
    }

    /// Jackson calls it in three cases: for a value, for null, and for an absent field.
    static final class Reader extends JsonDeserializer<FieldChange<?>> implements ContextualDeserializer {

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
            return new FieldChange<>(Optional.of(Optional.of(value)));
        }

        @Override
        public FieldChange<?> getNullValue(DeserializationContext context) {
            return new FieldChange<>(Optional.of(Optional.empty()));
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return new FieldChange<>(Optional.empty());
        }
    }
}
