package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

/// Reads a field of which an empty text or 0 means none, and so does null: only a field that is left out says nothing.
///
/// @param <T> of the field
public abstract sealed class NullIsNone<T extends Serializable> extends StdDeserializer<Optional<T>> {

    private static final long serialVersionUID = 1L;

    /// A text.
    public static final class Text extends NullIsNone<String> {
        private static final long serialVersionUID = 1L;

        public Text() {
            super(String.class, "");
        }
    }

    /// The number of a thing.
    public static final class Number extends NullIsNone<Integer> {
        private static final long serialVersionUID = 1L;

        public Number() {
            super(Integer.class, 0);
        }
    }

    /// How many there may be.
    public static final class Count extends NullIsNone<Long> {
        private static final long serialVersionUID = 1L;

        public Count() {
            super(Long.class, 0L);
        }
    }

    private final Class<T> type;
    private final T none;

    NullIsNone(Class<T> type, T none) {
        super(Optional.class);
        this.type = type;
        this.none = none;
    }

    @Override
    public final Optional<T> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return Optional.ofNullable(context.readValue(parser, type));
    }

    @Override
    public final Optional<T> getNullValue(DeserializationContext context) {
        return Optional.of(none);
    }

    @Override
    public final Object getAbsentValue(DeserializationContext context) {
        return Optional.empty();
    }
}
