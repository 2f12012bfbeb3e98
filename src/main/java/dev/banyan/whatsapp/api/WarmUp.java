package dev.banyan.whatsapp.api;

import module java.base;
import dev.banyan.platform.Invalid;

/// The API values for the growing daily quota of a new number: `on`, `off`, or the pool's setting.
final class WarmUp {

    private static final String ON = "on";
    private static final String OFF = "off";
    private static final String AS_POOL = "pool";

    static final Invalid BAD = new Invalid("warmUp", "warmUp must be on, off or pool");
    static final Invalid BAD_OF_POOL = new Invalid("warmUp", "warmUp must be on or off");

    private WarmUp() {}

    /// @return empty if it is not one of the three words
    static Optional<Optional<Boolean>> read(String word) {
        return switch (word) {
            case ON -> Optional.of(Optional.of(true));
            case OFF -> Optional.of(Optional.of(false));
            case AS_POOL -> Optional.of(Optional.empty());
            default -> Optional.empty();
        };
    }

    static String word(Optional<Boolean> warmsUp) {
        return warmsUp.map(WarmUp::word).orElse(AS_POOL);
    }

    static String word(boolean warmsUp) {
        return warmsUp ? ON : OFF;
    }
}
