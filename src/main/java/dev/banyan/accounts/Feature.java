package dev.banyan.accounts;

import dev.banyan.platform.Keyed;

/// The features that a tier may include (LinkToMe contract 3.1; where client and API differ, the API's).
public enum Feature implements Keyed {
    CUSTOM_LAYOUTS("customLayouts", "Link layouts"),
    LINK_ANIMATIONS("linkAnimations", "Animated links"),
    LINK_SCHEDULING("linkScheduling", "Scheduled links"),
    LINK_LOCKING("linkLocking", "Locked links"),
    SHORT_LINK_ANALYTICS("shortLinkAnalytics", "Short link analytics"),
    CUSTOM_THEMES("customThemes", "Custom themes"),
    PREMIUM_FONTS("premiumFonts", "Premium fonts"),
    CUSTOM_LOGOS("customLogos", "Custom logos"),
    REMOVE_FOOTER("removeFooter", "No Banyan footer"),
    VIDEO_BACKGROUNDS("videoBackgrounds", "Video and image backgrounds"),
    ADVANCED_ANALYTICS("advancedAnalytics", "Advanced analytics"),
    ANALYTICS_EXPORT("analyticsExport", "Analytics export"),
    API_ACCESS("apiAccess", "API access"),
    CUSTOM_DOMAIN("customDomain", "Custom domains"),
    PRIORITY_SUPPORT("prioritySupport", "Priority support"),
    WHITE_LABEL("whiteLabel", "White label");

    private final String key;
    /// The display name.
    public final String label;

    Feature(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /// Returns true if a seller promises it; the program itself does nothing differently.
    public boolean isPromise() {
        return this == PRIORITY_SUPPORT || this == WHITE_LABEL;
    }

    /// Returns the name in the contract.
    @Override
    public String key() {
        return key;
    }
}
