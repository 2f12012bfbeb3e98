package dev.banyan.platform;

import module java.base;

/// Reads files that are packed with the program, beside the class that needs them.
public final class PackedFile {

    private PackedFile() {}

    public static byte[] bytes(Class<?> beside, String name) {
        try (var bytes = beside.getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalStateException("The build lacks " + name);
            }
            return bytes.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String text(Class<?> beside, String name) {
        return new String(bytes(beside, name), StandardCharsets.UTF_8);
    }

    /// Returns the texts of a file of properties by their keys, in the order of the keys.
    public static SortedMap<String, String> properties(Class<?> beside, String name) {
        var read = new Properties();
        try {
            read.load(new StringReader(text(beside, name)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return read.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, read::getProperty, (one, _) -> one, TreeMap::new));
    }
}
