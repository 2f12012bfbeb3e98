package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import jakarta.inject.Singleton;

/// The mails about a forgotten password, and the link that operators pass on instead.
@Singleton
public record PasswordResetMails(Mails mails, Settings settings) {

    void noPassword(Tx tx, String email, String path) {
        mails.send(tx, MailKind.SIGN_IN, email, "How you sign in to Banyan", """
                We got a request to reset the password of %s.

                You have no password here. Sign in with single sign-on:
                %s%s

                If it wasn't you, ignore this email.
                """.formatted(
                        email, settings.baseUrl(), path));
    }

    void code(Tx tx, String email, String code) {
        mails.send(tx, MailKind.SIGN_IN, email, "Your code to reset your Banyan password: " + code, """
                We got a request to reset the password of %s.

                Your code is %s
                Enter it here with your new password:
                %s/reset-password

                The code works once, for one hour. If it wasn't you, ignore this email. Your password won't change.
                """.formatted(
                        email, code, settings.baseUrl()));
    }

    void changed(Tx tx, String email) {
        mails.send(tx, MailKind.SIGN_IN, email, "Your Banyan password was changed", """
                Your Banyan password was reset with a code we emailed you. We signed you out on every device.

                If it wasn't you, someone can read your email. Contact the people who run this server right away.
                """);
    }

    String link(String email, String code) {
        return settings.baseUrl() + "/reset-password?email=" + URLEncoder.encode(email, StandardCharsets.UTF_8)
                + "&code=" + code;
    }
}
