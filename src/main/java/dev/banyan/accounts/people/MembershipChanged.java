package dev.banyan.accounts.people;

import dev.banyan.platform.outcome.Refusal;

/// What became of a membership that was to change or to end.
public sealed interface MembershipChanged {

    record Done() implements MembershipChanged {}

    /// @param isEmergency whether other owners remain, who depend on their sign-in provider
    record LastOwner(boolean isEmergency) implements MembershipChanged {}

    /// Not found also for who no longer owns the account. Forbidden to all but people in their own name.
    record Refused(Refusal refusal) implements MembershipChanged {

        static final Refused NOT_FOUND = new Refused(new Refusal.NotFound());
        static final Refused NOT_IN_PERSON = new Refused(new Refusal.Forbidden());
    }
}
