package dev.banyan.accounts.settings;

import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SettingsPage.SessionRow;
import dev.banyan.accounts.settings.SettingsPage.TwoStep;
import dev.banyan.accounts.signin.DeviceWords;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.accounts.signin.factors.SecondFactor;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The settings of the current account: its profile and, for the person's own account, how they sign in. People without
/// an account of their own see only the latter.
@Path(SettingsPageResource.PATH)
@RunOnVirtualThread
class SettingsPageResource {

    static final String PATH = "/admin/settings";

    private final AccountGuard acting;
    private final Profiles profiles;
    private final SignInChanges changes;
    private final SecondFactors factors;
    private final LoginSessions sessions;
    private final Devices devices;
    private final PageFrames shells;
    private final Settings settings;

    SettingsPageResource(
            AccountGuard acting,
            Profiles profiles,
            SignInChanges changes,
            SecondFactors factors,
            LoginSessions sessions,
            Devices devices,
            PageFrames shells,
            Settings settings) {
        this.acting = acting;
        this.profiles = profiles;
        this.changes = changes;
        this.factors = factors;
        this.sessions = sessions;
        this.devices = devices;
        this.shells = shells;
        this.settings = settings;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.settings(call, Optional.empty(), self -> {
            Optional<Profiles.Profile> profile = profile(self);
            return Html.ok(page(call, self, profile, kept(self, profile), FieldErrors.NONE, Optional.empty()));
        });
    }

    private Optional<Profiles.Profile> profile(SignedInPerson self) {
        return self.context().map(profiles::of);
    }

    private SettingsPage page(
            Call call,
            SignedInPerson self,
            Optional<Profiles.Profile> profile,
            SettingsPage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        boolean managed = self.managedBy().isPresent();
        Optional<SignInChanges.Now> now =
                managed ? Optional.empty() : Optional.of(changes.of(self.identity())); // a sub-account has no sign-in
        return new SettingsPage(
                shells.of(call, self, "Settings"),
                managed,
                profile.map(shown -> settings.publicHost() + "/" + shown.username()),
                now.map(SignInChanges.Now::email).orElse(""),
                now.map(SignInChanges.Now::emailConfirmed).orElse(false),
                now.flatMap(SignInChanges.Now::wanted),
                values,
                TwoStep.of(managed ? SecondFactor.NONE : factors.of(self.identity())),
                managed ? List.of() : sessionRows(call, self),
                !managed && devices.mailsWanted(self.identity()),
                errors,
                problem);
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

    private SettingsPage.Values kept(SignedInPerson self, Optional<Profiles.Profile> profile) {
        boolean managed = self.managedBy().isPresent();
        return new SettingsPage.Values(
                profile.map(Profiles.Profile::displayName).orElse(""),
                profile.flatMap(Profiles.Profile::bio).orElse(""),
                profile.flatMap(Profiles.Profile::email).filter(_ -> managed).orElse(""),
                "",
                managed ? "" : changes.of(self.identity()).phone().orElse(""));
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
            return switch (profiles.update(context, change)) {
                case Profiles.Updated.Done _ -> saved(self, "profile-saved");
                case Profiles.Updated.Rejected rejected -> {
                    Optional<Profiles.Profile> profile = profile(self);
                    var typed = new SettingsPage.Values(
                            displayName, bio, email, "", kept(self, profile).phoneNumber());
                    yield Html.invalid(
                            page(call, self, profile, typed, FieldErrors.from(rejected.invalid()), Optional.empty()));
                }
            };
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
            case SignInChanges.Done _ -> saved(self, "email-saved");
            case SignInChanges.Managed managed -> managed(call, self, managed.parent());
            case SignInChanges.Rejected rejected -> again(call, self, newEmail, rejected.invalid());
            case SignInChanges.EmailTaken _ ->
                again(call, self, newEmail, new Invalid("newEmail", "Somebody signs in with this e-mail already."));
            case SignInChanges.WrongPassword _ ->
                again(call, self, newEmail, new Invalid("password", "That is not your password."));
            case SignInChanges.TooMany tooMany -> tooMany(call, self, tooMany.retryAfter());
            case SignInChanges.TooManyEmails tooMany ->
                problem(call, self, 429, "The e-mail was changed several times.", waitFor(tooMany.retryAfter()));
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

    private Response mailLink(Call call, String as, Function<SignedInPerson, SignInChanges.LinkMailed> work) {
        return acting.settings(call, Optional.of(as), self -> switch (work.apply(self)) {
            case SignInChanges.Done _ -> saved(self, "link-mailed");
            case SignInChanges.Managed managed -> managed(call, self, managed.parent());
            case SignInChanges.TooMany tooMany ->
                problem(call, self, 429, "The link was sent several times.", waitFor(tooMany.retryAfter()));
        });
    }

    @POST
    @Path("email/change/cancel")
    public Response cancelEmailChange(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return acting.settings(call, Optional.of(as), self -> switch (changes.cancelChange(self)) {
            case SignInChanges.Done _ -> saved(self, "email-cancelled");
            case SignInChanges.Managed managed -> managed(call, self, managed.parent());
        });
    }

    @POST
    @Path("password")
    public Response savePassword(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("currentPassword") @DefaultValue("") String currentPassword,
            @FormParam("newPassword") @DefaultValue("") String newPassword) {
        return acting.settings(call, Optional.of(as), self -> switch (changes.changePassword(
                self, LoginSessions.hashOf(call.caller()), currentPassword, newPassword)) {
            case SignInChanges.Done _ -> saved(self, "password-saved");
            case SignInChanges.Managed managed -> managed(call, self, managed.parent());
            case SignInChanges.Rejected rejected -> again(call, self, "", rejected.invalid());
            case SignInChanges.WrongPassword _ ->
                again(call, self, "", new Invalid("currentPassword", "That is not your password."));
            case SignInChanges.TooMany tooMany -> tooMany(call, self, tooMany.retryAfter());
        });
    }

    @POST
    @Path("phone")
    public Response savePhone(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phoneNumber") @DefaultValue("") String phoneNumber) {
        return acting.settings(call, Optional.of(as), self -> switch (changes.changePhone(self, phoneNumber)) {
            case SignInChanges.Done done -> saved(self, done.now().isPresent() ? "phone-saved" : "phone-removed");
            case SignInChanges.Managed managed -> managed(call, self, managed.parent());
            case SignInChanges.Rejected rejected -> {
                Optional<Profiles.Profile> profile = profile(self);
                SettingsPage.Values kept = kept(self, profile);
                var typed = new SettingsPage.Values(kept.displayName(), kept.bio(), "", "", phoneNumber);
                var errors = FieldErrors.from(List.of(rejected.invalid()));
                yield Html.invalid(page(call, self, profile, typed, errors, Optional.empty()));
            }
        });
    }

    @POST
    @Path("sessions/end")
    public Response endSession(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("session") @DefaultValue("") String session) {
        return ownSignIn(call, as, self -> {
            sessions.end(self.identity(), session);
            return saved(self, "session-ended");
        });
    }

    @POST
    @Path("sessions/end-others")
    public Response endOtherSessions(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return ownSignIn(call, as, self -> {
            sessions.endOthers(self.identity(), call.caller());
            return saved(self, "sessions-ended");
        });
    }

    @POST
    @Path("device-mails")
    public Response deviceMails(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("on") @DefaultValue("") String on) {
        return ownSignIn(call, as, self -> {
            boolean wanted = on.equals("true");
            devices.setMails(self.identity(), wanted);
            return saved(self, wanted ? "device-mails-on" : "device-mails-off");
        });
    }

    private Response ownSignIn(Call call, String as, Function<SignedInPerson, Response> work) {
        return acting.settings(
                call,
                Optional.of(as),
                self -> self.managedBy()
                        .map(parent -> managed(call, self, parent))
                        .orElseGet(() -> work.apply(self)));
    }

    private static Response saved(SignedInPerson self, String done) {
        return Html.seeOther(self.pathTo(PATH, done));
    }

    private Response again(Call call, SignedInPerson self, String newEmail, Invalid invalid) {
        Optional<Profiles.Profile> profile = profile(self);
        SettingsPage.Values kept = kept(self, profile);
        var typed = new SettingsPage.Values(kept.displayName(), kept.bio(), kept.email(), newEmail, kept.phoneNumber());
        return Html.invalid(page(call, self, profile, typed, FieldErrors.from(List.of(invalid)), Optional.empty()));
    }

    private Response tooMany(Call call, SignedInPerson self, Duration wait) {
        return problem(call, self, 429, "Too many wrong passwords.", waitFor(wait));
    }

    private static String waitFor(Duration wait) {
        return "Wait " + (wait.toMinutes() + 1) + " minutes and try again.";
    }

    /// Refuses a form that does not exist in a sub-account's context: it was forged, or drawn before the switch.
    private Response managed(Call call, SignedInPerson self, String parent) {
        return problem(call, self, 403, "Nothing was changed.", SignedInPerson.managedText(parent));
    }

    private Response problem(Call call, SignedInPerson self, int status, String title, String text) {
        Optional<Profiles.Profile> profile = profile(self);
        var problem = Optional.of(new FormProblem(title, text));
        return Html.answer(status, page(call, self, profile, kept(self, profile), FieldErrors.NONE, problem));
    }
}
