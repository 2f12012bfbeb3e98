package dev.banyan.workspaces;

/** A switch in a form: a button that sends the state it leads to. */
public final class Switch {
    private static final String ON = "on";
    private static final String OFF = "off";

    private Switch() {}

    public static String opposite(boolean on) {
        return on ? OFF : ON;
    }

    /** Anything else than "on" is off: a form that was tampered with closes doors rather than opening them. */
    public static boolean isOn(String value) {
        return value.equals(ON);
    }
}
