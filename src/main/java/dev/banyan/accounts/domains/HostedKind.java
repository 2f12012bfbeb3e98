package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;

/// A kind of thing that can be at a host of its own. The packages of pages and of workspaces implement it, so that this
/// one reads no tables of theirs.
public interface HostedKind {

    /// Returns the kind of the thing that is at a host.
    static Optional<HostedKind> of(List<HostedKind> kinds, Domain domain) {
        return kinds.stream().filter(kind -> kind.isOf(domain)).findFirst();
    }

    boolean isOf(Domain domain);

    /// Returns what people call the thing, if it is the caller’s and may get a host from them; empty if not.
    Optional<String> name(Tx tx, AccountContext context, Domain domain);

    /// Returns what people can choose from for a new domain; empty if it is named in another way.
    List<Domains.Choice> choices(Tx tx, AccountContext context);

    /// Returns what is at the host now; empty if the thing is gone, or closed.
    Optional<Site> site(Tx tx, Domain domain);

    /// Whether a person may take its host from the thing.
    boolean mayTake(AccountContext context);

    /// Called in the transaction in which a host has begun or ceased to be served.
    void served(Tx tx, Domain domain);
}
