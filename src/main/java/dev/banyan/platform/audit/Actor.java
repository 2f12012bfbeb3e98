package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.OnBehalf;

/// Who did something, and from where; used for the audit log only.
///
/// @param identity empty for a person who has not signed in
/// @param ip the client's address as the trusted proxies report it
/// @param onBehalf for whom an operator acts, if it is not for themselves
/// @param apiKey the id of the account's key with which a program acts in the name of the one who made it
public record Actor(Optional<IdentityId> identity, String ip, Optional<OnBehalf> onBehalf, Optional<String> apiKey) {

    /// The server itself: jobs, set-up, sample data.
    public static final Actor SERVER = new Actor(Optional.empty(), "server");

    /// An actor who acts for themselves, or by their own role.
    public Actor(Optional<IdentityId> identity, String ip) {
        this(identity, ip, Optional.empty());
    }

    public Actor(Optional<IdentityId> identity, String ip, Optional<OnBehalf> onBehalf) {
        this(identity, ip, onBehalf, Optional.empty());
    }

    /// A program with a key.
    public static Actor ofKey(Caller.ApiKey key, String ip) {
        return new Actor(Optional.of(key.madeBy()), ip, Optional.empty(), Optional.of(key.key()));
    }

    /// Ends what an operator who helps an account does here, wherever in a batch it is.
    public void refuseSupport() {
        if (onBehalf.isPresent()) {
            throw new NotBySupport();
        }
    }
}
