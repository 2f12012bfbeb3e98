package dev.banyan.accounts.people;

import dev.banyan.platform.outcome.Refusal;

/// What became of a membership that was to change or to end.
public sealed interface MembershipChanged {

    record Done() implements MembershipChanged {}

    /// @param isEmergency whether other owners remain, who depend on their sign-in provider
    record LastOwner(boolean isEmergency) implements MembershipChanged {}

    /// Not found also for who no longer owns the account. Forbidden to a key, which passes on no more than it holds and
    /// removes no owner.
    record Refused(Refusal refusal) implements MembershipChanged {

        static final Refused NOT_FOUND = new Refused(new Refusal.NotFound());
        static final Refused NOT_HELD = new Refused(new Refusal.Forbidden());
    }
}
