package dev.banyan.accounts;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.signin.AwaitedFactors;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.accounts.signin.FactorCodes;
import dev.banyan.accounts.signin.Logins;
import dev.banyan.accounts.signin.Logins.LoggedIn;
import dev.banyan.accounts.signin.PasswordResetMails;
import dev.banyan.accounts.signin.PasswordResets;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.accounts.signin.SignInElsewhere;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.accounts.signin.factors.Passkeys;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.enterprise.context.Dependent;

/// The sign-in operations of the shared test server, with rate limits that start from zero for each test.
@Dependent
public class LimitedDoors {

    public static final Actor HONEST = new Actor(Optional.empty(), "198.51.100.9");

    private final Logins logins;
    private final AwaitedFactors awaited;
    private final PasswordResets resets;

    LimitedDoors(
            Database database,
            Passwords passwords,
            SealedSecrets secrets,
            Passkeys passkeys,
            SignInElsewhere elsewhere,
            SignIns signIns,
            Devices devices,
            Mails mails,
            Settings settings,
            Audit audit,
            TestClock clock) {
        RateLimits limits = TestLimits.on(clock);
        this.awaited = new AwaitedFactors(
                database, new FactorCodes(secrets, mails, clock), signIns, devices, passkeys, elsewhere, limits, clock);
        this.logins = new Logins(database, passwords, signIns, awaited, devices, elsewhere, limits, clock);
        this.resets = new PasswordResets(
                database, passwords, secrets, new PasswordResetMails(mails, settings), elsewhere, limits, audit, clock);
    }

    /// Returns a different address for each guess.
    public static Actor guesser(int guess) {
        return new Actor(Optional.empty(), "203.0.%d.%d".formatted(guess / 250, guess % 250 + 1));
    }

    public static Device newDevice() {
        return new Device(Digests.newToken(), false, "Firefox", "198.51.100.x");
    }

    public Logins logins() {
        return logins;
    }

    public AwaitedFactors awaited() {
        return awaited;
    }

    public PasswordResets resets() {
        return resets;
    }

    /// Enters a correct password, so that a code is required next.
    public String begin(Actor actor, TestWorld.Person person) {
        return switch (logins.login(actor, newDevice(), person.email(), TestWorld.PASSWORD)) {
            case LoggedIn.SecondStep step -> step.asked().session();
            case LoggedIn other -> throw new AssertionError("No second step: " + other);
        };
    }
}
