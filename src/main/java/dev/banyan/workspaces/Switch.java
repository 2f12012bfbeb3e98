package dev.banyan.workspaces;

/// A switch in a form: a button that sends the new state.
public final class Switch {
    private static final String ON = "on";
    private static final String OFF = "off";

    private Switch() {}

    public static String opposite(boolean on) {
        return on ? OFF : ON;
    }

    /// Anything other than "on" is off, so that a tampered form turns things off rather than on.
    public static boolean isOn(String value) {
        return value.equals(ON);
    }
}
