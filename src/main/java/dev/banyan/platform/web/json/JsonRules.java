package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/// Sets how strictly JSON is read: a wrong type is answered with 400 instead of a guess; [OtherFields] says what
/// becomes of an unknown field, except in bodies with [NoOtherFields], which refuse it.
@Singleton
final class JsonRules implements ObjectMapperCustomizer {

    /// A tree of empty lists takes thirty times its text. A body of the usual size has fewer tokens by far.
    private static final int MOST_TOKENS = 200_000;

    @Override
    @SuppressWarnings("deprecation") // the builder exists only before the mapper does
    public void customize(ObjectMapper mapper) {
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)); // no null inside a list
        mapper.getFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxTokenCount(MOST_TOKENS)
                        .build());
        mapper.addHandler(new DeserializationProblemHandler() {
            @Override
            public boolean handleUnknownProperty(
                    DeserializationContext reading,
                    JsonParser parser,
                    JsonDeserializer<?> deserializer,
                    Object beanOrClass,
                    String name)
                    throws IOException {
                Class<?> type = beanOrClass instanceof Class<?> known ? known : beanOrClass.getClass();
                boolean strict = type.isAnnotationPresent(NoOtherFields.class);
                boolean ignored = OtherFields.read()
                        .map(body -> body.ignores(
                                parser.getParsingContext().pathAsPointer(),
                                strict,
                                deserializer.getKnownPropertyNames()))
                        .orElse(!strict);
                if (!ignored) {
                    throw UnrecognizedPropertyException.from(
                            parser, beanOrClass, name, deserializer.getKnownPropertyNames());
                }
                return false;
            }
        });
        var texts = mapper.coercionConfigFor(LogicalType.Textual);
        for (var shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            texts.setCoercion(shape, CoercionAction.Fail);
        }
    }
}
