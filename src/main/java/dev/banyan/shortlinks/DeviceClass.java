package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Keyed;

/// The visitor's kind of device, as used by redirect rules. A device may belong to several.
enum DeviceClass implements Keyed {
    PHONE("Phone"),
    TABLET("Tablet"),
    COMPUTER("Computer"),
    IOS("iPhone or iPad"),
    ANDROID("Android");

    final String label;

    DeviceClass(String label) {
        this.label = label;
    }

    /// Detects devices by the few words common to all browsers: it must be fast during a redirect, and rules need no
    /// more.
    static Set<DeviceClass> byAgent(String userAgent) {
        if (userAgent.isEmpty()) {
            return Set.of();
        }
        boolean tablet = userAgent.contains("iPad") || userAgent.contains("Tablet");
        if (userAgent.contains("iPhone") || userAgent.contains("iPod") || userAgent.contains("iPad")) {
            return EnumSet.of(IOS, tablet ? TABLET : PHONE);
        }
        if (userAgent.contains("Android")) {
            return EnumSet.of(ANDROID, tablet || !userAgent.contains("Mobile") ? TABLET : PHONE);
        }
        return EnumSet.of(tablet ? TABLET : userAgent.contains("Mobi") ? PHONE : COMPUTER);
    }
}
