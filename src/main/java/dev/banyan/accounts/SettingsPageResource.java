package dev.banyan.accounts;

import dev.banyan.accounts.SettingsPage.SessionRow;
import dev.banyan.accounts.SettingsPage.TwoStep;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.NavItem;
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

/// Settings of the account that one acts for: its profile, and for one's own account how one signs in.
@Path("/admin/settings")
@RunOnVirtualThread
class SettingsPageResource {

    private final ActingAs acting;
    private final Profiles profiles;
    private final SignInChanges changes;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Devices devices;
    private final Shells shells;
    private final Settings settings;

    SettingsPageResource(
            ActingAs acting,
            Profiles profiles,
            SignInChanges changes,
            SecondFactors factors,
            Sessions sessions,
            Devices devices,
            Shells shells,
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
        return acting.page(call, context -> {
            Profiles.Profile profile = profiles.of(context);
            return Html.ok(page(call, context, profile, kept(context, profile), FieldErrors.NONE, Optional.empty()));
        });
    }

    private SettingsPage page(
            Call call,
            AccountContext context,
            Profiles.Profile profile,
            SettingsPage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        return new SettingsPage(
                shells.of(call, context, NavItem.SETTINGS, "Settings"),
                context.isSubAccount(),
                settings.publicHost() + "/" + profile.username(),
                context.isSubAccount() ? "" : profile.email().orElse(""),
                profile.emailConfirmed(),
                values,
                context.isSubAccount() ? TwoStep.of(SecondFactor.NONE) : TwoStep.of(factors.of(context.identity())),
                context.isSubAccount() ? List.of() : sessionRows(call, context),
                !context.isSubAccount() && devices.mailsWanted(context.identity()),
                errors,
                problem);
    }

    private List<SessionRow> sessionRows(Call call, AccountContext context) {
        String own = Sessions.hashOf(call.caller()).orElse("");
        return sessions.of(context.identity()).stream()
                .map(open -> new SessionRow(
                        open.id(),
                        DeviceWords.of(open.userAgent()),
                        open.network().isEmpty() ? "an unknown network" : open.network(),
                        DeviceWords.at(open.since()),
                        DeviceWords.at(open.usedAt()),
                        open.id().equals(own)))
                .toList();
    }

    private static SettingsPage.Values kept(AccountContext context, Profiles.Profile profile) {
        return new SettingsPage.Values(
                profile.displayName(),
                profile.bio().orElse(""),
                context.isSubAccount() ? profile.email().orElse("") : "",
                "",
                profile.phone().orElse(""));
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
            var change =
                    new Profiles.Change(displayName, bio, Optional.of(email).filter(_ -> context.isSubAccount()));
            return switch (profiles.update(context, change)) {
                case Profiles.Updated.Done _ -> saved(context, "profile-saved");
                case Profiles.Updated.Rejected rejected -> {
                    Profiles.Profile profile = profiles.of(context);
                    var typed = new SettingsPage.Values(
                            displayName, bio, email, "", profile.phone().orElse(""));
                    yield Html.invalid(page(
                            call, context, profile, typed, FieldErrors.from(rejected.invalid()), Optional.empty()));
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
        return acting.page(call, Optional.of(as), context -> switch (changes.changeEmail(context, newEmail, password)) {
            case SignInChanges.Done _ -> saved(context, "email-saved");
            case SignInChanges.Managed managed -> managed(call, context, managed);
            case SignInChanges.Rejected rejected -> again(call, context, newEmail, rejected.invalid());
            case SignInChanges.EmailTaken _ ->
                again(call, context, newEmail, new Invalid("newEmail", "Somebody signs in with this e-mail already."));
            case SignInChanges.WrongPassword _ ->
                again(call, context, newEmail, new Invalid("password", "That is not your password."));
            case SignInChanges.TooMany tooMany -> tooMany(call, context, tooMany.retryAfter());
        });
    }

    @POST
    @Path("password")
    public Response savePassword(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("currentPassword") @DefaultValue("") String currentPassword,
            @FormParam("newPassword") @DefaultValue("") String newPassword) {
        return acting.page(call, Optional.of(as), context -> switch (changes.changePassword(
                context, Sessions.hashOf(call.caller()), currentPassword, newPassword)) {
            case SignInChanges.Done _ -> saved(context, "password-saved");
            case SignInChanges.Managed managed -> managed(call, context, managed);
            case SignInChanges.Rejected rejected -> again(call, context, "", rejected.invalid());
            case SignInChanges.WrongPassword _ ->
                again(call, context, "", new Invalid("currentPassword", "That is not your password."));
            case SignInChanges.TooMany tooMany -> tooMany(call, context, tooMany.retryAfter());
        });
    }

    @POST
    @Path("phone")
    public Response savePhone(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("phoneNumber") @DefaultValue("") String phoneNumber) {
        return acting.page(call, Optional.of(as), context -> switch (changes.changePhone(context, phoneNumber)) {
            case SignInChanges.Done done -> saved(context, done.now().isPresent() ? "phone-saved" : "phone-removed");
            case SignInChanges.Managed managed -> managed(call, context, managed);
            case SignInChanges.Rejected rejected -> {
                Profiles.Profile profile = profiles.of(context);
                var typed = new SettingsPage.Values(
                        profile.displayName(), profile.bio().orElse(""), "", "", phoneNumber);
                yield Html.invalid(page(
                        call,
                        context,
                        profile,
                        typed,
                        FieldErrors.from(List.of(rejected.invalid())),
                        Optional.empty()));
            }
        });
    }

    @POST
    @Path("sessions/end")
    public Response endSession(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("session") @DefaultValue("") String session) {
        return ownSignIn(call, as, context -> {
            sessions.end(context.identity(), session);
            return saved(context, "session-ended");
        });
    }

    @POST
    @Path("sessions/end-others")
    public Response endOtherSessions(@Context Call call, @FormParam("as") @DefaultValue("") String as) {
        return ownSignIn(call, as, context -> {
            sessions.endOthers(context.identity(), call.caller());
            return saved(context, "sessions-ended");
        });
    }

    @POST
    @Path("device-mails")
    public Response deviceMails(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("on") @DefaultValue("") String on) {
        return ownSignIn(call, as, context -> {
            boolean wanted = on.equals("true");
            devices.setMails(context.identity(), wanted);
            return saved(context, wanted ? "device-mails-on" : "device-mails-off");
        });
    }

    private Response ownSignIn(Call call, String as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount()
                        ? managed(
                                call,
                                context,
                                new SignInChanges.Managed(context.root().username()))
                        : work.apply(context));
    }

    private static Response saved(AccountContext context, String done) {
        return Html.seeOther("/admin/settings?as=" + context.acting().username() + "&done=" + done);
    }

    private Response again(Call call, AccountContext context, String newEmail, Invalid invalid) {
        Profiles.Profile profile = profiles.of(context);
        SettingsPage.Values kept = kept(context, profile);
        var typed = new SettingsPage.Values(kept.displayName(), kept.bio(), kept.email(), newEmail, kept.phoneNumber());
        return Html.invalid(page(call, context, profile, typed, FieldErrors.from(List.of(invalid)), Optional.empty()));
    }

    private Response tooMany(Call call, AccountContext context, Duration wait) {
        Profiles.Profile profile = profiles.of(context);
        var problem = new FormProblem(
                "Too many wrong passwords.", "Wait " + (wait.toMinutes() + 1) + " minutes and try again.");
        return Html.answer(
                429, page(call, context, profile, kept(context, profile), FieldErrors.NONE, Optional.of(problem)));
    }

    /// The forms are not there in a sub-account's context: this one was made by hand, or drawn before the switch.
    private Response managed(Call call, AccountContext context, SignInChanges.Managed managed) {
        Profiles.Profile profile = profiles.of(context);
        return Html.answer(
                403,
                page(
                        call,
                        context,
                        profile,
                        kept(context, profile),
                        FieldErrors.NONE,
                        Optional.of(new FormProblem(
                                "Nothing was changed.",
                                "Sign-in belongs to " + managed.parent() + ": go back to your own account first."))));
    }
}
