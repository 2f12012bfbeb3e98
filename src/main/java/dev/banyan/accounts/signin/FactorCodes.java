package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore;
import dev.banyan.accounts.signin.factors.AwaitedFactorStore.Awaited;
import dev.banyan.accounts.signin.factors.FactorSeals;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.accounts.signin.factors.SecondFactorStore;
import dev.banyan.accounts.signin.factors.ShortCodes;
import dev.banyan.accounts.signin.factors.TotpCodes;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// The codes that complete a sign-in: mailed ones, those of an app, and backup codes.
@Singleton
public record FactorCodes(SealedSecrets secrets, Mails mails, Clock clock) {

    private static String ofMailedCode(String idHash) {
        return "sign-in code " + idHash;
    }

    /// Mails a code for one sign-in.
    ///
    /// @param idHash of the sign-in
    /// @return false if the last one was mailed a moment ago
    boolean mail(Tx tx, Identity person, String idHash) {
        String code = ShortCodes.digits();
        String stamp = secrets.stamp(code, ofMailedCode(idHash));
        Instant now = clock.instant();
        if (!new AwaitedFactorStore(tx).putCode(idHash, stamp, now, now.minus(AwaitedFactors.COOLDOWN))) {
            return false;
        }
        mails.send(tx, MailKind.SIGN_IN, person.email(), "Your Banyan code: " + code, """
                Your code to sign in to Banyan is %s

                The code works for 10 minutes. If you're not signing in, someone has your password. Change it now.
                """.formatted(code));
        return true;
    }

    /// Tries the mailed code, then the app's, then the backup codes, regardless of the kind that the person named.
    boolean isRight(Tx tx, IdentityId id, SecondFactor factor, Awaited awaited, String hash, String code) {
        if (factor.email()
                && awaited.codeHash()
                        .filter(stamp -> secrets.isStampOf(stamp, code, ofMailedCode(hash)))
                        .isPresent()) {
            return true;
        }
        var store = new SecondFactorStore(tx);
        OptionalLong step = factor.totpSecret()
                .map(kept -> secrets.open(kept, FactorSeals.ofApp(id)))
                .map(opened -> opened instanceof SealedSecrets.Opened.Done done
                        ? TotpCodes.step(done.secret(), code, clock.instant())
                        : OptionalLong.empty())
                .orElse(OptionalLong.empty());
        if (step.isPresent()) {
            return store.acceptStep(id, step.getAsLong());
        }
        return store.backupCodes(id).stream()
                .filter(stamp -> secrets.isStampOf(stamp, code, FactorSeals.ofBackupCode(id)))
                .findFirst()
                .filter(stamp -> store.useBackupCode(id, stamp))
                .isPresent();
    }

    /// Tells the person that someone knows their password.
    void warn(Tx tx, Identity person) {
        mails.send(tx, MailKind.SIGN_IN, person.email(), "Someone tried to sign in to your account", """
                Someone entered your Banyan password, then five wrong codes. We didn't let them in.

                If it wasn't you, change your password now.
                """);
    }
}
