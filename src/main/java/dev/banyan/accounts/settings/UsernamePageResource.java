package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The page on which owners change the username of their account. That of a brand is among its details.
@Path(UsernamePageResource.PATH)
@RunOnVirtualThread
class UsernamePageResource {

    static final String PATH = "/admin/settings/username";

    private final Usernames usernames;
    private final Settings settings;
    private final Clock clock;

    UsernamePageResource(Usernames usernames, Settings settings, Clock clock) {
        this.usernames = usernames;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    public Response show(@Context AccountPage page) {
        if (!Usernames.mayChange(page.context())) {
            return Html.seeOther(page.path(SettingsPageResource.PATH));
        }
        return Html.ok(drawn(page, account(page).username(), Optional.empty(), FieldErrors.NONE));
    }

    private static Account account(AccountPage page) {
        return page.context().root();
    }

    private UsernamePage drawn(AccountPage page, String typed, Optional<String> leadsUntil, FieldErrors errors) {
        return new UsernamePage(
                page.person().frame("Username"),
                settings.publicHost(),
                account(page).username(),
                typed,
                leadsUntil,
                errors);
    }

    /// @param confirmed the username whose meaning was shown
    @POST
    public Response save(
            @Context AccountPage page,
            @FormParam("username") @DefaultValue("") String typed,
            @FormParam("confirmedUsername") @DefaultValue("") String confirmed) {
        String name = Names.lower(typed);
        if (name.equals(account(page).username())) {
            return Html.seeOther(page.path(SettingsPageResource.PATH));
        }
        return Usernames.mayChange(page.context()) && !confirmed.equals(name)
                ? unsaved(
                        page,
                        typed,
                        usernames.broken(account(page), typed).stream().toList())
                : usernames
                        .change(page.context(), typed)
                        .fold(
                                now -> Html.seeOther(SettingsPageResource.PATH + "?as=" + now + "&done=username-saved"),
                                refusal -> refused(page, typed, refusal));
    }

    private Response refused(AccountPage page, String typed, Refusal refusal) {
        if (refusal instanceof Refusal.Rejected(List<Invalid> invalid)) {
            return unsaved(page, typed, invalid);
        }
        throw page.refused(403, "This is for owners", "Ask an owner of the account to change this.");
    }

    /// Shows what was typed, and what a change of the address means.
    private Response unsaved(AccountPage page, String typed, List<Invalid> invalid) {
        return Html.invalid(
                invalid.isEmpty()
                        ? drawn(
                                page,
                                Names.lower(typed),
                                Optional.of(Words.day(clock.instant().plus(Usernames.LEADS_ON))),
                                FieldErrors.NONE)
                        : drawn(page, typed, Optional.empty(), FieldErrors.from(invalid)));
    }
}
