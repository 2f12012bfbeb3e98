package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.connections.Proxies;
import dev.banyan.whatsapp.connections.Proxies.Used;
import dev.banyan.whatsapp.connections.ProxyId;
import dev.banyan.whatsapp.connections.ProxyRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The proxies of an account.
@Path("/admin/pools")
@RunOnVirtualThread
class ProxiesPageResource {

    private static final String PATH = "/admin/pools/proxies";

    private final PoolPages rooms;
    private final Proxies proxies;

    ProxiesPageResource(PoolPages rooms, Proxies proxies) {
        this.rooms = rooms;
        this.proxies = proxies;
    }

    @GET
    @Path("proxies")
    public Response list(@Context Call call) {
        return rooms.act(call, "", context -> Html.ok(listed(call, context, ProxyForm.EMPTY, FieldErrors.NONE)));
    }

    @POST
    @Path("proxies")
    public Response add(@Context Call call, @BeanParam FormFields fields) {
        ProxyForm form = ProxyForm.read(fields);
        return rooms.act(
                call,
                fields.as(),
                context -> saved(
                        call,
                        context,
                        form,
                        wanted -> proxies.add(context.root().id(), context.actor(), wanted),
                        "proxy-added",
                        invalid -> Html.invalid(listed(call, context, form, FieldErrors.from(invalid)))));
    }

    private Response saved(
            Call call,
            AccountContext context,
            ProxyForm form,
            Function<ProxyRequest, Outcome<Used>> work,
            String done,
            Function<List<Invalid>, Response> again) {
        var broken = new ArrayList<Invalid>();
        ProxyRequest wanted = form.request(broken);
        return broken.isEmpty()
                ? work.apply(wanted)
                        .fold(
                                _ -> Html.seeOther(path(context) + "&done=" + done),
                                refusal -> rooms.refused(call, refusal, again))
                : again.apply(broken);
    }

    private ProxiesPage listed(Call call, AccountContext context, ProxyForm form, FieldErrors errors) {
        return new ProxiesPage(
                rooms.frame(call, context, "Proxies"),
                proxies.list(context.root().id()).stream()
                        .map(ProxiesPage.Row::of)
                        .toList(),
                form,
                errors);
    }

    private static String path(AccountContext context) {
        return PATH + "?as=" + context.root().username();
    }

    private interface OnProxy {
        Response answer(AccountContext context, Used used);
    }

    private Response onProxy(Call call, String id, String as, OnProxy work) {
        return rooms.act(
                call,
                as,
                context -> ProxyId.parse(id)
                        .flatMap(known -> proxies.find(context.root().id(), known))
                        .map(found -> work.answer(context, found))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    @GET
    @Path("proxies/{proxyId}")
    public Response show(@Context Call call, @PathParam("proxyId") String proxyId) {
        return onProxy(
                call,
                proxyId,
                "",
                (context, used) -> Html.ok(page(call, context, used, ProxyForm.of(used.proxy()), FieldErrors.NONE)));
    }

    @POST
    @Path("proxies/{proxyId}")
    public Response save(@Context Call call, @PathParam("proxyId") String proxyId, @BeanParam FormFields fields) {
        ProxyForm form = ProxyForm.read(fields);
        return onProxy(
                call,
                proxyId,
                fields.as(),
                (context, used) -> saved(
                        call,
                        context,
                        form,
                        wanted -> proxies.change(
                                context.root().id(),
                                context.actor(),
                                used.proxy().id(),
                                wanted),
                        "proxy-saved",
                        invalid -> Html.invalid(page(call, context, used, form, FieldErrors.from(invalid)))));
    }

    private ProxyPage page(Call call, AccountContext context, Used used, ProxyForm form, FieldErrors errors) {
        return new ProxyPage(
                rooms.frame(call, context, used.proxy().name()),
                used.proxy().id().toString(),
                used.proxy().name(),
                ProxiesPage.Row.of(used).use(),
                used.proxy().hasPassword(),
                form,
                errors);
    }

    @GET
    @Path("proxies/{proxyId}/delete")
    public Response confirmDelete(@Context Call call, @PathParam("proxyId") String proxyId) {
        return onProxy(call, proxyId, "", (context, used) -> {
            PageFrame shell = rooms.frame(call, context, "Delete proxy");
            Confirmation.Builder asking = Confirmation.asking(
                            "delete", "Delete “<bdi>{}</bdi>”?", used.proxy().name())
                    .sentence("This takes effect immediately and can’t be undone:")
                    .fact(
                            "<code>{}</code> and its password are deleted",
                            used.proxy().shown());
            if (used.numbers() > 0) {
                asking.fact(
                        "{} without a proxy then: choose another one on their pages",
                        used.numbers() == 1
                                ? "1 number is"
                                : Words.count(used.numbers(), "number", "numbers") + " are");
            }
            return Html.ok(
                    asking.action("Delete proxy", PATH + "/" + used.proxy().id() + "/delete")
                            .keep("Cancel", PATH + shell.query())
                            .under("Numbers", PoolPages.BOARD)
                            .under("Proxies", PATH)
                            .on(call, shell, "Delete"));
        });
    }

    /// The confirmation has said which numbers use it.
    @POST
    @Path("proxies/{proxyId}/delete")
    public Response delete(
            @Context Call call, @PathParam("proxyId") String proxyId, @FormParam("as") @DefaultValue("") String as) {
        return onProxy(call, proxyId, as, (context, used) -> {
            proxies.delete(context.root().id(), context.actor(), used.proxy().id(), true);
            return Html.seeOther(call, path(context) + "&done=proxy-deleted");
        });
    }
}
