package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.HiddenAreas;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.Navigation;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SettingsPage.SessionRow;
import dev.banyan.accounts.settings.SettingsPage.TwoStep;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.Language;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Draws the settings of a person and of the account that they act for.
@Singleton
record SettingsPages(
        Profiles profiles,
        SignInChanges changes,
        SecondFactors factors,
        LoginSessions sessions,
        Devices devices,
        HiddenAreas hiddenAreas,
        ServerMail serverMail) {

    private static final String LINK_MAILED = "We’ll email a link there. Open it to finish the change.";
    private static final String LINK_FROM_OPERATORS =
            "This server can’t send email. Ask the people who run it for the link that finishes the change.";

    /// @param typed puts what was typed over what is stored
    SettingsPage of(
            SignedInPage page,
            UnaryOperator<SettingsPage.Values> typed,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        Optional<Profiles.Profile> profile = page.self().context().map(profiles::of);
        boolean managed = page.self().managedBy().isPresent();
        Optional<SignInChanges.Now> now = managed
                ? Optional.empty()
                : Optional.of(changes.of(page.self().identity())); // a sub-account has no sign-in
        var stored = new SettingsPage.Values(
                profile.map(Profiles.Profile::displayName).orElse(""),
                profile.flatMap(Profiles.Profile::bio).orElse(""),
                profile.flatMap(Profiles.Profile::email).filter(_ -> managed).orElse(""),
                "",
                now.flatMap(SignInChanges.Now::name).orElse(""),
                now.flatMap(SignInChanges.Now::phone).orElse(""),
                profile.flatMap(Profiles.Profile::language)
                        .map(spoken -> spoken.code)
                        .orElse(""),
                ReaderZone.name(),
                page.self().context().map(profiles::zone).orElse(""));
        return new SettingsPage(
                page.frame("Settings"),
                managed,
                page.self().context().map(profiles::address),
                page.self().context().filter(Usernames::mayChange).isPresent(),
                now.map(SignInChanges.Now::email).orElse(""),
                now.map(SignInChanges.Now::emailConfirmed).orElse(false),
                now.flatMap(SignInChanges.Now::wanted),
                typed.apply(stored),
                List.of(Language.values()),
                TimeZones.with(""),
                TwoStep.of(managed ? SecondFactor.NONE : factors.of(page.self().identity())),
                managed ? List.of() : sessionRows(page),
                !managed && devices.mailsWanted(page.self().identity()),
                page.self()
                        .context()
                        .filter(context -> context.membership().isOwner() && !context.isSubAccount())
                        .filter(context -> context.root().checklistHidden())
                        .isPresent(),
                areas(page.self()),
                serverMail.isConnected(),
                serverMail.isConnected() ? LINK_MAILED : LINK_FROM_OPERATORS,
                errors,
                problem);
    }

    private List<SettingsPage.AreaChoice> areas(SignedInPerson self) {
        return self.context()
                .filter(SettingsPages::mayChooseAreas)
                .map(context -> {
                    Set<Area> hidden = hiddenAreas.of(context);
                    return Arrays.stream(NavItem.values())
                            .filter(item -> item.area.isPresent() && Navigation.has(context, item))
                            .map(item -> new SettingsPage.AreaChoice(
                                    item.area.get().key(), item.label, !hidden.contains(item.area.get())))
                            .toList();
                })
                .orElse(List.of());
    }

    private static boolean mayChooseAreas(AccountContext context) {
        return !context.isSubAccount() && context.membership().isOwner();
    }

    private List<SessionRow> sessionRows(SignedInPage page) {
        String own = LoginSessions.hashOf(page.call().caller()).orElse("");
        return sessions.of(page.self().identity()).stream()
                .map(open -> new SessionRow(
                        open.id(),
                        DeviceWords.of(open.userAgent()),
                        open.network().isEmpty() ? "an unknown network" : open.network(),
                        Words.time(open.since()),
                        Words.time(open.usedAt()),
                        Words.moment(open.usedAt()),
                        open.id().equals(own)))
                .toList();
    }
}
