package dev.banyan.accounts.domains;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;

/// Something that ends with the proof of a domain, such as a sign-in provider that speaks for its emails. Taking the
/// domain away asks for the right to that.
public interface DomainUse {

    /// Whether it would end with this domain.
    boolean standsOn(Tx tx, Domain domain);

    /// Whether a person may end it.
    boolean mayEnd(AccountContext context);
}
