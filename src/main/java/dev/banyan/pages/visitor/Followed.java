package dev.banyan.pages.visitor;

import dev.banyan.pages.Link;
import dev.banyan.pages.LinkLock;
import dev.banyan.platform.Owner;

/// The result of following a link.
sealed interface Followed {

    record To(Link link, Owner owner) implements Followed {}

    record Locked(Link link, LinkLock lock) implements Followed {}

    record NotFound() implements Followed {}

    record Unavailable() implements Followed {}

    /// The link leads back to itself.
    record Loop() implements Followed {}

    /// The link is beyond its owner's plan.
    record NotInPlan() implements Followed {}
}
