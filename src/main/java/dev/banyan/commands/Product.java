package dev.banyan.commands;

import module java.base;

/// The name and version of this program.
public final class Product {

    private static final String WRITTEN_BY_MAVEN = "/META-INF/maven/dev.banyan/banyan/pom.properties";

    private Product() {}

    /// Returns a text such as `Banyan 0.1.0`; `Banyan (unpackaged)` if it runs from classes, as in tests.
    public static String name() {
        var properties = new Properties();
        try (var written = Product.class.getResourceAsStream(WRITTEN_BY_MAVEN)) {
            if (written != null) {
                properties.load(written);
            }
        } catch (IOException _) {
            // Treated as missing.
        }
        return "Banyan " + properties.getProperty("version", "(unpackaged)");
    }
}
