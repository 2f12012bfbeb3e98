package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.pages.MessageButtons;
import dev.banyan.pages.MessageButtons.OnPage;
import dev.banyan.pages.PageAnswers;
import dev.banyan.pages.PageId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Configures the "message us" button of a page.
@Path("/admin/pages")
@RunOnVirtualThread
class MessageUsPageResource {

    private static final String LABEL = "Message us on WhatsApp";

    private final AccountGuard acting;
    private final MessageButtons buttons;
    private final Pools pools;
    private final PageFrames shells;
    private final ErrorPages errorPages;

    MessageUsPageResource(
            AccountGuard acting, MessageButtons buttons, Pools pools, PageFrames shells, ErrorPages errorPages) {
        this.acting = acting;
        this.buttons = buttons;
        this.pools = pools;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    @GET
    @Path("{pageId}/message-us")
    public Response show(@Context Call call, @PathParam("pageId") String pageId) {
        return acting.page(
                call,
                context -> find(context, pageId)
                        .map(found -> Html.ok(page(call, context, found, form(found), FieldErrors.NONE)))
                        .orElseGet(() -> PageAnswers.unknownPage(call, errorPages)));
    }

    @POST
    @Path("{pageId}/message-us")
    public Response save(
            @Context Call call,
            @PathParam("pageId") String pageId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("on") @DefaultValue("") String on,
            @FormParam("pool") @DefaultValue("") String pool,
            @FormParam("label") @DefaultValue("") String label,
            @FormParam("greeting") @DefaultValue("") String greeting) {
        return acting.page(call, Optional.of(as), context -> {
            Optional<OnPage> found = find(context, pageId);
            if (found.isEmpty()) {
                return PageAnswers.unknownPage(call, errorPages);
            }
            PageId id = found.get().page().id();
            Outcome<Outcome.Nothing> changed = on.equals("true")
                    ? buttons.save(context, id, new MessageButtons.ButtonRequest(pool, label, greeting))
                    : buttons.remove(context, id);
            return changed.fold(
                    _ -> Html.seeOther(call, PagesPageResource.editorPath(context, id) + "&done=message-us-saved"),
                    refusal -> refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                            ? Html.invalid(page(
                                    call,
                                    context,
                                    found.get(),
                                    new MessageUsPage.Form(true, pool, label, greeting),
                                    FieldErrors.from(invalid)))
                            : PageAnswers.unknownPage(call, errorPages));
        });
    }

    private Optional<OnPage> find(AccountContext context, String pageId) {
        return PageId.parse(pageId).flatMap(id -> buttons.find(context, id));
    }

    private static MessageUsPage.Form form(OnPage found) {
        return found.button()
                .map(button -> new MessageUsPage.Form(true, button.pool().value(), button.label(), button.greeting()))
                .orElse(new MessageUsPage.Form(false, "", LABEL, ""));
    }

    private MessageUsPage page(
            Call call, AccountContext context, OnPage found, MessageUsPage.Form form, FieldErrors errors) {
        return new MessageUsPage(
                shells.of(call, context, NavItem.PAGES, "Message us"),
                found.page().id().toString(),
                found.page().name(),
                pools.overview(context.root().id()).pools().stream()
                        .map(Pool::master)
                        .map(master -> new Choice(master.id().value(), master.displayName()))
                        .toList(),
                form,
                errors,
                found.button()
                        .map(button -> Words.count(button.clicks(), "click", "clicks"))
                        .orElse(""),
                context.isSubAccount() ? context.root().displayName() : "");
    }
}
