package dev.banyan.workspaces.administration;

import module java.base;

/// Picture types for a workspace's mark, detected from the first bytes and never from what the sender claims. None of
/// them can contain a script.
enum PictureType {
    PNG("image/png", "png") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');
        }
    },
    JPEG("image/jpeg", "jpg") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, 0xFF, 0xD8, 0xFF);
        }
    },
    WEBP("image/webp", "webp") {
        @Override
        boolean begins(byte[] bytes) {
            return startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P');
        }
    };

    final String mime;
    /// The file extension without a dot.
    final String ending;

    PictureType(String mime, String ending) {
        this.mime = mime;
        this.ending = ending;
    }

    abstract boolean begins(byte[] bytes);

    static Optional<PictureType> of(byte[] bytes) {
        return Arrays.stream(values()).filter(type -> type.begins(bytes)).findFirst();
    }

    static Optional<PictureType> ofName(String name) {
        return Arrays.stream(values())
                .filter(type -> name.endsWith("." + type.ending))
                .findFirst();
    }

    private static boolean startsWith(byte[] bytes, int offset, int... expected) {
        if (bytes.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
