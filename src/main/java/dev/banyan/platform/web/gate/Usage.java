package dev.banyan.platform.web.gate;

import dev.banyan.platform.web.page.Words;

/// Used and allowed, for a sentence and a meter; `allowed` is -1 if the tier has no limit.
public record Usage(long used, long allowed) {
    public static final long UNLIMITED = -1;

    public boolean unlimited() {
        return allowed < 0;
    }

    /// Returns true if a meter makes sense: a limit of 0 or none at all has nothing to fill.
    public boolean metered() {
        return allowed > 0;
    }

    public boolean full() {
        return !unlimited() && used >= allowed;
    }

    public String usedText() {
        return Words.grouped(used);
    }

    public String allowedText() {
        return unlimited() ? "unlimited" : Words.grouped(allowed);
    }

    /// Returns "41 of 50", or "41" without a limit.
    public String text() {
        return unlimited() ? usedText() : usedText() + " of " + allowedText();
    }

    /// Returns the value from which the meter is ochre.
    public double low() {
        return Math.min(allowed * 0.8, high());
    }

    /// Returns the value from which the meter is red, which is only when it is full.
    public double high() {
        return allowed - 0.5;
    }
}
