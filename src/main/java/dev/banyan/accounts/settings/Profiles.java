package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.AccountPictures;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Language;
import dev.banyan.platform.Text;
import dev.banyan.platform.Zones;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.web.page.Words;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// The profile of the context's account, as opposed to how its owner signs in ([SignInChanges]).
@Singleton
record Profiles(
        Database database,
        AccountPictures pictures,
        Domains domains,
        Audit audit,
        Event<AccountChanged> changed,
        Clock clock) {

    /// The profile as the settings show it.
    ///
    /// @param email the e-mail that the person signs in with; a sub-account's is only displayed, and may be missing
    /// @param emailConfirmed false for a sub-account, whose e-mail is never confirmed
    /// @param phone the person's, in E.164; a sub-account has none
    /// @param picture the path of the account's picture
    /// @param portrait the path of the person's own; empty where the account isn't the person's
    /// @param language of its public pages; empty if it has none of its own
    public record Profile(
            AccountId id,
            String username,
            Optional<String> email,
            boolean emailConfirmed,
            String displayName,
            Optional<String> bio,
            Optional<String> phone,
            Optional<String> picture,
            Optional<String> portrait,
            Optional<Language> language) {}

    /// @param email for a sub-account only; a root account's follows its owner's sign-in
    /// @param language a code, or empty for none of its own; absent where it stays
    public record Change(String displayName, String bio, Optional<String> email, Optional<String> language) {}

    public Profile of(AccountContext context) {
        Account acting = context.acting();
        return database.read(tx -> {
            Optional<String> picture = pictures.path(tx, acting.owner());
            Optional<Language> language = language(tx, acting);
            var identities = new IdentityStore(tx);
            boolean isHome = identities.home(context.identity()).equals(Optional.of(acting.id()));
            if (!isHome) {
                return profile(
                        acting,
                        acting.email(),
                        false,
                        Optional.empty(), // hidden from managers
                        picture,
                        Optional.empty(),
                        language);
            }
            Identity person = identities.find(context.identity()).orElseThrow();
            return profile(
                    acting,
                    Optional.of(person.email()),
                    person.emailConfirmed(),
                    identities.phone(person.id()),
                    picture,
                    person.picture(),
                    language);
        });
    }

    /// Returns where visitors find the account.
    public String address(AccountContext context) {
        return domains.addressesOf(context.acting()).getFirst();
    }

    private static Profile profile(
            Account account,
            Optional<String> email,
            boolean emailConfirmed,
            Optional<String> phone,
            Optional<String> picture,
            Optional<String> portrait,
            Optional<Language> language) {
        return new Profile(
                account.id(),
                account.username(),
                email,
                emailConfirmed,
                account.displayName(),
                account.bio(),
                phone,
                picture,
                portrait,
                language);
    }

    private static Optional<Language> language(Tx tx, Account account) {
        return Optional.ofNullable(
                new AccountStore(tx).languages(account.owner()).get(account.id()));
    }

    /// @param code empty for none of its own
    /// @return why it wasn't set
    public Optional<Invalid> setLanguage(AccountContext context, String code) {
        Optional<Invalid> invalid = Names.brokenLanguage(code);
        if (invalid.isEmpty()) {
            Account account = context.acting();
            var _ = save(context, account.displayName(), account.bio(), account.email(), Optional.of(code));
        }
        return invalid;
    }

    /// Returns the time zone of a root account's days and reports.
    String zone(AccountContext context) {
        return Words.nameOf(
                database.read(tx -> new AccountStore(tx).zone(context.root().id())));
    }

    /// Sets the time zone of a root account's days and reports.
    Outcome<Nothing> setZone(AccountContext context, String typed) {
        Optional<ZoneId> zone = Zones.of(typed.strip());
        if (zone.isEmpty() || context.isSubAccount()) {
            return Outcome.rejected(new Invalid(
                    "accountZone", "accountZone must be an IANA time zone such as Asia/Dubai", Zones.CHOOSE));
        }
        Account account = context.root();
        return database.write(tx -> {
            new AccountStore(tx).setZone(account.id(), zone.get(), clock.instant());
            tx.afterCommit(() -> changed.fire(new AccountChanged(account.id(), account.username())));
            return Outcome.done();
        });
    }

    public Outcome<Nothing> update(AccountContext context, Change change) {
        Optional<String> email = change.email().map(Names::lower).filter(text -> !text.isEmpty());
        List<Invalid> invalid = new ArrayList<>();
        Names.DISPLAY_NAME.broken(change.displayName()).ifPresent(invalid::add);
        Names.BIO.broken(change.bio()).ifPresent(invalid::add);
        email.flatMap(Names::brokenEmail).ifPresent(invalid::add);
        change.language().flatMap(Names::brokenLanguage).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return Outcome.rejected(List.copyOf(invalid));
        }
        Account account = context.acting();
        String newName = Text.clean(change.displayName());
        Optional<String> newBio = Optional.of(Text.clean(change.bio())).filter(bio -> !bio.isEmpty());
        Optional<String> newEmail = context.isSubAccount() ? email : account.email();
        return save(context, newName, newBio, newEmail, change.language());
    }

    private Outcome<Nothing> save(
            AccountContext context,
            String newName,
            Optional<String> newBio,
            Optional<String> newEmail,
            Optional<String> newLanguage) {
        Account account = context.acting();
        return database.write(tx -> {
            var store = new AccountStore(tx);
            Optional<Language> before = language(tx, account);
            Optional<Language> language = newLanguage.map(Language::of).orElse(before);
            boolean same = store.find(account.id())
                    .filter(now -> now.displayName().equals(newName)
                            && now.bio().equals(newBio)
                            && now.email().equals(newEmail))
                    .isPresent();
            if (same && language.equals(before)) {
                return Outcome.done();
            }
            store.setProfile(account.owner(), newName, newBio, newEmail, clock.instant());
            store.setLanguage(account.owner(), language, clock.instant());
            audit.note(tx, context.actor(), account, "ProfileUpdated", Map.of("displayName", newName));
            tx.afterCommit(() -> changed.fire(new AccountChanged(account.id(), account.username())));
            return Outcome.done();
        });
    }
}
