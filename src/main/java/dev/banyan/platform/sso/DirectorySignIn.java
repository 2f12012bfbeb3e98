package dev.banyan.platform.sso;

import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.sso.LdapDirectory.Entry;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Signing in with the name and password of a directory, which are typed here: directories have no page of their own.
@Singleton
public final class DirectorySignIn {

    private static final int LONGEST_NAME = 254;

    private final OutboundHttp outbound;

    public DirectorySignIn(OutboundHttp outbound) {
        this.outbound = outbound;
    }

    /// @param secret of the account that searches
    /// @return who it is; empty if the directory doesn’t know the name, or the password is another one
    public Optional<SsoProof> prove(SsoProvider.Ldap settings, Optional<String> secret, String name, String password)
            throws ProviderTrouble {
        if (name.isBlank() || name.length() > LONGEST_NAME || password.isEmpty()) {
            return Optional.empty();
        }
        try (var directory = LdapDirectory.open(outbound, settings, secret)) {
            Optional<Entry> found = directory.find(name);
            return found.isPresent() && directory.isPassword(found.get(), password)
                    ? Optional.of(new SsoProof(found.get().person(), Optional.of(name), Optional.empty()))
                    : Optional.empty();
        }
    }

    /// Finds a person who signed in earlier, to see whether they are still there and in which groups.
    ///
    /// @param name under which they signed in
    /// @throws ProviderTrouble also if somebody else has the name now
    public SsoPerson again(SsoProvider.Ldap settings, Optional<String> secret, String name, String subject)
            throws ProviderTrouble {
        try (var directory = LdapDirectory.open(outbound, settings, secret)) {
            return directory
                    .find(name)
                    .map(Entry::person)
                    .filter(person -> person.subject().equals(subject))
                    .orElseThrow(() -> new ProviderTrouble(Kind.REFUSED, "The directory no longer has this person."));
        }
    }
}
