package dev.banyan.platform.web.answer;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;

/// An act was refused. The entrance through which the request came turns it into its answer; a resource method throws
/// it on with `unless(outcome, NOUN)` and goes on with the value. It has no stack: it is no failure.
public final class Refused extends RuntimeException {

    private final transient Refusal refusal;
    private final transient Noun noun;

    public Refused(Refusal refusal, Noun noun) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
        this.noun = noun;
    }

    public static Refused notFound(Noun noun) {
        return new Refused(new Refusal.NotFound(), noun);
    }

    public static Refused invalid(Invalid invalid) {
        return new Refused(new Refusal.Rejected(List.of(invalid)), Noun.NONE);
    }

    /// Throws what is wrong, if anything is.
    public static void ifInvalid(Optional<Invalid> invalid) {
        if (invalid.isPresent()) {
            throw invalid(invalid.get());
        }
    }

    /// @param why what stands in the way, as a sentence for people
    public static Refused conflict(String why) {
        return new Refused(new Refusal.Conflict(why), Noun.NONE);
    }

    /// Returns the value of an act, or throws why it was refused.
    public static <T> T unless(Outcome<T> outcome, Noun noun) {
        return outcome.orElseThrow(refusal -> new Refused(refusal, noun));
    }

    public Refusal refusal() {
        return refusal;
    }

    public Noun noun() {
        return noun;
    }
}
