package dev.banyan.accounts.settings;

import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.accounts.signin.AskedPasskey;
import dev.banyan.accounts.signin.SignInPageResource;
import dev.banyan.accounts.signin.factors.Passkey;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The page on which people add and remove passkeys.
@Path(PasskeyPageResource.PATH)
@RunOnVirtualThread
class PasskeyPageResource {

    static final String PATH = "/admin/settings/passkeys";
    private static final String BROKEN = "What your device answered does not fit, or took too long. Try again.";
    private static final String GONE = "You have no such passkey any more.";
    private static final String FULL = "You have as many passkeys as one can have. Remove one first.";

    private final AccountGuard acting;
    private final PasskeyChanges passkeys;
    private final PageFrames shells;

    PasskeyPageResource(AccountGuard acting, PasskeyChanges passkeys, PageFrames shells) {
        this.acting = acting;
        this.passkeys = passkeys;
        this.shells = shells;
    }

    @GET
    public Response show(@Context Call call) {
        return acting.self(
                call,
                Optional.empty(),
                self -> self.managedBy().isPresent()
                        ? Html.seeOther(self.pathTo(SettingsPageResource.PATH))
                        : Html.ok(page(call, self, PasskeyPage.Open.NOTHING, FieldErrors.NONE, Optional.empty())));
    }

    @POST
    @Path("options")
    @Produces(MediaType.APPLICATION_JSON)
    public Response begin(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.self(call, Optional.of(as), self -> switch (passkeys.begin(self, name, password)) {
            case PasskeyChanges.Ready ready ->
                Response.ok(AskedPasskey.of(ready.asked())).build();
            case PasskeyChanges.Rejected rejected ->
                Answers.failure(422, rejected.invalid().apiMessage() + ".");
            case PasskeyChanges.WrongPassword _ -> Answers.failure(422, "That is not your password.");
            case PasskeyChanges.Full _ -> Answers.failure(422, FULL);
            case PasskeyChanges.Managed managed -> Answers.failure(403, AccountGuard.managedBy(managed.parent()));
            case PasskeyChanges.TooMany tooMany ->
                Answers.failure(429, SignInPageResource.waitText(tooMany.retryAfter()));
        });
    }

    @POST
    public Response add(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("token") @DefaultValue("") String token,
            @FormParam("credential") @DefaultValue("") String credential) {
        return acting.self(call, Optional.of(as), self -> switch (passkeys.add(self, name, token, credential)) {
            case PasskeyChanges.Done _ -> done(self, "passkey-added");
            case PasskeyChanges.Rejected rejected -> again(call, self, name, "add", "", rejected.invalid());
            case PasskeyChanges.Broken _ -> nothingDone(call, self, 422, BROKEN);
            case PasskeyChanges.Full _ -> nothingDone(call, self, 422, FULL);
            case PasskeyChanges.Managed managed -> managed(call, self, managed.parent());
        });
    }

    @POST
    @Path("rename")
    public Response rename(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("passkey") @DefaultValue("") String passkey,
            @FormParam("name") @DefaultValue("") String name) {
        return acting.self(call, Optional.of(as), self -> switch (passkeys.rename(self, passkey, name)) {
            case PasskeyChanges.Done _ -> done(self, "passkey-renamed");
            case PasskeyChanges.Rejected rejected -> again(call, self, name, "rename", passkey, rejected.invalid());
            case PasskeyChanges.NotFound _ -> nothingDone(call, self, 404, GONE);
            case PasskeyChanges.Managed managed -> managed(call, self, managed.parent());
        });
    }

    @POST
    @Path("remove")
    public Response remove(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("passkey") @DefaultValue("") String passkey,
            @FormParam("password") @DefaultValue("") String password) {
        return acting.self(call, Optional.of(as), self -> switch (passkeys.remove(self, passkey, password)) {
            case PasskeyChanges.Done _ -> done(self, "passkey-removed");
            case PasskeyChanges.WrongPassword _ ->
                again(call, self, "", "remove", passkey, new Invalid("password", "That is not your password."));
            case PasskeyChanges.NotFound _ -> nothingDone(call, self, 404, GONE);
            case PasskeyChanges.Managed managed -> managed(call, self, managed.parent());
            case PasskeyChanges.TooMany tooMany -> tooMany(call, self, tooMany.retryAfter());
        });
    }

    private static Response done(SignedInPerson self, String done) {
        return Html.seeOther(self.pathTo(PATH, done));
    }

    private Response again(Call call, SignedInPerson self, String name, String act, String passkey, Invalid invalid) {
        var open = new PasskeyPage.Open(act, passkey, name);
        return Html.invalid(page(call, self, open, FieldErrors.from(List.of(invalid)), Optional.empty()));
    }

    private Response managed(Call call, SignedInPerson self, String parent) {
        return nothingDone(call, self, 403, SignedInPerson.managedText(parent));
    }

    private Response tooMany(Call call, SignedInPerson self, Duration wait) {
        return nothingDone(call, self, 429, SignInPageResource.waitText(wait));
    }

    private Response nothingDone(Call call, SignedInPerson self, int status, String why) {
        return Html.answer(
                status,
                page(
                        call,
                        self,
                        PasskeyPage.Open.NOTHING,
                        FieldErrors.NONE,
                        Optional.of(new FormProblem("Nothing was changed.", why))));
    }

    private PasskeyPage page(
            Call call, SignedInPerson self, PasskeyPage.Open open, FieldErrors errors, Optional<FormProblem> problem) {
        // In a sub-account's context the person's own passkeys are not shown.
        List<Passkey> kept = self.managedBy().isPresent() ? List.of() : passkeys.of(self.identity());
        return new PasskeyPage(
                shells.of(call, self, "Passkeys"),
                IntStream.range(0, kept.size())
                        .mapToObj(at -> row(at, kept.get(at)))
                        .toList(),
                kept.size() >= PasskeyChanges.MOST,
                open,
                errors,
                problem);
    }

    private static PasskeyPage.Row row(int number, Passkey passkey) {
        return new PasskeyPage.Row(
                number,
                passkey.credentialId(),
                passkey.name(),
                Words.day(passkey.createdAt()),
                passkey.usedAt().map(Words::day).orElse(""));
    }
}
