package dev.banyan.workspaces.signin;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.signin.MemberProfilePage.Values;
import dev.banyan.workspaces.signin.WorkspaceProfiles.PasswordChanged;
import dev.banyan.workspaces.signin.WorkspaceProfiles.Updated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The profile pages of workspace users.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberProfilePageResource {

    private static final String WRONG = "Incorrect password.";
    private static final String TOO_MANY = "Too many attempts. Wait a few minutes and try again.";

    private final WorkspacePageGuard at;
    private final WorkspaceProfiles profiles;
    private final WorkspaceCookies cookies;

    MemberProfilePageResource(WorkspacePageGuard at, WorkspaceProfiles profiles, WorkspaceCookies cookies) {
        this.at = at;
        this.profiles = profiles;
        this.cookies = cookies;
    }

    @GET
    @Path("profile")
    public Response show(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> Html.ok(page(call, member, saved(member), FieldErrors.NONE)));
    }

    private static Values saved(Member member) {
        return new Values(member.user().username(), member.user().email());
    }

    private MemberProfilePage page(Call call, Member member, Values values, FieldErrors errors) {
        return new MemberProfilePage(at.shell(call, member, WorkspaceMenu.PROFILE, "Profile"), values, errors);
    }

    @POST
    @Path("profile")
    public Response save(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("currentPassword") @DefaultValue("") String current) {
        var typed = new Values(username, email);
        return at.member(call, shortPath, member -> switch (profiles.update(
                member, Optional.of(username.strip()), Optional.of(email.strip()), Optional.of(current))) {
            case Updated.Done _ -> Html.seeOther(home(member) + "/profile?done=profile-saved");
            case Updated.NotFound _ -> Html.seeOther(home(member) + "/login");
            case Updated.UsernameTaken _ ->
                wrong(call, member, typed, "username", "This username is taken. Choose another.");
            case Updated.EmailTaken _ ->
                wrong(call, member, typed, "email", "A user of this workspace already has this email.");
            case Updated.Rejected rejected ->
                Html.invalid(page(call, member, typed, FieldErrors.from(rejected.invalid())));
            case Updated.PasswordMissing _ ->
                wrong(call, member, typed, "emailPassword", "Enter your password to change your email.");
            case Updated.WrongCurrent _ -> wrong(call, member, typed, "emailPassword", WRONG);
            case Updated.TooMany(Duration wait) ->
                Html.tooMany(wait, page(call, member, typed, new FieldErrors(Map.of("emailPassword", TOO_MANY))));
        });
    }

    private Response wrong(Call call, Member member, Values typed, String field, String message) {
        return Html.invalid(page(call, member, typed, new FieldErrors(Map.of(field, message))));
    }

    private static String home(Member member) {
        return WorkspacePageGuard.pathOf(member.workspace());
    }

    @POST
    @Path("profile/password")
    public Response changePassword(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("currentPassword") @DefaultValue("") String current,
            @FormParam("newPassword") @DefaultValue("") String wanted) {
        return at.member(call, shortPath, member -> switch (profiles.changePassword(member, current, wanted)) {
            case PasswordChanged.Done _ -> out(member, "password-saved");
            case PasswordChanged.WrongCurrent _ -> wrong(call, member, saved(member), "currentPassword", WRONG);
            case PasswordChanged.Rejected rejected ->
                Html.invalid(page(call, member, saved(member), FieldErrors.from(List.of(rejected.invalid()))));
            case PasswordChanged.TooMany(Duration wait) ->
                Html.tooMany(
                        wait, page(call, member, saved(member), new FieldErrors(Map.of("currentPassword", TOO_MANY))));
        });
    }

    private Response out(Member member, String done) {
        return cookies.without(member.workspace().id(), Html.seeOther(home(member) + "/login?done=" + done));
    }

    @POST
    @Path("profile/sessions/end")
    public Response signOutEverywhere(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> {
            profiles.signOutEverywhere(member);
            return out(member, "signed-out");
        });
    }
}
