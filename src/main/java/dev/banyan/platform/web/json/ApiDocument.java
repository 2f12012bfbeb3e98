package dev.banyan.platform.web.json;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.PackedFile;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import jakarta.inject.Singleton;

/// The description of the API as the build has written it. Quarkus reads it at each start, builds a model of it and
/// writes that as JSON and YAML again, which took a fifth of the start and gave the same bytes.
@Singleton
public final class ApiDocument {

    private static final String WRITTEN = OpenApiConstants.BASE_NAME + ".JSON";

    private final ObjectMapper json;
    private volatile byte[] bytes = {};

    ApiDocument(ObjectMapper json) {
        this.json = json;
    }

    /// Tells Quarkus that there is none. Call it before Quarkus starts.
    public static void leaveOutAtStart() {
        OpenApiConstants.classLoader = new ClassLoader("without a description of the API", null) {};
    }

    /// Returns the description as JSON. Don’t change it.
    public byte[] json() {
        if (bytes.length == 0) {
            bytes = compact(PackedFile.bytes(ApiDocument.class, "/" + WRITTEN));
        }
        return bytes;
    }

    /// The build indents it, which is as much again.
    private byte[] compact(byte[] indented) {
        var compact = new ByteArrayOutputStream(indented.length);
        try (var from = json.createParser(indented);
                var to = json.createGenerator(compact)) {
            from.nextToken();
            to.copyCurrentStructure(from);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return compact.toByteArray();
    }
}
