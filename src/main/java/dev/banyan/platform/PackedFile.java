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
}
