package dev.banyan.analytics;

import java.util.Arrays;
import java.util.Optional;

/// By what a day's visits are told apart. Of each, a day keeps the largest so many values; the rest are summed up, so
/// that nobody can fill our tables with invented referrers.
enum Dimension {
    REFERRER("r", 50),
    COUNTRY("c", 60),
    DEVICE("d", 10),
    BROWSER("b", 30),
    SYSTEM("o", 30),
    LANGUAGE("l", 40),
    HOUR("h", 24),
    LINK("k", 200),
    SHORT_LINK("s", 200),
    VARIANT("v", 50);

    private final String key;
    private final int most;

    Dimension(String key, int most) {
        this.key = key;
        this.most = most;
    }

    /// As it is stored.
    String key() {
        return key;
    }

    int most() {
        return most;
    }

    static Optional<Dimension> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }
}
