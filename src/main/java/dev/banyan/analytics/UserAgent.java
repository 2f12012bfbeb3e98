package dev.banyan.analytics;

/// What a visitor uses, according to the user agent. Texts are empty if it doesn't say.
///
/// @param isBot whether it identifies itself as an automatic program: a crawler, a preview, a monitor
/// @param browser such as `Chrome`
/// @param system such as `Android`
public record UserAgent(boolean isBot, Device device, String browser, String system) {

    /// The type of device.
    public enum Device {
        PHONE("Phone"),
        TABLET("Tablet"),
        COMPUTER("Computer"),
        OTHER("Other");

        public final String label;

        Device(String label) {
            this.label = label;
        }
    }

    static final UserAgent UNKNOWN = new UserAgent(false, Device.OTHER, "", "");

    /// An empty user agent, which no real browser sends.
    static final UserAgent SILENT = new UserAgent(true, Device.OTHER, "", "");

    /// Returns "Chrome on Android".
    String label() {
        if (browser.isEmpty()) {
            return system;
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }
}
