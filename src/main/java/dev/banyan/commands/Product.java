package dev.banyan.commands;

import module java.base;

/// The name, version and commit of this program.
public final class Product {

    private static final String WRITTEN_BY_MAVEN = "/META-INF/maven/dev.banyan/banyan/pom.properties";

    private Product() {}

    /// Returns a text such as `Banyan 0.1.0 (43b6ca002d)`, without a commit if the sources were not in a checkout;
    /// `Banyan (unpackaged)` if it runs from classes, as in tests.
    public static String name() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(read(WRITTEN_BY_MAVEN)));
        } catch (IOException _) {
            // Treated as missing.
        }
        return properties.containsKey("version")
                ? named(properties.getProperty("version"), read("commit").strip())
                : "Banyan (unpackaged)";
    }

    private static String named(String version, String commit) {
        return "Banyan " + version + (commit.isEmpty() ? "" : " (" + commit + ")");
    }

    private static String read(String resource) {
        try (var written = Product.class.getResourceAsStream(resource)) {
            return written == null ? "" : new String(written.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
