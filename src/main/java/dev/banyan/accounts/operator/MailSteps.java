package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.checklist.FirstStep;
import dev.banyan.accounts.checklist.FirstStep.Place;
import dev.banyan.accounts.checklist.FirstSteps;
import dev.banyan.accounts.checklist.Viewer;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.ServerMail;
import jakarta.inject.Singleton;

/// The mail server, for those who run this server.
@Singleton
record MailSteps(ServerMail serverMail) implements FirstSteps {

    @Override
    public List<FirstStep> of(Tx tx, Viewer viewer) {
        return viewer.operator()
                ? List.of(new FirstStep(
                        Place.MAIL,
                        "Connect a mail server",
                        "Until then, invitations and password resets aren't sent.",
                        "Connect",
                        OperatorMailPageResource.SERVER,
                        serverMail.isConnected()))
                : List.of();
    }
}
