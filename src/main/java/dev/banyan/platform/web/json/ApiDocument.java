package dev.banyan.platform.web.json;

import module java.base;
import dev.banyan.platform.PackedFile;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import jakarta.inject.Singleton;

/// The description of the API as the build has written it. Quarkus reads it at each start, builds a model of it and
/// writes that as JSON and YAML again, which took a fifth of the start and gave the same bytes.
@Singleton
public final class ApiDocument {

    private static final String WRITTEN = OpenApiConstants.BASE_NAME + ".JSON";

    private volatile byte[] bytes = {};

    /// Tells Quarkus that there is none. Call it before Quarkus starts.
    public static void leaveOutAtStart() {
        OpenApiConstants.classLoader = new ClassLoader("without a description of the API", null) {};
    }

    /// Returns the description as JSON. Don’t change it.
    byte[] json() {
        if (bytes.length == 0) {
            bytes = PackedFile.bytes(ApiDocument.class, "/" + WRITTEN);
        }
        return bytes;
    }
}
