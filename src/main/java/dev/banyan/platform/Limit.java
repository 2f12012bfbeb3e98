package dev.banyan.platform;

import module java.base;

/// How many of something there may be: a number, or no end. All that compares, counts down or shows a limit asks this
/// type, because "unlimited" is a number like any other in the contracts and in tables (-1), and less than every count.
///
/// @param number -1 if unlimited: for JSON and tables only, never for a comparison or a sentence
public record Limit(long number) {

    public static final Limit UNLIMITED = new Limit(-1);
    public static final Limit ZERO = new Limit(0);

    public Limit {
        if (number < -1) {
            throw new IllegalArgumentException("No limit is " + number);
        }
    }

    public boolean isUnlimited() {
        return number < 0;
    }

    public boolean isZero() {
        return number == 0;
    }

    /// Returns true if that many are allowed.
    public boolean fits(long used) {
        return isUnlimited() || used <= number;
    }

    /// Returns true if there is no room for one more.
    public boolean isFull(long used) {
        return !isUnlimited() && used >= number;
    }

    /// Returns how many there is room for, of so many that are wanted.
    public long capped(long wanted) {
        return isUnlimited() ? wanted : Math.min(wanted, number);
    }

    /// Returns how many are too many.
    public long over(long used) {
        return used - capped(used);
    }

    public Limit left(long used) {
        return isUnlimited() ? this : new Limit(Math.max(0, number - used));
    }

    /// Returns a limit that is higher by `more`, as where a contract counts one's own account too.
    public Limit plus(long more) {
        return isUnlimited() ? this : new Limit(number + more);
    }

    /// Returns the number to compare with in SQL, to which `adding` can still be added.
    public long ceiling(long adding) {
        return isUnlimited() ? Long.MAX_VALUE - adding : number;
    }

    public boolean isLowerThan(Limit other) {
        return ceiling(0) < other.ceiling(0);
    }

    /// Returns the limit as displayed, such as "1,000" or "unlimited".
    public String text() {
        return isUnlimited() ? "unlimited" : grouped(number);
    }

    /// Returns "3 of 10", or "3" if unlimited.
    public String text(long used) {
        return isUnlimited() ? grouped(used) : grouped(used) + " of " + text();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
