package dev.banyan.shortlinks;

import java.util.Locale;
import java.util.Set;

/// Who follows a short link, as far as rules ask.
///
/// @param language the one they like best, such as `de`; empty where they did not say
/// @param country two capitals; empty where nobody knows
record Visitor(Set<DeviceClass> devices, String language, String country) {

    static Visitor of(String userAgent, String acceptLanguage, String country) {
        return new Visitor(DeviceClass.byAgent(userAgent), best(acceptLanguage), country);
    }

    boolean uses(String device) {
        return DeviceClass.of(device).filter(devices::contains).isPresent();
    }

    /// Of `en;q=0.5, de-AT`, `de`: the first of those with the highest weight.
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
