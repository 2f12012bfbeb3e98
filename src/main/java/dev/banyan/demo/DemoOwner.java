package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.Registrations;
import dev.banyan.accounts.signin.Registrations.Registered;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.demo.DemoFile.Login;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import jakarta.inject.Singleton;

/// The owner of the sample agency, who signs in to fill it, and out again.
@Singleton
record DemoOwner(
        Registrations registrations,
        Logins logins,
        LoginSessions sessions,
        Subscriptions subscriptions,
        Contexts contexts) {

    /// Registers the owner with a plan that has room for brands.
    ///
    /// @param work gets the context of an account of theirs by its username
    void register(Login owner, String name, Consumer<Function<String, AccountContext>> work) {
        var registered = registrations.create(
                Actor.SERVER, owner.email(), owner.username().orElseThrow(), name, owner.password(), true);
        if (registered instanceof Registered.Welcome welcome) {
            subscriptions.give(
                    Actor.SERVER,
                    welcome.account(),
                    new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), Map.of(Pack.TEN, 1)));
            signedIn(welcome.identity(), welcome.session(), acting -> {
                work.accept(acting);
                return true;
            });
        }
    }

    /// @return empty if they have another password by now
    <R> Optional<R> signIn(Login owner, Function<Function<String, AccountContext>, R> work) {
        return logins.login(Actor.SERVER, owner.email(), owner.password()) instanceof LoggedIn.Welcome welcome
                ? Optional.of(signedIn(welcome.identity(), welcome.session(), work))
                : Optional.empty();
    }

    private <R> R signedIn(
            IdentityId identity, LoginSessions.Opened session, Function<Function<String, AccountContext>, R> work) {
        var caller = new Caller.SignedIn(identity, Digests.sha256Hex(session.token()));
        R result = work.apply(username -> context(caller, username));
        sessions.close(caller);
        return result;
    }

    private AccountContext context(Caller caller, String username) {
        if (contexts.resolve(caller, Actor.SERVER, Optional.of(username))
                instanceof Contexts.Resolved.Found(AccountContext context)) {
            return context;
        }
        throw new IllegalStateException("The sample account " + username + " cannot be reached");
    }
}
