package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.Language;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import jakarta.inject.Singleton;

/// The mails to people whose registration waits.
@Singleton
public record RegistrationMails(Mails mails, Settings settings) {

    void confirmation(Tx tx, Workspace workspace, WaitingRegistration registration, String token) {
        Language language = workspace.brand().language();
        mails.sendFrom(
                tx,
                workspace,
                MailKind.CONFIRMATION,
                registration.email(),
                language.say("Confirm your email address for %s", workspace.name()),
                language.say("""
                        Someone registered in the workspace “%1$s” as “%2$s” with this email address.

                        If that was you, open this link to confirm your email address, then sign in with the password you chose:
                        %3$s

                        The link expires after 7 days. If it wasn't you, ignore this email: no account will be created.
                        """)
                        .formatted(
                                workspace.name(),
                                registration.username(),
                                WorkspacePaths.address(settings, workspace) + "/confirm/" + token));
    }

    void approved(Tx tx, Workspace workspace, WaitingRegistration registration) {
        Language language = workspace.brand().language();
        mails.sendFrom(
                tx,
                workspace,
                MailKind.NOTICE,
                registration.email(),
                language.say("You can sign in to %s", workspace.name()),
                language.say("""
                        An admin approved your registration in the workspace “%1$s”.

                        Sign in as “%2$s” with the password you chose:
                        %3$s

                        If you didn't register there, ignore this email.
                        """)
                        .formatted(
                                workspace.name(),
                                registration.username(),
                                WorkspacePaths.address(settings, workspace) + "/login"));
    }
}
