package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import dev.banyan.whatsapp.connections.Connection;

/// The version of an Evolution API server. An unknown one is treated as the oldest that we support: what only newer
/// ones can do is not tried.
record EvolutionVersion(int major, int minor) {

    static final EvolutionVersion OLDEST = new EvolutionVersion(2, 0);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4}).*");

    static EvolutionVersion of(Connection connection) {
        return connection.facts().version().map(EvolutionVersion::parse).orElse(OLDEST);
    }

    static EvolutionVersion parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? new EvolutionVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : OLDEST;
    }

    boolean isTooOld() {
        return major < 2;
    }

    /// From 2.4 on it takes our own message ids, marks hidden chats as read, and treats a lost network (408) as final.
    boolean isAtLeast24() {
        return major > 2 || major == 2 && minor >= 4;
    }
}
