package dev.banyan.platform.web.gate;

import dev.banyan.platform.Limit;
import dev.banyan.platform.web.page.Words;

/// Used and allowed, for a sentence and a meter.
public record Usage(long used, Limit allowed) {

    public boolean unlimited() {
        return allowed.isUnlimited();
    }

    /// Returns true if a meter makes sense: a limit of 0 or none at all has nothing to fill.
    public boolean metered() {
        return !allowed.isUnlimited() && !allowed.isZero();
    }

    public boolean full() {
        return allowed.isFull(used);
    }

    public String usedText() {
        return Words.grouped(used);
    }

    public String allowedText() {
        return allowed.text();
    }

    /// Returns "41 of 50", or "41" without a limit.
    public String text() {
        return allowed.text(used);
    }

    /// Returns "3 of 10 pages used on the Pro plan", or "3 pages" without a limit.
    public String text(String one, String many, String tier) {
        return unlimited() ? Words.count(used, one, many) : text() + " " + many + " used on the " + tier + " plan";
    }

    /// Returns the value at which the meter ends; only for a usage that is [#metered].
    public long most() {
        return allowed.number();
    }

    /// Returns the value from which the meter is ochre.
    public double low() {
        return Math.min(most() * 0.8, high());
    }

    /// Returns the value from which the meter is red, which is only when it is full.
    public double high() {
        return most() - 0.5;
    }
}
