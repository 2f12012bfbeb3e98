package dev.banyan.commands;

import java.io.IOException;
import java.util.Properties;

/// What this program is called, and which version of it runs.
public final class Product {

    private static final String WRITTEN_BY_MAVEN = "/META-INF/maven/dev.banyan/banyan/pom.properties";

    private Product() {}

    /// Such as `Banyan 0.1.0`; `Banyan (unpackaged)` where it runs from classes, as tests do.
    public static String name() {
        var properties = new Properties();
        try (var written = Product.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
            if (written != null) {
                properties.load(written);
            }
        } catch (IOException _) {
            // As if it were not there.
        }
        return "Banyan " + properties.getProperty("version", "(unpackaged)");
    }
}
