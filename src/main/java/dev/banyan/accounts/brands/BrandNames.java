package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.FilledText;
import dev.banyan.platform.WebAddresses;

/// The names of a brand, which replace `{brand}` and `{username}` in texts and addresses that it begins with.
///
/// @param brand its display name
public record BrandNames(String brand, String username) {

    public static final String BRAND = "{brand}";
    public static final String USERNAME = "{username}";

    /// @param longest in Unicode code points; what is longer is cut
    public String text(String text, int longest) {
        String filled = FilledText.of(text, Map.of(BRAND, brand, USERNAME, username));
        return filled.codePointCount(0, filled.length()) <= longest
                ? filled
                : filled.substring(0, filled.offsetByCodePoints(0, longest)).strip();
    }

    /// Fills a web address, where a name is encoded.
    public String address(String url) {
        return FilledText.of(url, Map.of(BRAND, brand, USERNAME, username), name -> WebAddresses.percented(name));
    }

    public static boolean areNamedIn(String text) {
        return text.contains(BRAND) || text.contains(USERNAME);
    }
}
