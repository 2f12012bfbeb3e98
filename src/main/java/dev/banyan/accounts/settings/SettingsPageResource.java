package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.context.HiddenAreas;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.SignedInPage;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.settings.SignInChanges.EmailChanged;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.UploadedFile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jspecify.annotations.Nullable;

/// The settings of the current account: its profile and, for the person's own account, how they sign in. People without
/// an account of their own see only the latter.
@Path(SettingsPageResource.PATH)
@RunOnVirtualThread
class SettingsPageResource {

    static final String PATH = "/admin/settings";
    private static final String WRONG_PASSWORDS = "Too many wrong passwords.";

    private final SettingsPages pages;
    private final Profiles profiles;
    private final SignInChanges changes;
    private final PersonPictures pictures;
    private final LoginSessions sessions;
    private final Devices devices;
    private final HiddenAreas hiddenAreas;
    private final ServerMail serverMail;

    SettingsPageResource(
            SettingsPages pages,
            Profiles profiles,
            SignInChanges changes,
            PersonPictures pictures,
            LoginSessions sessions,
            Devices devices,
            HiddenAreas hiddenAreas,
            ServerMail serverMail) {
        this.pages = pages;
        this.profiles = profiles;
        this.changes = changes;
        this.pictures = pictures;
        this.sessions = sessions;
        this.devices = devices;
        this.hiddenAreas = hiddenAreas;
        this.serverMail = serverMail;
    }

    @GET
    public Response show(@Context SignedInPage page) {
        return Html.ok(pages.of(page, UnaryOperator.identity(), FieldErrors.NONE, Optional.empty()));
    }

    @POST
    @Path("navigation")
    public Response saveNavigation(@Context AccountPage page, @FormParam("shown") List<String> shown) {
        hiddenAreas.show(page.context(), Area.all(String.join(" ", shown)));
        return saved(page.person().self(), "navigation-saved");
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
    @Path("picture")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response savePicture(@Context SignedInPage page, @FormParam("picture") @Nullable FileUpload picture) {
        return change(
                page,
                pictures.set(page.self(), UploadedFile.bytes(picture, PersonPictures.LARGEST)),
                isStill -> isStill ? "picture-saved-still" : "picture-saved",
                WRONG_PASSWORDS,
                UnaryOperator.identity());
    }

    @POST
    @WithFormRead
    @Path("picture/remove")
    public Response removePicture(@Context SignedInPage page) {
        return change(page, pictures.remove(page.self()), "picture-removed");
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
                invalid -> Html.invalid(pages.of(page, typed, FieldErrors.from(invalid), Optional.empty())),
                (status, problem) -> Html.answer(
                        status, pages.of(page, UnaryOperator.identity(), FieldErrors.NONE, Optional.of(problem))));
    }
}
