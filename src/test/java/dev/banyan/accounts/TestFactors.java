package dev.banyan.accounts;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SecondFactors;
import dev.banyan.accounts.signin.PasswordResets;
import dev.banyan.accounts.signin.factors.FactorKind;
import dev.banyan.platform.outcome.Outcome;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import jakarta.enterprise.context.Dependent;

/// People who sign in with a second factor, and the codes shown by their apps and in their mails.
@Dependent
public class TestFactors {

    private static final Pattern CODE = Pattern.compile("is ([0-9]{6})");
    private static final long PERIOD_SECONDS = 30;

    private final TestWorld world;
    private final SecondFactors factors;
    private final PasswordResets resets;
    private final TestClock clock;

    TestFactors(TestWorld world, SecondFactors factors, PasswordResets resets, TestClock clock) {
        this.world = world;
        this.factors = factors;
        this.resets = resets;
        this.clock = clock;
    }

    /// Sets up an app whose first code was used a minute ago.
    ///
    /// @return its secret
    public String app(TestWorld.Person person) {
        return with(person, FactorKind.TOTP).app().orElseThrow().secret();
    }

    /// Sets up an app and returns its backup codes, too.
    public SecondFactors.Ready with(TestWorld.Person person, FactorKind kind) {
        SignedInPerson self = SignedInPerson.of(world.context(person));
        world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
        if (!(factors.setUp(self, kind, TestWorld.PASSWORD) instanceof Outcome.Done<SecondFactors.Ready>(var ready))) {
            throw new AssertionError(person.username() + " cannot set up " + kind);
        }
        String proof = ready.app().map(app -> code(app.secret())).orElseGet(() -> mailed(person.email()));
        if (!(factors.enable(self, kind, proof) instanceof Outcome.Done)) {
            throw new AssertionError(person.username() + " cannot enable " + kind);
        }
        clock.forward(Duration.ofMinutes(1));
        return ready;
    }

    public List<String> mails(TestWorld.Person person) {
        return with(person, FactorKind.EMAIL).backupCodes();
    }

    public String both(TestWorld.Person person) {
        return with(person, FactorKind.BOTH).app().orElseThrow().secret();
    }

    public String code(String secret) {
        return code(secret, 0);
    }

    /// @param steps how far the clock of the app is ahead
    public String code(String secret, int steps) {
        try {
            return new DefaultCodeGenerator()
                    .generate(secret, clock.instant().getEpochSecond() / PERIOD_SECONDS + steps);
        } catch (CodeGenerationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Returns the code in the latest mail to this address.
    public String mailed(String email) {
        return newest(world.select(
                "SELECT body FROM mails WHERE recipient = ? AND body LIKE '%code%' ORDER BY id DESC", email));
    }

    /// Requests a code for a new password, and returns it from the mail.
    public String resetCode(String email) {
        if (!resets.send(email)) {
            throw new AssertionError("Nobody has " + email);
        }
        return newest(world.select(
                "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Your code to reset%' ORDER BY id DESC",
                email));
    }

    /// Returns the password reset codes of all mails, newest first.
    public List<String> resetCodes(String email) {
        return world
                .select(
                        "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Your code to reset%' ORDER BY id DESC",
                        email)
                .stream()
                .map(body -> newest(List.of(body)))
                .toList();
    }

    private static String newest(List<String> bodies) {
        return CODE.matcher(bodies.getFirst())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
