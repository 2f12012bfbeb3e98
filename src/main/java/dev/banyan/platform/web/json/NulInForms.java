package dev.banyan.platform.web.json;

import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Refuses U+0000 in fields of forms: see [NulInJson].
@Provider
@Singleton
final class NulInForms implements ParamConverterProvider {

    private static final ParamConverter<String> TEXT = new ParamConverter<>() {

        @Override
        public String fromString(String value) {
            return checked(value);
        }

        @Override
        public String toString(String value) {
            return value;
        }
    };

    static String checked(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new WebApplicationException("The form" + NulInJson.RULE, 400);
        }
        return value;
    }

    @Override
    @SuppressWarnings("unchecked") // called for the declared type
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        return type == String.class ? (ParamConverter<T>) TEXT : null;
    }
}
