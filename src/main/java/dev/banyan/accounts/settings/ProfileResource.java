package dev.banyan.accounts.settings;

import module java.base;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.context.SignedInRequest;
import dev.banyan.accounts.settings.SignInChanges.EmailChanged;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.json.JsonResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The profile and sign-in settings of the LinkToMe client (contract 2.2).
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Profile", description = "An account's public profile and its owner's sign-in.")
@APIResponse(responseCode = "404", description = "The named sub-account isn't available")
class ProfileResource {

    @Schema(requiredProperties = "newPassword")
    record PasswordBody(
            @Schema(description = "The current password") Optional<String> currentPassword,

            @Schema(description = "8 to 128 characters (15 or more recommended); not a common password")
            Optional<String> newPassword) {}

    record EmailBody(
            @Schema(description = "Up to 254 characters, stored in lower case")
            Optional<String> newEmail,

            @Schema(description = "The current password") Optional<String> password) {}

    @Schema(requiredProperties = "phoneNumber")
    record PhoneBody(
            @Schema(description = "In international format; empty removes the number", example = "+971500000101")
            Optional<String> phoneNumber) {}

    /// @param userId the account's id; people without an account have their own, as in [UserView]
    /// @param username the e-mail, for people without an account
    /// @param avatar the address of the picture of the account's main page
    /// @param language of the account's public pages; null if none was chosen
    /// @param picture the address of the person's own picture, which only people who share an account with them can
    ///     open; null in a sub-account
    record ProfileView(
            @JsonProperty("UserId") String userId,
            String username,
            Optional<String> email,
            String displayName,
            Optional<String> bio,
            Optional<String> avatar,
            Optional<String> phoneNumber,
            Optional<String> language,
            Optional<String> picture) {

        static ProfileView of(Profiles.Profile profile, String baseUrl) {
            return new ProfileView(
                    profile.id().toString(),
                    profile.username(),
                    profile.email(),
                    profile.displayName(),
                    profile.bio(),
                    profile.picture().map(path -> baseUrl + path),
                    profile.phone(),
                    profile.language().map(spoken -> spoken.code),
                    profile.portrait().map(path -> baseUrl + path));
        }

        static ProfileView of(IdentityId person, SignInChanges.Now now, String baseUrl) {
            Optional<String> picture = now.picture().map(path -> baseUrl + path);
            return new ProfileView(
                    person.toString(),
                    now.email(),
                    Optional.of(now.email()),
                    now.name().orElse(now.email()),
                    Optional.empty(),
                    picture,
                    now.phone(),
                    Optional.empty(),
                    picture);
        }
    }

    @Schema(requiredProperties = "language")
    record LanguageBody(
            @Schema(description = "ar, de, en, es, fr or pt; empty for the default")
            Optional<String> language) {}

    @Schema(requiredProperties = "username")
    record UsernameBody(
            @Schema(
                    description =
                            "3 to 30 letters, digits, - or _, starting with a letter or digit; stored in lower case")
            Optional<String> username) {}

    record UsernameAnswer(String message, String username) {}

    /// @param email the e-mail that the person signs in with, unchanged
    /// @param pendingEmail the e-mail that they will sign in with once the link sent to it is opened
    record EmailAnswer(String message, String email, String pendingEmail) {}

    record PhoneAnswer(String message, Optional<String> phoneNumber) {}

    private final AccountGuard guard;
    private final Profiles profiles;
    private final Usernames usernames;
    private final SignInChanges changes;
    private final Settings settings;
    private final ServerMail serverMail;

    ProfileResource(
            AccountGuard guard,
            Profiles profiles,
            Usernames usernames,
            SignInChanges changes,
            Settings settings,
            ServerMail serverMail) {
        this.guard = guard;
        this.settings = settings;
        this.serverMail = serverMail;
        this.profiles = profiles;
        this.usernames = usernames;
        this.changes = changes;
    }

    @GET
    @Path("GetProfile")
    @Operation(summary = "Get the profile of the current account")
    @APIResponseSchema(
            value = ProfileView.class,
            responseDescription = "The profile; a sub-account's email may be null, and its phone is null")
    public Response profile(@Context Call call) {
        SignedInPerson self = guard.personWherever(call);
        return Response.ok(self.context()
                        .map(context -> ProfileView.of(profiles.of(context), settings.baseUrl()))
                        .orElseGet(
                                () -> ProfileView.of(self.identity(), changes.of(self.identity()), settings.baseUrl())))
                .build();
    }

    @PUT
    @Path("UpdateLanguage")
    @Operation(
            summary = "Set the language of the current account’s public pages",
            description = "Brands without a language of their own have their agency’s; a page can have another one")
    @APIResponseSchema(value = ProfileView.class, responseDescription = "The profile, with the language")
    @APIResponse(responseCode = "400", description = "An unknown language")
    public ProfileView updateLanguage(@Context AccountRequest request, LanguageBody body) {
        String language = body.language().orElseThrow(() -> AccountRequest.refused(400, "language is required"));
        profiles.setLanguage(request.context(), language).ifPresent(invalid -> {
            throw AccountRequest.invalid(invalid);
        });
        return ProfileView.of(profiles.of(request.context()), settings.baseUrl());
    }

    @PUT
    @Path("UpdateUsername")
    @Operation(
            summary = "Change the username of your account",
            description = "The former one leads to it for 90 days. UpdateSubAccount does the same for a sub-account")
    @APIResponseSchema(value = UsernameAnswer.class, responseDescription = "Changed; the username as it is stored")
    @APIResponse(responseCode = "400", description = "An invalid username, or one that is taken")
    @APIResponse(responseCode = "403", description = "Acting for a sub-account, or not as an owner")
    public UsernameAnswer updateUsername(@Context AccountRequest request, UsernameBody body) {
        request.refuseSubAccounts();
        return usernames
                .change(request.context(), body.username().orElse(""))
                .fold(now -> new UsernameAnswer("Username updated successfully", now), refusal -> {
                    throw refusal instanceof Refusal.Rejected rejected
                            ? AccountRequest.invalid(rejected.first())
                            : AccountRequest.refused(403, AccountGuard.NOT_PERMITTED);
                });
    }

    @PUT
    @Path("UpdatePassword")
    @Operation(summary = "Change your password; ends all other sessions")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Changed")
    @APIResponse(responseCode = "400", description = "The current password is wrong, or the new one is invalid")
    @APIResponse(responseCode = "403", description = "The current account is a sub-account, which has no password")
    @APIResponse(responseCode = "429", description = "Too many wrong passwords")
    public DoneMessage updatePassword(@Context SignedInRequest request, PasswordBody body) {
        request.unless(changes.changePassword(
                request.self(),
                LoginSessions.hashOf(request.call().caller()),
                body.currentPassword().orElse(""),
                body.newPassword().orElse("")));
        return new DoneMessage("Password updated successfully");
    }

    @PUT
    @Path("UpdateEmail")
    @Operation(
            summary = "Request a change of sign-in email",
            description =
                    "The change takes effect when the link sent to the new address is opened. Until then, the old email"
                            + " stays in use, and others can sign up with the new one. A new request replaces it.")
    @APIResponseSchema(value = EmailAnswer.class, responseDescription = "Requested; a link was sent to the new address")
    @APIResponse(responseCode = "400", description = "The password is wrong, or the email is invalid or unchanged")
    @APIResponse(responseCode = "403", description = "The current account is a sub-account, which has no sign-in")
    @APIResponse(responseCode = "409", description = "Another account already uses this email")
    @APIResponse(responseCode = "429", description = "Too many wrong passwords")
    public EmailAnswer updateEmail(@Context SignedInRequest request, EmailBody body) {
        SignedInPerson self = request.self();
        return switch (changes.changeEmail(
                self, body.newEmail().orElse(""), body.password().orElse(""))) {
            case EmailChanged.Asked(String email) ->
                new EmailAnswer(
                        (serverMail.isConnected()
                                        ? "Open the link in the email we sent to " + email
                                        : "This server can’t send email. Ask the people who run it for the link for "
                                                + email)
                                + " to finish the change. Until then, sign in as before.",
                        changes.of(self.identity()).email(),
                        email);
            case EmailChanged.TooManyEmails(Duration wait) -> throw request.refused(new Refusal.TooMany(wait));
            case EmailChanged.Refused(Refusal.Rejected taken)
            when taken.equals(SignInChanges.EMAIL_TAKEN) ->
                throw AccountRequest.refused(409, taken.first().apiMessage());
            case EmailChanged.Refused(Refusal refusal) -> throw request.refused(refusal);
        };
    }

    @PUT
    @Path("UpdatePhone")
    @Operation(summary = "Change or remove your phone number")
    @APIResponseSchema(value = PhoneAnswer.class, responseDescription = "Changed; the number in E.164, or null")
    @APIResponse(responseCode = "400", description = "Not a valid phone number")
    @APIResponse(responseCode = "403", description = "The current account is a sub-account, which has no phone number")
    public PhoneAnswer updatePhone(@Context SignedInRequest request, PhoneBody body) {
        String typed = body.phoneNumber()
                .orElseThrow(() -> AccountRequest.refused(
                        400, "phoneNumber is required; send an empty text to remove the number"));
        return new PhoneAnswer(
                "Phone number updated successfully", request.unless(changes.changePhone(request.self(), typed)));
    }
}
