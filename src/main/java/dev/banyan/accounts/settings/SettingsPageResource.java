package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.HiddenAreas;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.Navigation;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SettingsPage.SessionRow;
import dev.banyan.accounts.settings.SettingsPage.TwoStep;
import dev.banyan.accounts.settings.SignInChanges.EmailChanged;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Language;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The settings of the current account: its profile and, for the person's own account, how they sign in. People without
/// an account of their own see only the latter.
@Path(SettingsPageResource.PATH)
@RunOnVirtualThread
class SettingsPageResource {

    static final String PATH = "/admin/settings";
    private static final String LINK_MAILED = "We’ll email a link there. Open it to finish the change.";
    private static final String LINK_FROM_OPERATORS =
            "This server can’t send email. Ask the people who run it for the link that finishes the change.";
    private static final String WRONG_PASSWORDS = "Too many wrong passwords.";

    private final Profiles profiles;
    private final SignInChanges changes;
    private final SecondFactors factors;
    private final LoginSessions sessions;
    private final Devices devices;
    private final HiddenAreas hiddenAreas;
    private final Settings settings;
    private final ServerMail serverMail;

    SettingsPageResource(
            Profiles profiles,
            SignInChanges changes,
            SecondFactors factors,
            LoginSessions sessions,
            Devices devices,
            HiddenAreas hiddenAreas,
            Settings settings,
            ServerMail serverMail) {
        this.profiles = profiles;
        this.changes = changes;
        this.factors = factors;
        this.sessions = sessions;
        this.devices = devices;
        this.hiddenAreas = hiddenAreas;
        this.settings = settings;
        this.serverMail = serverMail;
    }

    @GET
    public Response show(@Context SignedInPage page) {
        return Html.ok(page(page, UnaryOperator.identity(), FieldErrors.NONE, Optional.empty()));
    }

    /// @param typed puts what was typed over what is stored
    private SettingsPage page(
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
                profile.flatMap(Profiles.Profile::language).map(Language::code).orElse(""),
                ReaderZone.name(),
                page.self().context().map(profiles::zone).orElse(""));
        return new SettingsPage(
                page.frame("Settings"),
                managed,
                profile.map(shown -> settings.publicHost() + "/" + shown.username()),
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
                .filter(SettingsPageResource::mayChooseAreas)
                .map(context -> {
                    Set<Area> hidden = hiddenAreas.of(context);
                    return Arrays.stream(NavItem.values())
                            .filter(item -> item.area().isPresent() && Navigation.has(context, item))
                            .map(item -> new SettingsPage.AreaChoice(
                                    item.area().get().key(),
                                    item.label(),
                                    !hidden.contains(item.area().get())))
                            .toList();
                })
                .orElse(List.of());
    }

    private static boolean mayChooseAreas(AccountContext context) {
        return !context.isSubAccount() && context.membership().isOwner();
    }

    @POST
    @Path("navigation")
    public Response saveNavigation(@Context AccountPage page, @FormParam("shown") List<String> shown) {
        hiddenAreas.show(page.context(), Area.all(String.join(" ", shown)));
        return saved(page.person().self(), "navigation-saved");
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

    @POST
    @Path("profile")
    public Response saveProfile(
            @Context AccountPage page,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("bio") @DefaultValue("") String bio,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("language") Optional<String> language,
            @FormParam("accountZone") Optional<String> accountZone) {
        var change = new Profiles.Change(
                displayName, bio, Optional.of(email).filter(_ -> page.context().isSubAccount()), language);
        return change(
                page.person(),
                accountZone
                        .filter(_ -> !page.context().isSubAccount())
                        .map(zone -> profiles.setZone(page.context(), zone))
                        .orElseGet(Outcome::done)
                        .then(_ -> profiles.update(page.context(), change)),
                _ -> "profile-saved",
                WRONG_PASSWORDS,
                stored -> new SettingsPage.Values(
                        displayName,
                        bio,
                        email,
                        "",
                        stored.name(),
                        stored.phoneNumber(),
                        language.orElse(stored.language()),
                        stored.timeZone(),
                        accountZone.orElse(stored.accountZone())));
    }

    @POST
    @Path("email")
    public Response saveEmail(
            @Context SignedInPage page,
            @FormParam("newEmail") @DefaultValue("") String newEmail,
            @FormParam("password") @DefaultValue("") String password) {
        return switch (changes.changeEmail(page.self(), newEmail, password)) {
            case EmailChanged.Asked _ ->
                saved(page.self(), serverMail.isConnected() ? "email-saved" : "email-saved-unmailed");
            case EmailChanged.TooManyEmails(Duration wait) ->
                refused(page, new Refusal.TooMany(wait), "Too many email changes.", UnaryOperator.identity());
            case EmailChanged.Refused(Refusal refusal) ->
                refused(page, refusal, stored -> stored.withNewEmail(newEmail));
        };
    }

    @POST
    @Path("email/link")
    @WithFormRead
    public Response mailLinkAgain(@Context SignedInPage page) {
        return mailLink(page, changes.mailLinkAgain(page.self()));
    }

    @POST
    @Path("email/change/link")
    @WithFormRead
    public Response mailChangeLinkAgain(@Context SignedInPage page) {
        return mailLink(page, changes.mailChangeLinkAgain(page.self()));
    }

    private Response mailLink(SignedInPage page, Outcome<Nothing> mailed) {
        return change(page, mailed, _ -> "link-mailed", "Too many links sent.", UnaryOperator.identity());
    }

    @POST
    @Path("email/change/cancel")
    @WithFormRead
    public Response cancelEmailChange(@Context SignedInPage page) {
        return change(page, changes.cancelChange(page.self()), "email-cancelled");
    }

    @POST
    @Path("password")
    public Response savePassword(
            @Context SignedInPage page,
            @FormParam("currentPassword") @DefaultValue("") String currentPassword,
            @FormParam("newPassword") @DefaultValue("") String newPassword) {
        Optional<String> session = LoginSessions.hashOf(page.call().caller());
        return change(
                page, changes.changePassword(page.self(), session, currentPassword, newPassword), "password-saved");
    }

    @POST
    @Path("name")
    public Response saveName(
            @Context SignedInPage page,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("timeZone") Optional<String> timeZone) {
        return change(
                page,
                changes.changeName(page.self(), name, timeZone),
                _ -> "name-saved",
                WRONG_PASSWORDS,
                stored -> stored.withName(name, timeZone.orElse(stored.timeZone())));
    }

    @POST
    @Path("phone")
    public Response savePhone(
            @Context SignedInPage page, @FormParam("phoneNumber") @DefaultValue("") String phoneNumber) {
        return change(
                page,
                changes.changePhone(page.self(), phoneNumber),
                phone -> phone.isPresent() ? "phone-saved" : "phone-removed",
                WRONG_PASSWORDS,
                stored -> stored.withPhone(phoneNumber));
    }

    @POST
    @Path("sessions/end")
    public Response endSession(@Context SignedInPage page, @FormParam("session") @DefaultValue("") String session) {
        return own(page, person -> sessions.end(person, session), "session-ended");
    }

    @POST
    @Path("sessions/end-others")
    @WithFormRead
    public Response endOtherSessions(@Context SignedInPage page) {
        return own(page, person -> sessions.endOthers(person, page.call().caller()), "sessions-ended");
    }

    @POST
    @Path("device-mails")
    public Response deviceMails(@Context SignedInPage page, @FormParam("on") @DefaultValue("") String on) {
        boolean wanted = on.equals("true");
        return own(page, person -> devices.setMails(person, wanted), wanted ? "device-mails-on" : "device-mails-off");
    }

    private Response own(SignedInPage page, Consumer<IdentityId> work, String done) {
        Outcome<Nothing> changed = SignInChanges.own(page.self(), () -> {
            work.accept(page.self().identity());
            return Outcome.done();
        });
        return change(page, changed, done);
    }

    private Response change(SignedInPage page, Outcome<Nothing> changed, String done) {
        return change(page, changed, _ -> done, WRONG_PASSWORDS, UnaryOperator.identity());
    }

    private <T> Response change(
            SignedInPage page,
            Outcome<T> changed,
            Function<T, String> done,
            String tooMany,
            UnaryOperator<SettingsPage.Values> typed) {
        return changed.fold(
                value -> saved(page.self(), done.apply(value)), refusal -> refused(page, refusal, tooMany, typed));
    }

    private static Response saved(SignedInPerson self, String done) {
        return Html.seeOther(self.pathTo(PATH, done));
    }

    private Response refused(SignedInPage page, Refusal refusal, UnaryOperator<SettingsPage.Values> typed) {
        return refused(page, refusal, WRONG_PASSWORDS, typed);
    }

    private Response refused(
            SignedInPage page, Refusal refusal, String tooMany, UnaryOperator<SettingsPage.Values> typed) {
        return SignInAnswers.page(
                page.self(),
                refusal,
                tooMany,
                invalid -> Html.invalid(page(page, typed, FieldErrors.from(invalid), Optional.empty())),
                (status, problem) -> Html.answer(
                        status, page(page, UnaryOperator.identity(), FieldErrors.NONE, Optional.of(problem))));
    }
}
