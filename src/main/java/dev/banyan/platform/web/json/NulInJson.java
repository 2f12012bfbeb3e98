package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import org.jspecify.annotations.Nullable;

/// Refuses U+0000 in the texts of JSON bodies, once for all routes: PostgreSQL cannot even search for it. [NulInForms]
/// does the same for forms, and [Gate] for addresses.
@Provider
@Singleton
final class NulInJson implements ReaderInterceptor {

    static final String RULE = " must not contain the character U+0000";

    private static final byte[] ESCAPED = "u0000".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        // A route that takes bytes reads them itself: the webhooks of gateways.
        if (context.getType() != byte[].class && MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
            byte[] body = context.getInputStream().readAllBytes();
            if (mayHoldNul(body)) {
                refuseNul(body);
            }
            context.setInputStream(new ByteArrayInputStream(body));
        }
        return context.proceed();
    }

    /// Returns true for the few bodies that might contain one; only those are read twice. In UTF-16 every second byte
    /// is zero.
    private static boolean mayHoldNul(byte[] body) {
        int matched = 0;
        for (byte each : body) {
            if (each == 0) {
                return true;
            }
            matched = each == ESCAPED[matched] ? matched + 1 : each == ESCAPED[0] ? 1 : 0;
            if (matched == ESCAPED.length) {
                return true;
            }
        }
        return false;
    }

    private static void refuseNul(byte[] body) throws IOException {
        try (var parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean text = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
                if (text && parser.getText().indexOf('\0') >= 0) {
                    throw new WebApplicationException(where(parser.getParsingContext()) + RULE, 400);
                }
            }
        } catch (JsonProcessingException _) {
            // The next reader of the body reports what is wrong with it.
        }
    }

    private static String where(JsonStreamContext innermost) {
        for (@Nullable JsonStreamContext context = innermost; context != null; context = context.getParent()) {
            String name = context.getCurrentName();
            if (name != null && name.indexOf('\0') < 0) {
                return "The field " + name;
            }
        }
        return "The body";
    }
}
