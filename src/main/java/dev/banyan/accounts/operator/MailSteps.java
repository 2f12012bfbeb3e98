package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.checklist.FirstStep;
import dev.banyan.accounts.checklist.FirstStep.Place;
import dev.banyan.accounts.checklist.FirstSteps;
import dev.banyan.accounts.checklist.Viewer;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// The mail server, for those who run this server.
@Singleton
final class MailSteps implements FirstSteps {

    private final Settings settings;

    MailSteps(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<FirstStep> of(Tx tx, Viewer viewer) {
        return viewer.operator()
                ? List.of(new FirstStep(
                        Place.MAIL,
                        "Connect a mail server",
                        "Until then, invitations and password resets aren't sent.",
                        "See settings",
                        "/operator/mail",
                        settings.smtp().isPresent()))
                : List.of();
    }
}
