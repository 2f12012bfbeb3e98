package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.Zones;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.signin.MemberProfilePage.Values;
import dev.banyan.workspaces.signin.WorkspaceProfiles.PasswordChanged;
import dev.banyan.workspaces.signin.WorkspaceProfiles.Updated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The profile pages of workspace users.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberProfilePageResource {

    private static final String WRONG = "Incorrect password.";
    private static final String TOO_MANY = "Too many attempts. Wait a few minutes and try again.";

    private final WorkspaceProfiles profiles;
    private final WorkspaceCookies cookies;

    MemberProfilePageResource(WorkspaceProfiles profiles, WorkspaceCookies cookies) {
        this.profiles = profiles;
        this.cookies = cookies;
    }

    @GET
    @Path("profile")
    public Response show(@Context MemberPage page) {
        return Html.ok(page(page, saved(page.member()), FieldErrors.NONE));
    }

    private static Values saved(Member member) {
        return new Values(member.user().username(), member.user().email(), ReaderZone.name());
    }

    private MemberProfilePage page(MemberPage page, Values values, FieldErrors errors) {
        return new MemberProfilePage(page.shell(WorkspaceMenu.PROFILE, "Profile"), values, TimeZones.with(""), errors);
    }

    @POST
    @Path("profile")
    public Response save(
            @Context MemberPage page,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("timeZone") Optional<String> timeZone,
            @FormParam("currentPassword") @DefaultValue("") String current) {
        var typed = new Values(username, email, timeZone.orElseGet(ReaderZone::name));
        if (timeZone.isPresent() && !profiles.setZone(page.member(), timeZone.get())) {
            return wrong(page, typed, "timeZone", Zones.CHOOSE);
        }
        return switch (profiles.update(
                page.member(), Optional.of(username.strip()), Optional.of(email.strip()), Optional.of(current))) {
            case Updated.Done _ -> page.to("/profile?done=profile-saved");
            case Updated.NotFound _ -> page.to("/login");
            case Updated.UsernameTaken _ -> wrong(page, typed, "username", "This username is taken. Choose another.");
            case Updated.EmailTaken _ ->
                wrong(page, typed, "email", "A user of this workspace already has this email.");
            case Updated.Rejected rejected -> Html.invalid(page(page, typed, FieldErrors.from(rejected.invalid())));
            case Updated.PasswordMissing _ ->
                wrong(page, typed, "emailPassword", "Enter your password to change your email.");
            case Updated.WrongCurrent _ -> wrong(page, typed, "emailPassword", WRONG);
            case Updated.TooMany(Duration wait) ->
                Html.tooMany(wait, page(page, typed, new FieldErrors(Map.of("emailPassword", TOO_MANY))));
        };
    }

    private Response wrong(MemberPage page, Values typed, String field, String message) {
        return Html.invalid(page(page, typed, new FieldErrors(Map.of(field, message))));
    }

    @POST
    @Path("profile/password")
    public Response changePassword(
            @Context MemberPage page,
            @FormParam("currentPassword") @DefaultValue("") String current,
            @FormParam("newPassword") @DefaultValue("") String wanted) {
        return switch (profiles.changePassword(page.member(), current, wanted)) {
            case PasswordChanged.Done _ -> out(page, "password-saved");
            case PasswordChanged.WrongCurrent _ -> wrong(page, saved(page.member()), "currentPassword", WRONG);
            case PasswordChanged.Rejected rejected ->
                Html.invalid(page(page, saved(page.member()), FieldErrors.from(List.of(rejected.invalid()))));
            case PasswordChanged.TooMany(Duration wait) ->
                Html.tooMany(
                        wait, page(page, saved(page.member()), new FieldErrors(Map.of("currentPassword", TOO_MANY))));
        };
    }

    private Response out(MemberPage page, String done) {
        return cookies.without(page.workspace().id(), page.to("/login?done=" + done));
    }

    @POST
    @Path("profile/sessions/end")
    public Response signOutEverywhere(@Context MemberPage page) {
        profiles.signOutEverywhere(page.member());
        return out(page, "signed-out");
    }
}
