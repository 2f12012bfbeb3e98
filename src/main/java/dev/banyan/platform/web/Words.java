package dev.banyan.platform.web;

import java.util.Locale;

/** How our pages write numbers: grouped, and with the noun in the right form. */
public final class Words {
    private Words() {}

    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String count(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }
}
