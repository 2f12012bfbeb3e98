package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.sso.LdapDirectory.Entry;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import jakarta.inject.Singleton;

/// Signing in with the name and password of a directory, which are typed here: directories have no page of their own.
@Singleton
public record DirectorySignIn(OutboundHttp outbound) {

    private static final int LONGEST_NAME = 254;

    /// What a directory says to a name and a password.
    public sealed interface Answer {

        record Proved(SsoProof proof) implements Answer {}

        /// The directory doesn’t know the name, or the password is another one.
        ///
        /// @param facts for admins; empty if the name is unknown, since people also type passwords there
        record Wrong(Optional<SignInFacts> facts) implements Answer {}

        /// There were too many tries at this entry.
        record TooMany(Duration retryAfter) implements Answer {}

        record Failed(ProviderTrouble why) implements Answer {}
    }

    /// Limits the tries at the password of an entry, under whatever names they are made.
    @FunctionalInterface
    public interface Tries {
        Answer at(Entry entry, Supplier<Answer> attempt);

        /// Counts wrong passwords only.
        static Tries counted(RateLimits limits, Function<Entry, RateLimits.Guess> guess) {
            return (entry, attempt) ->
                    limits.guessing(guess.apply(entry), attempt, Answer.Wrong.class::isInstance, Answer.TooMany::new);
        }
    }

    /// @param secret opens that of the account that searches
    public Answer prove(
            SsoProvider.Ldap settings, ProviderTests.Kept secret, String name, String password, Tries tries) {
        try {
            Optional<String> opened = secret.open();
            return name.isBlank() || name.length() > LONGEST_NAME || password.isEmpty()
                    ? new Answer.Wrong(Optional.empty())
                    : prove(settings, opened, name, password, tries);
        } catch (ProviderTrouble trouble) {
            return new Answer.Failed(trouble);
        }
    }

    private Answer prove(SsoProvider.Ldap settings, Optional<String> secret, String name, String password, Tries tries)
            throws ProviderTrouble {
        try (var directory = LdapDirectory.open(outbound, settings, secret)) {
            return directory
                    .find(name)
                    .map(entry -> tries.at(entry, () -> bound(directory, entry, name, password)))
                    .orElseGet(() -> new Answer.Wrong(Optional.empty()));
        }
    }

    private static Answer bound(LdapDirectory directory, Entry entry, String name, String password) {
        try {
            directory.bind(entry, password);
            return new Answer.Proved(new SsoProof(entry.person(), Optional.of(name), Optional.empty()));
        } catch (ProviderTrouble trouble) {
            return trouble.kind() == Kind.REFUSED
                    ? new Answer.Wrong(Optional.of(SignInFacts.failed(entry.person(), trouble)))
                    : new Answer.Failed(trouble);
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

    /// Finds people who signed in earlier by their ids, on one connection.
    ///
    /// @return what the directory says, by subject
    public Map<String, LdapDirectory.Known> again(
            SsoProvider.Ldap settings, Optional<String> secret, Collection<String> subjects) throws ProviderTrouble {
        var said = new HashMap<String, LdapDirectory.Known>();
        try (var directory = LdapDirectory.open(outbound, settings, secret)) {
            for (String subject : subjects) {
                said.put(subject, directory.findAgain(subject));
            }
        }
        return said;
    }
}
