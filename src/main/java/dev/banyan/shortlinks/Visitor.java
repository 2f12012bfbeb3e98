package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Keyed;

/// The visitor of a short link, as needed by rules.
///
/// @param language the preferred one, such as `de`; empty if not sent
/// @param country two capitals; empty if unknown
record Visitor(Set<DeviceClass> devices, String language, String country) {

    static Visitor of(String userAgent, String acceptLanguage, String country) {
        return new Visitor(DeviceClass.byAgent(userAgent), best(acceptLanguage), country);
    }

    boolean uses(String device) {
        return Keyed.parse(DeviceClass.class, device).filter(devices::contains).isPresent();
    }

    /// Returns the language with the highest weight: `de` for `en;q=0.5, de-AT`.
    private static String best(String acceptLanguage) {
        String best = "";
        double most = 0;
        for (String part : acceptLanguage.split(",", 20)) {
            String[] pieces = part.split(";", 2);
            double weight = pieces.length == 1 ? 1 : weight(pieces[1]);
            String language = pieces[0].strip().split("-", 2)[0].toLowerCase(Locale.ROOT);
            if (weight > most && language.length() >= 2 && language.length() <= 3) {
                best = language;
                most = weight;
            }
        }
        return best;
    }

    private static double weight(String parameter) {
        String text = parameter.strip();
        try {
            return text.startsWith("q=") && text.length() <= 7 ? Double.parseDouble(text.substring(2)) : 0;
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
