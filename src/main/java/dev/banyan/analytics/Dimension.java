package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Keyed;

/// The dimensions of visits. A day keeps a limited number of values per dimension, the largest ones, and combines the
/// rest, so that invented referrers can't fill the tables.
enum Dimension implements Keyed {
    REFERRER("r", 50),
    SOURCE("u", 50),
    MEDIUM("m", 30),
    CAMPAIGN("g", 50),
    COUNTRY("c", 60),
    DEVICE("d", 10),
    BROWSER("b", 30),
    SYSTEM("o", 30),
    LANGUAGE("l", 40),
    HOUR("h", 24),
    LINK("k", 200),
    SHORT_LINK("s", 200),
    /// Ways to a chat, of which there is one: "Message us".
    CHAT("t", 1),
    VARIANT("v", 50);

    private final String key;
    private final int most;

    Dimension(String key, int most) {
        this.key = key;
        this.most = most;
    }

    /// Returns the stored name.
    @Override
    public String key() {
        return key;
    }

    int most() {
        return most;
    }
}
