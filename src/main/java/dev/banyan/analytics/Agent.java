package dev.banyan.analytics;

/// What a visitor uses, as far as the user agent says it. Texts are empty where it says nothing.
///
/// @param isBot it says that it is a program that looks at pages by itself: a crawler, a preview, a monitor
/// @param browser such as `Chrome`
/// @param system such as `Android`
public record Agent(boolean isBot, Device device, String browser, String system) {

    /// In what hand or on what desk a page is.
    public enum Device {
        PHONE("Phone"),
        TABLET("Tablet"),
        COMPUTER("Computer"),
        OTHER("Other");

        private final String label;

        Device(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    static final Agent UNKNOWN = new Agent(false, Device.OTHER, "", "");

    /// Nobody's browser is silent about itself.
    static final Agent SILENT = new Agent(true, Device.OTHER, "", "");

    /// "Chrome on Android".
    String label() {
        if (browser.isEmpty()) {
            return system;
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }
}
