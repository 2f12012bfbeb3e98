package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.db.Tx;

/// A kind of addresses of this server that lead visitors on, such as `/l/{slug}`. The packages to which they belong
/// implement it, so that this one reads no tables of theirs.
public interface LeadingOn {

    /// @param path the one way of writing the address
    /// @param targets all addresses to which it may lead
    record Address(String path, Collection<String> targets) {}

    /// Returns the beginning of their paths, one of [Site.Pages#WAYS].
    String way();

    /// @param name what follows the beginning
    Optional<Address> find(Tx tx, String name);
}
