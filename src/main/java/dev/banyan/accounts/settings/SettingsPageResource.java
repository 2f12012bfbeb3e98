package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.HiddenAreas;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.Navigation;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SettingsPage.SessionRow;
import dev.banyan.accounts.settings.SettingsPage.TwoStep;
import dev.banyan.accounts.settings.SignInChanges.EmailChanged;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The settings of the current account: its profile and, for the person's own account, how they sign in. People without
/// an account of their own see only the latter.
@Path(SettingsPageResource.PATH)
@RunOnVirtualThread
class SettingsPageResource {

    static final String PATH = "/admin/settings";
    private static final String WRONG_PASSWORDS = "Too many wrong passwords.";

    private final AccountGuard acting;
    private final Profiles profiles;
    private final SignInChanges changes;
    private final SecondFactors factors;
    private final LoginSessions sessions;
    private final Devices devices;
    private final PageFrames shells;
    private final HiddenAreas hiddenAreas;
    private final Settings settings;

    SettingsPageResource(
            AccountGuard acting,
            Profiles profiles,
            SignInChanges changes,
            SecondFactors factors,
            LoginSessions sessions,
            Devices devices,
            PageFrames shells,
            HiddenAreas hiddenAreas,
            Settings settings) {
        this.acting = acting;
        this.profiles = profiles;
        this.changes = changes;
        this.factors = factors;
        this.sessions = sessions;
        this.devices = devices;
        this.shells = shells;
        this.hiddenAreas = hiddenAreas;
        this.settings = settings;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.settings(
                call,
                Optional.empty(),
                self -> Html.ok(page(call, self, UnaryOperator.identity(), FieldErrors.NONE, Optional.empty())));
    }

    /// @param typed puts what was typed over what is stored
    private SettingsPage page(
            Call call,
            SignedInPerson self,
            UnaryOperator<SettingsPage.Values> typed,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        Optional<Profiles.Profile> profile = self.context().map(profiles::of);
        boolean managed = self.managedBy().isPresent();
        Optional<SignInChanges.Now> now =
                managed ? Optional.empty() : Optional.of(changes.of(self.identity())); // a sub-account has no sign-in
        var stored = new SettingsPage.Values(
                profile.map(Profiles.Profile::displayName).orElse(""),
                profile.flatMap(Profiles.Profile::bio).orElse(""),
                profile.flatMap(Profiles.Profile::email).filter(_ -> managed).orElse(""),
                "",
                now.flatMap(SignInChanges.Now::name).orElse(""),
                now.flatMap(SignInChanges.Now::phone).orElse(""));
        return new SettingsPage(
                shells.of(call, self, "Settings"),
                managed,
                profile.map(shown -> settings.publicHost() + "/" + shown.username()),
                now.map(SignInChanges.Now::email).orElse(""),
                now.map(SignInChanges.Now::emailConfirmed).orElse(false),
                now.flatMap(SignInChanges.Now::wanted),
                typed.apply(stored),
                TwoStep.of(managed ? SecondFactor.NONE : factors.of(self.identity())),
                managed ? List.of() : sessionRows(call, self),
                !managed && devices.mailsWanted(self.identity()),
                self.context()
                        .filter(context -> context.membership().isOwner() && !context.isSubAccount())
                        .filter(context -> context.root().checklistHidden())
                        .isPresent(),
                areas(self),
                settings.smtp().isPresent(),
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
    public Response saveNavigation(
            @Context Call call, @FormParam("as") @DefaultValue("") String as, @FormParam("shown") List<String> shown) {
        return acting.page(call, Optional.of(as), context -> {
            hiddenAreas.show(context, Area.all(String.join(" ", shown)));
            return saved(SignedInPerson.of(context), "navigation-saved");
        });
    }

    private List<SessionRow> sessionRows(Call call, SignedInPerson self) {
        String own = LoginSessions.hashOf(call.caller()).orElse("");
        return sessions.of(self.identity()).stream()
                .map(open -> new SessionRow(
                        open.id(),
                        DeviceWords.of(open.userAgent()),
                        open.network().isEmpty() ? "an unknown network" : open.network(),
                        DeviceWords.at(open.since()),
                        DeviceWords.at(open.usedAt()),
                        open.id().equals(own)))
                .toList();
    }

    @POST
    @Path("profile")
    public Response saveProfile(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("bio") @DefaultValue("") String bio,
            @FormParam("email") @DefaultValue("") String email) {
        return acting.page(call, Optional.of(as), context -> {
            SignedInPerson self = SignedInPerson.of(context);
            var change =
                    new Profiles.Change(displayName, bio, Optional.of(email).filter(_ -> context.isSubAccount()));
            return profiles.update(context, change)
                    .fold(
                            _ -> saved(self, "profile-saved"),
                            refusal -> refused(
                                    call,
                                    self,
                                    refusal,
                                    stored -> new SettingsPage.Values(
                                            displayName, bio, email, "", stored.name(), stored.phoneNumber())));
        });
    }

    @POST
    @Path("email")
    public Response saveEmail(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("newEmail") @DefaultValue("") String newEmail,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.settings(call, Optional.of(as), self -> switch (changes.changeEmail(self, newEmail, password)) {
            case EmailChanged.Asked _ -> saved(self, "email-saved");
            case EmailChanged.TooManyEmails(Duration wait) ->
                refused(call, self, new Refusal.TooMany(wait), "Too many email changes.", UnaryOperator.identity());
            case EmailChanged.Refused(Refusal refusal) ->
                refused(call, self, refusal, stored -> stored.withNewEmail(newEmail));
        });
    }

    @POST
    @Path("email/link")
    public Response mailLinkAgain(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return mailLink(call, as, changes::mailLinkAgain);
    }

    @POST
    @Path("email/change/link")
    public Response mailChangeLinkAgain(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return mailLink(call, as, changes::mailChangeLinkAgain);
    }

    private Response mailLink(Call call, String as, Function<SignedInPerson, Outcome<Nothing>> work) {
        return change(call, as, work, _ -> "link-mailed", "Too many links sent.", UnaryOperator.identity());
    }

    @POST
    @Path("email/change/cancel")
    public Response cancelEmailChange(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return change(call, as, changes::cancelChange, "email-cancelled");
    }

    @POST
    @Path("password")
    public Response savePassword(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("currentPassword") @DefaultValue("") String currentPassword,
            @FormParam("newPassword") @DefaultValue("") String newPassword) {
        Optional<String> session = LoginSessions.hashOf(call.caller());
        return change(
                call,
                as,
                self -> changes.changePassword(self, session, currentPassword, newPassword),
                "password-saved");
    }

    @POST
    @Path("name")
    public Response saveName(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name) {
        return change(
                call,
                as,
                self -> changes.changeName(self, name),
                _ -> "name-saved",
                WRONG_PASSWORDS,
                stored -> stored.withName(name));
    }

    @POST
    @Path("phone")
    public Response savePhone(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phoneNumber") @DefaultValue("") String phoneNumber) {
        return change(
                call,
                as,
                self -> changes.changePhone(self, phoneNumber),
                phone -> phone.isPresent() ? "phone-saved" : "phone-removed",
                WRONG_PASSWORDS,
                stored -> stored.withPhone(phoneNumber));
    }

    @POST
    @Path("sessions/end")
    public Response endSession(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("session") @DefaultValue("") String session) {
        return own(call, as, self -> sessions.end(self.identity(), session), "session-ended");
    }

    @POST
    @Path("sessions/end-others")
    public Response endOtherSessions(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return own(call, as, self -> sessions.endOthers(self.identity(), call.caller()), "sessions-ended");
    }

    @POST
    @Path("device-mails")
    public Response deviceMails(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("on") @DefaultValue("") String on) {
        boolean wanted = on.equals("true");
        return own(
                call,
                as,
                self -> devices.setMails(self.identity(), wanted),
                wanted ? "device-mails-on" : "device-mails-off");
    }

    private Response own(Call call, String as, Consumer<SignedInPerson> work, String done) {
        return change(
                call,
                as,
                self -> SignInChanges.own(self, () -> {
                    work.accept(self);
                    return Outcome.done();
                }),
                done);
    }

    private Response change(Call call, String as, Function<SignedInPerson, Outcome<Nothing>> work, String done) {
        return change(call, as, work, _ -> done, WRONG_PASSWORDS, UnaryOperator.identity());
    }

    private <T> Response change(
            Call call,
            String as,
            Function<SignedInPerson, Outcome<T>> work,
            Function<T, String> done,
            String tooMany,
            UnaryOperator<SettingsPage.Values> typed) {
        return acting.settings(
                call,
                Optional.of(as),
                self -> work.apply(self)
                        .fold(
                                value -> saved(self, done.apply(value)),
                                refusal -> refused(call, self, refusal, tooMany, typed)));
    }

    private static Response saved(SignedInPerson self, String done) {
        return Html.seeOther(self.pathTo(PATH, done));
    }

    private Response refused(
            Call call, SignedInPerson self, Refusal refusal, UnaryOperator<SettingsPage.Values> typed) {
        return refused(call, self, refusal, WRONG_PASSWORDS, typed);
    }

    private Response refused(
            Call call, SignedInPerson self, Refusal refusal, String tooMany, UnaryOperator<SettingsPage.Values> typed) {
        return SignInAnswers.page(
                self,
                refusal,
                tooMany,
                invalid -> Html.invalid(page(call, self, typed, FieldErrors.from(invalid), Optional.empty())),
                (status, problem) -> Html.answer(
                        status, page(call, self, UnaryOperator.identity(), FieldErrors.NONE, Optional.of(problem))));
    }
}
