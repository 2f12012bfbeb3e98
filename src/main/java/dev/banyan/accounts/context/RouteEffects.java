package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.PackedFile;

/// The effect of every writing route of the server, and of the reading ones that give data away (`rights/effects.txt`).
/// One table for the API and the pages, by method and path as the resource declares them, from which follows who proves
/// their identity, what programs with a key can't do, and what operators can't who help an account.
///
/// A writing route that is not in the table is closed like one that admits people. A test compares the table with the
/// routes.
public final class RouteEffects {

    /// How a line of the table asks for the proof.
    ///
    /// @param inBody the route takes the password in its body, if the last proof is too old
    /// @param bySupport operators who act for an account may use it
    private record Line(RouteEffect effect, boolean inBody, boolean bySupport) {}

    private static final String FILE = "/rights/effects.txt";
    private static final String IN_BODY = ", or the password in the body";
    private static final String BY_SUPPORT = ", by support too";
    private static final Line UNKNOWN = new Line(RouteEffect.ADMITS, false, false);
    /// What isn’t in the table, as it only reads.
    private static final Line READING = new Line(RouteEffect.NEITHER, false, true);

    private static final Map<String, Line> LINES = read();

    private RouteEffects() {}

    private static Map<String, Line> read() {
        var lines = new HashMap<String, Line>();
        var section = UNKNOWN;
        for (String line : PackedFile.text(RouteEffects.class, FILE).lines().toList()) {
            if (line.startsWith("# ")) {
                section = section(line.substring(2, line.indexOf(':')));
            } else if (!line.isEmpty() && !line.startsWith("//")) {
                if (lines.put(line, section) != null) {
                    throw new IllegalStateException(line + " is in " + FILE + " twice");
                }
            }
        }
        return Map.copyOf(lines);
    }

    private static Line section(String head) {
        String effect = head.contains(",") ? head.substring(0, head.indexOf(',')) : head;
        return new Line(
                Arrays.stream(RouteEffect.values())
                        .filter(known -> known.key().equals(effect))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("No effect: " + head)),
                head.endsWith(IN_BODY),
                head.endsWith(BY_SUPPORT));
    }

    private static Line line(String declared) {
        return Optional.ofNullable(LINES.get(declared)).orElse(isReading(declared) ? READING : UNKNOWN);
    }

    private static boolean isReading(String declared) {
        return declared.startsWith("GET ") || declared.startsWith("HEAD ") || declared.startsWith("OPTIONS ");
    }

    /// @param declared method and path as the resource declares it, such as `POST /admin/api-keys/{keyId}`
    public static RouteEffect of(String declared) {
        return line(declared).effect();
    }

    /// Returns every route of the table.
    public static Set<String> all() {
        return LINES.keySet();
    }

    /// Returns true if people must have proved their identity a short while ago.
    public static boolean asksForProof(String declared) {
        Line line = line(declared);
        return line.effect().gives() && !line.inBody();
    }

    /// Returns true if the route takes the password in its body where the last proof is too old, and checks it itself.
    public static boolean takesPassword(String declared) {
        return line(declared).inBody();
    }

    /// Returns whether a route begins a sensitive action, however it asks for the proof.
    public static boolean isSensitive(String declared) {
        return line(declared).effect() != RouteEffect.NEITHER;
    }

    /// Returns true if an operator who acts for an account may use the route, as far as its effect goes.
    public static boolean isOpenToSupport(String declared) {
        return line(declared).bySupport();
    }
}
